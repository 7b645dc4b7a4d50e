-- include invitation/ical.h
-- include message/message.h

-- invitation_insert(message: message_id, method: enum ical_method, answer: enum ical_answer, uid: text, summary: text, place: text, organiser: text, guest: text, starts: instant, ends: instant, all_day: bool, zone: text, rule_en: text, rule_de: text, more: int) -> none
insert into invitation (tenant, message, method, answer, uid, summary, place, organiser, guest, starts, ends, all_day, zone, rule_en, rule_de, more)
values (@tenant, :message, :method, :answer, :uid, :summary, :place, :organiser, :guest, :starts, :ends, :all_day, :zone, :rule_en, :rule_de, :more);

-- invitation_list(ticket: ticket_id) -> many(message: message_id, method: enum ical_method, answer: enum ical_answer, uid: text, summary: text, place: text, organiser: text, guest: text, starts: instant, ends: instant, all_day: bool, zone: text, rule_en: text, rule_de: text, more: int)
select i.message, i.method, i.answer, i.uid, i.summary, i.place, i.organiser, i.guest, i.starts, i.ends, i.all_day, i.zone, i.rule_en, i.rule_de, i.more
  from ticket t
  join message m on m.ticket = t.id
  join invitation i on i.message = m.id
 where t.id = :ticket and @scope(t) and @see <> 4
 order by i.id limit 200;
