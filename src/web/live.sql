-- live_members(ticket: int, most: int) -> many(person: int)
-- beyond scope: who may hear of a case is what is asked here
select distinct pt.person from ticket_team tt join person_team pt on pt.team = tt.team
  join ticket t on t.id = tt.ticket
 where tt.ticket = :ticket and t.tenant = @tenant
 order by pt.person limit :most;
