-- The relay our mail goes to, for all nodes: what it got this minute, and the tokens it knows us by.
create table smarthost (
    name    @text primary key not null,                  -- [none, always] its address and our name there
    minute  @int  not null default 0,                    -- [none, short] since 1970
    n       @int  not null default 0,                    -- [none, short] mails in that minute
    given   @bytes,                                      -- [none, always] digest of what the operator's file says
    refresh @bytes,                                      -- [none, always] locked: the newest lasting token
    access  @bytes,                                      -- [none, short] locked: the short one
    expires @int  not null default 0                     -- [none, short] until when
) @strict;
