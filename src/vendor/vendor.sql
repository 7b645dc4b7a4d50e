-- include vendor/vendor_ask.h

-- vendor_row(team: team_id) -> many(address: text, name: text, language: enum lang, contract: text, note: text)
select address, name, language, contract, note from vendor where team = :team and tenant = @tenant;

-- vendor_save(team: team_id, address: text, name: text, language: enum lang, contract: text, note: text) -> none
insert into vendor (team, tenant, address, name, language, contract, note, changed)
values (:team, @tenant, :address, :name, :language, :contract, :note, @now)
on conflict (team) do update
   set address = excluded.address, name = excluded.name, language = excluded.language,
       contract = excluded.contract, note = excluded.note, changed = excluded.changed;

-- vendor_question_insert(engagement: engagement_id, team: team_id, referral: referral_id?, subject: text, text: text, released: int) -> none
insert into vendor_question (engagement, tenant, team, referral, subject, text, released)
values (:engagement, @tenant, :team, :referral, :subject, :text, :released);

-- vendor_question_numbered(engagement: engagement_id, number: text, key: text) -> none
update vendor_question set number = :number, number_key = :key
 where engagement = :engagement and tenant = @tenant;

-- vendor_question_heard(engagement: engagement_id, heard: int) -> none
update vendor_question set heard = :heard where engagement = :engagement and tenant = @tenant;

-- vendor_question_of(ticket: ticket_id, engagement: engagement_id) -> many(engagement: engagement_id, ticket: ticket_id, team: team_id, team_en: text, team_de: text, referral: referral_id, subject: text, text: text, number: text, released: int, heard: int, state: enum engagement_state, version: int, requested: instant, accepted: instant, concluded: instant, answer: text, language: enum lang, name: text, accept_due: instant)
-- One, or all of a case, oldest first.
select v.engagement, e.ticket, v.team, m.name_en, m.name_de, v.referral, v.subject, v.text, v.number, v.released, v.heard,
       e.state, e.version, e.requested, e.accepted, e.concluded, e.answer, coalesce(r.language, 1), r.name, e.accept_due
  from engagement e
  join vendor_question v on v.engagement = e.id
  join ticket t on t.id = e.ticket
  join team m on m.id = v.team
  left join vendor r on r.team = v.team
 where (e.id = :engagement or e.ticket = :ticket) and @scope(t) and @see <> 4
 order by e.id;

-- vendor_question_of_thread(referral: referral_id) -> many(engagement: engagement_id)
select engagement from vendor_question where referral = :referral and tenant = @tenant;

-- vendor_question_by_number(address: text, key: text) -> many(referral: referral_id, ticket: ticket_id)
-- The newest question that went to this address and has this number there.
select v.referral, e.ticket
  from vendor_question v
  join referral r on r.id = v.referral
  join engagement e on e.id = v.engagement
  join ticket t on t.id = e.ticket
 where v.tenant = @tenant and v.number_key = :key and v.number_key <> '' and r.address = :address and @scope(t)
 order by v.engagement desc limit 1;
