-- include mailbox/mailbox_ledger.h

-- mailbox_insert(address: text, host: text, port: int, security: enum peer_security, login: text, auth: enum mailbox_auth, secret: bytes?, token_url: text?, client_id: text?, client_secret: bytes?, scope: text?, folder: text, act: enum mailbox_act, target: text?, sent: text?, since: instant) -> one(id: mailbox_id)
insert into mailbox (tenant, address, host, port, security, login, auth, secret, token_url, client_id, client_secret, scope, folder, act, target, sent, since, state, created)
values (@tenant, :address, :host, :port, :security, :login, :auth, :secret, :token_url, :client_id, :client_secret, :scope, :folder, :act, :target, :sent, :since, 1, @now)
returning id;

-- mailbox_update(id: mailbox_id, address: text, host: text, port: int, security: enum peer_security, login: text, auth: enum mailbox_auth, secret: bytes?, token_url: text?, client_id: text?, client_secret: bytes?, scope: text?, folder: text, act: enum mailbox_act, target: text?, sent: text?) -> changed
-- A secret that was not typed stays.
update mailbox
   set address = :address, host = :host, port = :port, security = :security, login = :login, auth = :auth,
       secret = coalesce(:secret, secret), token_url = :token_url, client_id = :client_id,
       client_secret = coalesce(:client_secret, client_secret), scope = :scope, folder = :folder, act = :act,
       target = :target, sent = :sent, version = version + 1, state = 1, reason = null, failing = 0
 where id = :id and tenant = @tenant;

-- mailbox_pause(id: mailbox_id, paused: bool) -> changed
update mailbox set paused = :paused, version = version + 1, state = 1, reason = null, failing = 0
 where id = :id and tenant = @tenant;

-- mailbox_remove_mails(id: mailbox_id) -> none
delete from mailbox_mail
 where tenant = @tenant and folder in (select f.id from mailbox_folder f where f.mailbox = :id and f.tenant = @tenant);

-- mailbox_remove_folders(id: mailbox_id) -> none
delete from mailbox_folder where mailbox = :id and tenant = @tenant;

-- mailbox_remove(id: mailbox_id) -> changed
delete from mailbox where id = :id and tenant = @tenant;

-- mailbox_by_address(address: text) -> many(id: mailbox_id)
select id from mailbox where tenant = @tenant and address = :address;

-- mailbox_load(id: mailbox_id) -> one(tenant: tenant_id, address: text, host: text, port: int, security: enum peer_security, login: text, auth: enum mailbox_auth, secret: bytes, token_url: text, client_id: text, client_secret: bytes, scope: text, folder: text, act: enum mailbox_act, target: text, sent: text, since: instant, paused: bool, version: int, state: enum mailbox_state, reason: text, polled: instant, failing: instant, created: instant, fence: int)
select tenant, address, host, port, security, login, auth, secret, token_url, client_id, client_secret, scope,
       folder, act, target, sent, since, paused, version, state, reason, polled, failing, created, fence
  from mailbox where id = :id and tenant = @tenant;

-- mailbox_ids() -> many(id: mailbox_id)
select id from mailbox where tenant = @tenant order by id;

-- mailbox_count() -> one(n: int)
-- beyond scope: a limit of the whole program
select count(*) from mailbox;

-- mailbox_stuck_count(id: mailbox_id) -> one(n: int)
select count(*) from mailbox_mail m join mailbox_folder f on f.id = m.folder
 where f.mailbox = :id and m.tenant = @tenant and m.state in (1, 4);

-- mailbox_stuck(id: mailbox_id) -> many(uid: int, tries: int, state: enum mailbox_mail_state, folder: text, reason: text, at: instant, again: instant)
select m.uid, m.tries, m.state, f.name, m.reason, m.at, m.again
  from mailbox_mail m join mailbox_folder f on f.id = m.folder
 where f.mailbox = :id and m.tenant = @tenant and m.state in (1, 4)
 order by m.at desc, m.uid desc limit 100;

-- mailbox_figures() -> many(id: mailbox_id, paused: bool, polled: instant, created: instant, failed: int)
-- beyond scope: figures of the whole program
select b.id, b.paused, b.polled, b.created,
       (select count(*) from mailbox_mail m join mailbox_folder f on f.id = m.folder
         where f.mailbox = b.id and m.state in (1, 4))
  from mailbox b order by b.id limit 200;

