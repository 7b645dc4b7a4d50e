-- include ticket/ticket.h
-- include message/message.h

-- exchange_contact(src: text, src_id: text) -> one(id: contact_id, version: int, vip: bool)
select id, version, vip from contact where tenant = @tenant and src = :src and src_id = :src_id;

-- exchange_message(src: text, src_id: text) -> one(id: message_id)
select m.id from message m join ticket t on t.id = m.ticket
 where m.tenant = @tenant and m.src = :src and m.src_id = :src_id and @scope(t);

-- exchange_team(level: int) -> one(id: team_id)
select id from team where tenant = @tenant and level = :level order by intake desc, id limit 1;

-- exchange_state(id: ticket_id, status: enum ticket_status, team: team_id, level: int, ball: enum ball, ball_team: team_id?, subject: text, over: instant?) -> changed
update ticket
   set status = :status, work_team = :team, level = :level, ball = :ball, ball_team = :ball_team,
       subject = :subject, solved_at = :over, changed = coalesce(:over, changed), version = version + 1
 where id = :id and @scope(ticket);
