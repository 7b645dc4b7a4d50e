-- Where new cases go and whom they find: rules in their order, and each choice with its sentence.
create table routing_rule (
    id        @id,                                       -- [none, always] key
    tenant    @int  not null references tenant(id),      -- [none, always] the desk
    place     @int  not null,                            -- [none, always] the first that holds decides
    name      @text not null,                            -- [none, always] what the desk calls it
    active    @int  not null,                            -- [none, always] 1: holds for new cases
    category  @int  references category(id),             -- [none, always] if: the topic, or one below it
    product   @int  references product(id),              -- [none, always] if: the product
    org       @text not null default '',                 -- [none, always] if: this firm's
    language  @int  not null default 0,                  -- [none, always] if: in this language; 0: any
    channel   @int  not null default 0,                  -- [none, always] if: by this channel; 0: any
    words     @text not null default '',                 -- [none, always] if: one of these stands in it
    team      @int  references team(id),                 -- [none, always] then: to this team
    level     @int  not null default 0,                  -- [none, always] then: to a team of this level; 0: as it is
    priority  @int  not null default 0,                  -- [none, always] then: this priority; 0: as it is
    version   @int  not null default 1                   -- [none, always] grows with every change
) @strict;
create index routing_rule_place on routing_rule (tenant, place, id);

create table routing_choice (
    id       @id,                                        -- [none, case] key
    tenant   @int  not null references tenant(id),       -- [none, case] the desk
    ticket   @int  not null references ticket(id),       -- [none, case] which case
    why_de   @text not null,                             -- [none, case] the sentence of reason, German
    why_en   @text not null                              -- [none, case] the same in English
) @strict;
create index routing_choice_ticket on routing_choice (ticket, id);

create table routing_mark (
    one    @int not null primary key,                    -- [none, always] 1: there is one
    event  @int not null                                 -- [none, always] who became free: read up to here
) @strict;

-- What was before is nobody's turn: who became free then has long had work.
insert into routing_mark (one, event) select 1, coalesce(max(id), 0) from event;
