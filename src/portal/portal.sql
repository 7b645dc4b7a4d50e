-- include solution/solution.h

-- portal_often(most: int, language: enum lang) -> many(key: int, title: text)
-- The asker is nobody (V1), so this is for everybody; what is not validated is not shown.
select s.key, s.title from solution s
 where @audience(s) and s.confidence = 3 and s.language = :language and s.reused > 0
 order by s.reused desc, s.key limit :most;

-- portal_new(most: int, language: enum lang) -> many(key: int, title: text)
select s.key, s.title from solution s
 where @audience(s) and s.confidence = 3 and s.language = :language
 order by s.created desc, s.key desc limit :most;
