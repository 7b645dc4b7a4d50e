-- A desk: one organisation that helps, with its own customers, staff and words.  Every row of
-- the business belongs to one; nothing is ever read across this wall.
--
-- Behind each column stands its entry in the data dictionary: [whose, kept].
--   whose   none, customer, staff           whose personal data it is
--   kept    always, case, person, session, short
--           case: as long as the case (retention class); person: as long as the relationship
create table tenant (
    id           @id,               -- [none, always] key
    name         @text not null,    -- [none, always] shown in the portal and in mails
    language     @int  not null,    -- [none, always] 1 German, 2 English: for who says nothing
    formal       @int  not null,    -- [none, always] 1: the portal says Sie
    mail_address @text not null,    -- [none, always] where customers write to
    base_url     @text not null,    -- [none, always] how links in mails begin
    secret       @bytes not null,   -- [none, always] key of numbers, reply addresses and links
    link_key     @int  not null default 1,  -- [none, always] generation of links to cases; the next ends all
    created      @int  not null     -- [none, always] when the desk was set up
) @strict;
