-- Who entered an absence cannot decide for who is away by it (escalation/escalation.h, E13).
alter table absence add column entered_by @int references person(id);    -- [staff, short] who entered it
