-- A repeated request hears the version of what was made, too: without it nothing can be changed.
alter table idempotency add column etag @text;    -- [none, short] of the first answer
