-- portal_file_insert(form: text, name: text, type: text, size: int, sha256: bytes, file: text) -> one(id: int)
insert into portal_file (tenant, form, name, type, size, sha256, file, at)
values (@tenant, :form, :name, :type, :size, :sha256, :file, @now)
returning id;

-- portal_file_list(form: text) -> many(id: int, name: text, type: text, size: int, sha256: bytes, file: text)
select id, name, type, size, sha256, file from portal_file
 where tenant = @tenant and form = :form and form <> '' order by id;

-- portal_file_drop(form: text, id: int) -> many(id: int)
-- id 0: all of the form.  Without a form nobody can name it any more; its job does the rest (H4).
update portal_file set form = '' where tenant = @tenant and form = :form and form <> '' and :id in (0, id)
returning id;

-- portal_file_expire(id: int) -> changed
-- beyond scope: the job has only the key of the row
update portal_file set form = '' where id = :id and form <> '';

-- portal_file_gone(id: int) -> many(file: text)
-- beyond scope: the job has only the key of the row
delete from portal_file where id = :id and form = ''
returning file;
