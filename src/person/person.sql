-- include person/person.h

-- person_insert(login: text, name: text, email: text?, role: enum role, language: enum lang, password: text?) -> one(id: person_id)
insert into person (tenant, login, name, email, role, language, password, created)
values (@tenant, :login, :name, :email, :role, :language, :password, @now)
returning id;

-- person_by_id(id: person_id) -> one(login: text, name: text, email: text, role: enum role, language: enum lang, password: text, disabled: bool)
select login, name, email, role, language, password, disabled
  from person where id = :id and tenant = @tenant;

-- person_by_login(login: text) -> one(id: person_id, login: text, name: text, email: text, role: enum role, language: enum lang, password: text, disabled: bool)
select id, login, name, email, role, language, password, disabled
  from person where login = :login and tenant = @tenant;

-- person_by_email(email: text) -> one(id: person_id, login: text, name: text, email: text, role: enum role, language: enum lang, password: text, disabled: bool)
select id, login, name, email, role, language, password, disabled
  from person where lower(email) = :email and tenant = @tenant order by disabled, id limit 1;

-- person_join(person: person_id, team: team_id) -> none
insert into person_team (person, team)
select p.id, t.id from person p join team t on t.tenant = p.tenant
 where p.id = :person and t.id = :team and p.tenant = @tenant
on conflict (person, team) do nothing;

-- person_set_password(id: person_id, hash: text) -> changed
update person set password = :hash where id = :id and tenant = @tenant;

-- team_insert(name_de: text, name_en: text, level: int, intake: bool, department: bool) -> one(id: team_id)
insert into team (tenant, name_de, name_en, level, intake, department)
values (@tenant, :name_de, :name_en, :level, :intake, :department)
returning id;

-- team_by_id(id: team_id) -> one(name_de: text, name_en: text, level: int, intake: bool, department: bool)
select name_de, name_en, level, intake, department from team where id = :id and tenant = @tenant;

-- team_by_name(name: text) -> one(id: team_id)
select id from team where tenant = @tenant and (name_de = :name or name_en = :name) limit 1;

-- team_list() -> many(id: team_id, name_de: text, name_en: text, level: int, intake: bool, department: bool)
select id, name_de, name_en, level, intake, department from team where tenant = @tenant order by level, id;

-- team_of_person(person: person_id) -> many(id: team_id, name_de: text, name_en: text, level: int, intake: bool, department: bool)
select t.id, t.name_de, t.name_en, t.level, t.intake, t.department
  from person_team pt join team t on t.id = pt.team
 where pt.person = :person and t.tenant = @tenant
 order by t.level, t.id;

-- team_for_intake() -> one(id: team_id)
select id from team where tenant = @tenant order by intake desc, department, level, id limit 1;
