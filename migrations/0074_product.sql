-- SPDX-License-Identifier: GPL-3.0-or-later
-- What we offer for a product is said in the customer's language.  What there was is in the desk's.
alter table product add column offer_de @text not null default '';  -- [none, always] what we offer for it, in words, German
alter table product add column offer_en @text not null default '';  -- [none, always] the same, English
update product set offer_de = offer where tenant in (select id from tenant where language <> 2);
update product set offer_en = offer where tenant in (select id from tenant where language = 2);
alter table product drop column offer;
