-- What a mail says of itself, so that one can decide about it without its source; only of those
-- that became no message.
alter table inbox add column author @text;   -- [customer, case] who wrote it, by its From
alter table inbox add column subject @text;  -- [customer, case] its subject
