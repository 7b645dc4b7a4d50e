-- include message/message.h
-- include message/draft.h

-- message_insert(ticket: ticket_id, at: instant, kind: enum message_kind, channel: enum channel, internal: bool, person: person_id?,
--    contact: contact_id?, author: text?, address: text?, verified: int, body: text, rest: text?, html: bytes?, html_in_mail: bool, mail_id: text?,
--    inbox: int?, sent: int, attachments: int, src: text?, src_id: text?) -> one(id: message_id)
insert into message (tenant, ticket, at, kind, channel, internal, person, contact, author, address, verified, body,
                     rest, html, html_in_mail, mail_id, inbox, sent, attachments, src, src_id)
values (@tenant, :ticket, :at, :kind, :channel, :internal, :person, :contact, :author, :address, :verified, :body,
        :rest, :html, :html_in_mail, :mail_id, :inbox, :sent, :attachments, :src, :src_id)
returning id;

-- message_others_insert(message: message_id, others: text) -> none
insert into message_others (message, others) values (:message, :others);

-- message_list(ticket: ticket_id, before: int, most: int, text: int) -> many(id: message_id, at: instant, kind: enum message_kind,
--    channel: enum channel, internal: bool, verified: int, person: person_id, contact: contact_id, author: text,
--    address: text, body: text, rest: text, html: bool, mail_id: text, inbox: int, sent: enum message_sent, attachments: int,
--    others: text)
-- Newest first; a customer gets no internal ones (M2), nor who else got a mail (M12).  One more than
-- what fits (M14): all whose next newer ones have less than :text together.  Added up only for
-- a case with a long message (index message_long): the others of a page are 5 MB at most.
select m.id, m.at, m.kind, m.channel, m.internal, m.verified, m.person, m.contact,
       coalesce(p.name, case when m.verified = 1 then c.name end, m.author, c.name),
       m.address, m.body, m.rest, case when m.html is null then m.html_in_mail else 1 end, m.mail_id, m.inbox, m.sent, m.attachments,
       x.others
  from ticket t
  join message m on m.ticket = t.id
  left join person p on p.id = m.person
  left join contact c on c.id = m.contact
  left join message_others x on x.message = m.id and @see <> 4
 where t.id = :ticket and @scope(t) and @told(m) and m.id < :before
   and (not exists (select 1 from message l
                     where l.ticket = :ticket and length(l.body) + coalesce(length(l.rest), 0) > 10000)
        or m.id >= (select min(l.id)
                      from (select m.id as id,
                                   sum(length(m.body) + coalesce(length(m.rest), 0))
                                       over (order by m.id desc rows between unbounded preceding and 2 preceding) as newer
                              from message m
                             where m.ticket = :ticket and @told(m) and m.id < :before
                             order by m.id desc limit :most) l
                     where coalesce(l.newer, 0) < :text))
 order by m.id desc
 limit :most;

-- message_home(id: message_id) -> one(ticket: ticket_id)
select m.ticket from message m join ticket t on t.id = m.ticket
 where m.id = :id and @scope(t) and @told(m);

-- message_html(id: message_id) -> one(html: bytes)
select m.html from message m join ticket t on t.id = m.ticket
 where m.id = :id and @scope(t) and @told(m);

-- message_by_mail_id(mail_id: text) -> one(ticket: ticket_id, id: message_id)
select m.ticket, m.id from message m join ticket t on t.id = m.ticket
 where m.mail_id = :mail_id and @scope(t)
 order by m.id desc limit 1;

-- message_set_sent(id: message_id, sent: enum message_sent) -> changed
update message as m set sent = :sent
 where m.id = :id and exists (select 1 from ticket t where t.id = m.ticket and @scope(t));

-- message_newer(ticket: ticket_id, seen: int) -> one(n: int)
-- What a writer should read before sending: of the customer, or of a colleague to the customer (M4).
select count(*) from ticket t join message m on m.ticket = t.id
 where t.id = :ticket and @scope(t) and m.id > :seen and (m.kind = 4 or (m.kind = 1 and m.sent <> 4));

-- message_public(ticket: ticket_id) -> one(n: int)
-- What the customer of the case has said or was told.
select count(*) from ticket t join message m on m.ticket = t.id
 where t.id = :ticket and @scope(t) and m.internal = 0 and m.sent <> 4;

