-- SPDX-License-Identifier: GPL-3.0-or-later
-- include letterhead/letterhead.h

-- letterhead_address_taken(address: text, domain: text) -> one(yes: bool)
-- beyond scope: of all desks an address has one owner, and so has a domain of theirs
select case when exists (select 1 from tenant d where d.id <> @tenant and lower(d.mail_address) = :address)
              or exists (select 1 from tenant_address a where a.tenant <> @tenant and a.address = :address)
              or exists (select 1 from wording_address w where w.address = :address)
              or (exists (select 1 from tenant d where d.id <> @tenant and lower(d.mail_address) like '%@' || :domain)
                  and not exists (select 1 from tenant d where d.id = @tenant and lower(d.mail_address) like '%@' || :domain))
            then 1 else 0 end;

-- letterhead_url_taken(url: text) -> one(n: int)
-- beyond scope: a host name leads to one desk
select count(*) from tenant where id <> @tenant and lower(base_url) = :url;

-- letterhead_lacking(domain: text, url: text) -> one(addresses: int, urls: int)
-- beyond scope: for who runs the program
select coalesce(sum(case when lower(mail_address) like '%@' || :domain then 1 else 0 end), 0),
       coalesce(sum(case when base_url = :url then 1 else 0 end), 0)
  from tenant;
