-- Who said why a case needs the lead is told what was decided (escalation/escalation.h, E12).
alter table escalation_word add column news @int not null default 0;    -- [none, case] 1: decided, and not read yet
create index escalation_word_news on escalation_word (person, escalation) where news = 1;
