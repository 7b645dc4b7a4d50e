-- Automatic mails beyond what a desk writes in ten minutes leave later.
alter table outbox add column put_off @int not null default 0;  -- [none, case] 1: it was put off
create index outbox_auto_at on outbox (tenant, send_at) where automatic = 1;
