-- include clock/calendar_store.h

-- calendar_rows(id: calendar_id) -> many(id: calendar_id, version: int, name: text, zone: text, region: text, mon: text, tue: text, wed: text, thu: text, fri: text, sat: text, sun: text)
-- One, or with 0 all of the desk.
select id, version, name, zone, region, mon, tue, wed, thu, fri, sat, sun
  from calendar where tenant = @tenant and (id = :id or :id = 0) order by name, id limit 200;

-- calendar_days(calendar: calendar_id) -> many(day: int, opens: bool, from_ms: int, to_ms: int, name: text)
select d.day, d.opens, d.from_ms, d.to_ms, d.name
  from calendar_day d join calendar c on c.id = d.calendar
 where d.calendar = :calendar and c.tenant = @tenant
 order by d.day, d.nth limit 1000;

-- calendar_insert(name: text, zone: text, region: text, mon: text, tue: text, wed: text, thu: text, fri: text, sat: text, sun: text) -> one(id: calendar_id)
insert into calendar (tenant, name, zone, region, mon, tue, wed, thu, fri, sat, sun)
values (@tenant, :name, :zone, :region, :mon, :tue, :wed, :thu, :fri, :sat, :sun)
returning id;

-- calendar_update(id: calendar_id, version: int, name: text, zone: text, region: text, mon: text, tue: text, wed: text, thu: text, fri: text, sat: text, sun: text) -> changed
update calendar
   set name = :name, zone = :zone, region = :region, mon = :mon, tue = :tue, wed = :wed, thu = :thu,
       fri = :fri, sat = :sat, sun = :sun, version = version + 1
 where id = :id and version = :version and tenant = @tenant;

-- calendar_taken(name: text, id: calendar_id) -> one(n: int)
select count(*) from calendar where tenant = @tenant and name = :name and id <> :id;

-- calendar_days_clear(calendar: calendar_id) -> none
delete from calendar_day where calendar in (select id from calendar where id = :calendar and tenant = @tenant);

-- calendar_day_add(calendar: calendar_id, day: int, nth: int, opens: bool, from_ms: int, to_ms: int, name: text) -> none
insert into calendar_day (calendar, day, nth, opens, from_ms, to_ms, name)
select id, :day, :nth, :opens, :from_ms, :to_ms, :name from calendar where id = :calendar and tenant = @tenant;
