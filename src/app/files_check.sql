-- SPDX-License-Identifier: GPL-3.0-or-later

-- files_check_mails(after: int, most: int) -> many(id: int, sha256: bytes, kept: bool)
-- beyond scope: looks for the files of the whole program
-- kept: no person deleted it.
select id, sha256, case when state = 9 then 0 else 1 end
  from inbox where id > :after and sha256 is not null order by id limit :most;

-- files_check_blobs(after: bytes, larger: int, most: int) -> many(sha256: bytes)
select sha256 from blob where sha256 > :after and size > :larger order by sha256 limit :most;