-- mailbox_wanted() -> many(id: mailbox_id, version: int, tenant: tenant_id)
-- beyond scope: the program watches the mailboxes of all desks
select id, version, tenant from mailbox where paused = 0 order by id limit 200;

-- mailbox_recover() -> none
-- beyond scope: the leases of a program that is gone
update mailbox set leased = 1 where leased > 0;

-- mailbox_holder(id: mailbox_id) -> many(tenant: tenant_id, leased: instant, fence: int)
-- beyond scope: the program finds out here for which desk it fetches
select tenant, leased, fence from mailbox where id = :id and paused = 0;

-- mailbox_take(id: mailbox_id, node: text, until: instant, fence: int) -> changed
update mailbox set node = :node, leased = :until, fence = fence + 1
 where id = :id and tenant = @tenant and fence = :fence and paused = 0;

-- mailbox_renew(id: mailbox_id, fence: int, version: int, until: instant) -> changed
update mailbox set leased = :until
 where id = :id and tenant = @tenant and fence = :fence and version = :version and paused = 0;

-- mailbox_give_back(id: mailbox_id, fence: int) -> none
update mailbox set leased = 0, node = null where id = :id and tenant = @tenant and fence = :fence;

-- mailbox_report(id: mailbox_id, fence: int, state: enum mailbox_state, reason: text?, polled: bool, trouble: bool) -> none
update mailbox
   set state = :state, reason = :reason, polled = case when :polled = 1 then @now else polled end,
       failing = case when :trouble = 0 then 0 when failing = 0 then @now else failing end
 where id = :id and tenant = @tenant and fence = :fence;

-- mailbox_new_token(id: mailbox_id, fence: int, secret: bytes) -> none
update mailbox set secret = :secret where id = :id and tenant = @tenant and fence = :fence;

-- mailbox_folder(mailbox: mailbox_id, account: text, name: text, validity: int) -> one(id: mailbox_folder_id, looked: instant)
insert into mailbox_folder (tenant, mailbox, account, name, validity)
values (@tenant, :mailbox, :account, :name, :validity)
on conflict (mailbox, account, name, validity) do update set name = excluded.name
returning id, looked;

-- mailbox_looked(folder: mailbox_folder_id) -> none
update mailbox_folder set looked = @now where id = :folder and tenant = @tenant;

-- mailbox_lines(folder: mailbox_folder_id, first: int, last: int) -> many(uid: int)
select uid from mailbox_mail where folder = :folder and tenant = @tenant and uid between :first and :last order by uid;

-- mailbox_line(folder: mailbox_folder_id, uid: int, state: enum mailbox_mail_state, reason: text?, inbox: int?) -> none
-- Forward only (G3): what was stored stays stored.
insert into mailbox_mail (folder, uid, tenant, state, reason, inbox, at)
values (:folder, :uid, @tenant, :state, :reason, :inbox, @now)
on conflict (folder, uid) do update set state = excluded.state, reason = excluded.reason,
       inbox = coalesce(excluded.inbox, mailbox_mail.inbox), again = 0, at = excluded.at
 where mailbox_mail.state = 1 or (mailbox_mail.state = 2 and excluded.state = 3);

-- mailbox_fail(folder: mailbox_folder_id, uid: int, reason: text?) -> one(tries: int)
insert into mailbox_mail (folder, uid, tenant, state, tries, reason, at)
values (:folder, :uid, @tenant, 1, 1, :reason, @now)
on conflict (folder, uid) do update set tries = mailbox_mail.tries + 1,
       reason = case when mailbox_mail.state = 1 then excluded.reason else mailbox_mail.reason end
returning tries;

-- mailbox_wait(folder: mailbox_folder_id, uid: int, again: instant) -> none
update mailbox_mail set again = :again where folder = :folder and uid = :uid and tenant = @tenant and state = 1;

-- mailbox_due(folder: mailbox_folder_id) -> many(uid: int, again: instant)
select uid, again from mailbox_mail
 where folder = :folder and tenant = @tenant and state = 1
 order by again, uid limit 500;

-- mailbox_to_act(folder: mailbox_folder_id) -> many(uid: int)
select uid from mailbox_mail where folder = :folder and tenant = @tenant and state = 2 order by uid limit 500;
