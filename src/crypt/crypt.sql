-- include contact/contact.h
-- include crypt/crypt.h

-- crypt_verdict_insert(message: message_id, protocol: enum protocol, lock: enum crypt_lock, signature: enum crypt_signature, signer: text, fingerprint: text) -> none
insert into crypt_verdict (tenant, message, protocol, lock, signature, signer, fingerprint)
values (@tenant, :message, :protocol, :lock, :signature, :signer, :fingerprint);

-- crypt_verdict_list(ticket: ticket_id) -> many(message: message_id, protocol: enum protocol, lock: enum crypt_lock, signature: enum crypt_signature, signer: text, fingerprint: text)
select v.message, v.protocol, v.lock, v.signature, v.signer, v.fingerprint
  from ticket t
  join message m on m.ticket = t.id
  join crypt_verdict v on v.message = m.id
 where t.id = :ticket and @scope(t) and @see <> 4
 order by v.id desc limit 1000;

-- crypt_verdict_of(message: message_id) -> many(protocol: enum protocol, lock: enum crypt_lock, signature: enum crypt_signature, signer: text, fingerprint: text)
select v.protocol, v.lock, v.signature, v.signer, v.fingerprint
  from ticket t
  join message m on m.ticket = t.id
  join crypt_verdict v on v.message = m.id
 where m.id = :message and @scope(t) and @see <> 4;

-- crypt_key_put(contact: contact_id, protocol: enum protocol, fingerprint: text, owner: text, key: bytes?, sign: bool, lock: bool) -> none
insert into crypt_key (tenant, contact, protocol, fingerprint, owner, key, sign, lock, at)
values (@tenant, :contact, :protocol, :fingerprint, :owner, :key, :sign, :lock, @now)
on conflict (contact) do update set protocol = excluded.protocol, fingerprint = excluded.fingerprint,
  owner = excluded.owner, key = excluded.key, sign = excluded.sign, lock = excluded.lock, at = excluded.at;

-- crypt_key_wish(contact: contact_id, protocol: enum protocol, sign: bool, lock: bool) -> changed
update crypt_key set protocol = :protocol, sign = :sign, lock = :lock, at = @now
 where tenant = @tenant and contact = :contact;

-- crypt_key_delete(contact: contact_id) -> changed
delete from crypt_key where tenant = @tenant and contact = :contact;

-- crypt_key_of(contact: contact_id) -> many(protocol: enum protocol, fingerprint: text, owner: text, sign: bool, lock: bool)
select protocol, fingerprint, owner, sign, lock from crypt_key
 where tenant = @tenant and contact = :contact and @see in (2, 3);

-- crypt_key_for(address: text) -> many(contact: contact_id, protocol: enum protocol, fingerprint: text, sign: bool, lock: bool, key: bytes)
-- beyond scope: an address has its key whatever the case; intake and outbox act for the desk
select k.contact, k.protocol, k.fingerprint, k.sign, k.lock, k.key
  from contact_address w
  join crypt_key k on k.contact = w.contact
 where w.tenant = @tenant and w.kind = 1 and w.value = :address and @see = 2
 order by k.id;