-- message_owed(ticket: ticket_id) -> one(yes: bool)
select case when coalesce(max(case when m.kind = 4 then m.id end), 0)
                 > coalesce(max(case when m.kind = 1 and m.sent <> 4 then m.id end), 0) then 1 else 0 end
  from ticket t join message m on m.ticket = t.id
 where t.id = :ticket and @scope(t);

-- message_said(ticket: ticket_id, since: instant) -> many(at: instant, body: text)
-- Our own public words, newest first.
select m.at, m.body from ticket t join message m on m.ticket = t.id
 where t.id = :ticket and @scope(t) and m.kind = 1 and m.sent <> 4 and m.at >= :since
 order by m.id desc limit 10;

-- message_move(from: ticket_id, into: ticket_id) -> none
update message as m set ticket = :into
 where m.ticket = :from and exists (select 1 from ticket t where t.id = :from and @scope(t));

-- attachment_insert(ticket: ticket_id, message: message_id, name: text, type: text, size: int, sha256: bytes, embedded: bool) -> none
insert into attachment (tenant, ticket, message, name, type, size, sha256, inline)
values (@tenant, :ticket, :message, :name, :type, :size, :sha256, :embedded);

-- attachment_list(ticket: ticket_id) -> many(id: int, message: message_id, name: text, type: text, size: int, sha256: bytes, embedded: bool)
select a.id, a.message, a.name, a.type, a.size, a.sha256, a.inline
  from ticket t
  join attachment a on a.ticket = t.id
  join message m on m.id = a.message
 where t.id = :ticket and @scope(t) and @told(m)
 order by a.message, a.id
 limit 1000;

-- attachment_row(id: int) -> one(message: message_id, name: text, type: text, size: int, sha256: bytes, embedded: bool)
select a.message, a.name, a.type, a.size, a.sha256, a.inline
  from attachment a
  join message m on m.id = a.message
  join ticket t on t.id = a.ticket
 where a.id = :id and @scope(t) and @told(m);

-- attachment_move(from: ticket_id, into: ticket_id) -> none
update attachment as a set ticket = :into
 where a.ticket = :from and exists (select 1 from ticket t where t.id = :from and @scope(t));

-- blob_insert(sha256: bytes, size: int, bytes: bytes?) -> changed
insert into blob (sha256, size, bytes) values (:sha256, :size, :bytes)
on conflict (sha256) do nothing;

-- blob_known(sha256: bytes) -> one(yes: bool)
select case when exists (select 1 from blob where sha256 = :sha256) then 1 else 0 end;

-- blob_unclaim(sha256: bytes) -> none
delete from blob where sha256 = :sha256;

-- blob_row(sha256: bytes) -> one(size: int, bytes: bytes)
select size, bytes from blob where sha256 = :sha256;

-- draft_save(ticket: ticket_id, kind: enum draft_kind, body: text) -> none
insert into draft (tenant, ticket, person, kind, body, at)
select t.tenant, t.id, @me, :kind, :body, @now from ticket t where t.id = :ticket and @scope(t)
on conflict (ticket, person, kind) do update set body = excluded.body, at = excluded.at;

-- draft_leaves(ticket: ticket_id, kind: enum draft_kind, leave: instant?) -> none
update draft set leave = :leave
 where ticket = :ticket and person = @me and kind = :kind
   and exists (select 1 from ticket t where t.id = :ticket and @scope(t));

-- draft_list(ticket: ticket_id) -> many(kind: enum draft_kind, body: text, at: instant, leave: instant)
select d.kind, d.body, d.at, d.leave from ticket t join draft d on d.ticket = t.id
 where t.id = :ticket and d.person = @me and @scope(t);

-- draft_drop(ticket: ticket_id, kind: enum draft_kind) -> none
-- beyond scope: one's own words can be thrown away even when the case went elsewhere
delete from draft where ticket = :ticket and person = @me and kind = :kind and tenant = @tenant;

-- draft_move(from: ticket_id, into: ticket_id, gap: text) -> none
-- Whoever typed in both cases finds both texts in one.
insert into draft (tenant, ticket, person, kind, body, at, leave)
select d.tenant, :into, d.person, d.kind, d.body, d.at, d.leave from ticket t join draft d on d.ticket = t.id
 where t.id = :from and @scope(t)
on conflict (ticket, person, kind) do update set body = draft.body || :gap || excluded.body;

-- draft_clear(ticket: ticket_id) -> none
delete from draft where ticket = :ticket and exists (select 1 from ticket t where t.id = :ticket and @scope(t));
