-- include screen/screen.h

-- screen_add(kind: enum screen_kind, what: text) -> none
insert into screen_entry (tenant, kind, what, created) values (@tenant, :kind, :what, @now)
on conflict (tenant, what) do update set kind = excluded.kind;

-- screen_teams() -> many(address: text)
select address from wording_address where tenant = @tenant;

-- screen_remove(id: int) -> changed
delete from screen_entry where id = :id and tenant = @tenant;

-- screen_list() -> many(id: int, kind: enum screen_kind, what: text, created: instant)
select id, kind, what, created from screen_entry where tenant = @tenant order by what limit 1000;

-- screen_find(address: text, domain: text, four: text, three: text, two: text) -> many(kind: enum screen_kind, what: text)
-- The narrowest first: an address, else the longest domain.  One by one: for a list, and to sort
-- what it finds, SQLite builds small tables each time.
select e.kind, e.what from screen_entry e
 where e.tenant = @tenant and e.id = coalesce(
       (select id from screen_entry where tenant = @tenant and what = :address),
       (select id from screen_entry where tenant = @tenant and what = :domain),
       (select id from screen_entry where tenant = @tenant and what = :four),
       (select id from screen_entry where tenant = @tenant and what = :three),
       (select id from screen_entry where tenant = @tenant and what = :two));

-- screen_rules() -> many(marks: bool, score: int, forged: bool, megabytes: int)
select marks, score, forged, megabytes from screen_rules where tenant = @tenant;

-- screen_keep(marks: bool, score: int, forged: bool, megabytes: int) -> none
insert into screen_rules (tenant, marks, score, forged, megabytes) values (@tenant, :marks, :score, :forged, :megabytes)
on conflict (tenant) do update
   set marks = excluded.marks, score = excluded.score, forged = excluded.forged, megabytes = excluded.megabytes;
