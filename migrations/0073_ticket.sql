-- SPDX-License-Identifier: GPL-3.0-or-later
-- By which words a text may name a product or a topic (ticket/name_key.h): so that one of thousands
-- is found without reading them all.
create table product_key (
    tenant    @int  not null references tenant(id),      -- [none, always] the desk
    start     @text not null,                            -- [none, always] the first words of the name
    name      @text not null,                            -- [none, always] the name, or one that customers have for it, in lower case
    product   @int  not null references product(id),     -- [none, always] whose
    primary key (tenant, start, name, product)
) @strict;
create index product_key_of on product_key (product);

create table category_key (
    tenant    @int  not null references tenant(id),      -- [none, always] the desk
    start     @text not null,                            -- [none, always] the first letters of the word
    word      @text not null,                            -- [none, always] what customers call it, in lower case
    category  @int  not null references category(id),    -- [none, always] whose
    primary key (tenant, start, word, category)
) @strict;
create index category_key_of on category_key (category);

-- What is there already gets its keys by a job.
alter table product add column keyed @int not null default 0;   -- [none, always] 1: it has its keys
alter table category add column keyed @int not null default 0;  -- [none, always] 1: it has its keys
create index product_unkeyed on product (tenant) where keyed = 0;
create index category_unkeyed on category (tenant) where keyed = 0;
