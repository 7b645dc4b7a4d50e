story The router call: from the phone through three levels to a promise, and back down as knowledge

# The first level takes the call; everything typed is in the case at once.
as ada
post /w/call tun=suchen wer="Karin Brandt" erreichbar=karin.brandt@kunde.example sagt="neuer router, alle lampen an, kein wlan" aus=1 steht=1
keep nr "/w/call/" ""
get /w/call/$nr
see "Karin Brandt"
see "neuer router, alle lampen an, kein wlan"

# Nothing known helps, so it is handed to the second level, with a contract and a promise.
keep version "name=\"version\" value=\"" "\""
post /w/call/$nr tun=f8 version=$version sagt="neuer router, alle lampen an, kein wlan" aus=1 steht=1
keep sheet "/w/t/" "/"
get /w/t/$nr/uebergabe
keep version "name=\"version\" value=\"" "\""
refused 422 /w/t/$nr/uebergabe version=$version team=2 problem=""
post /w/t/$nr/uebergabe version=$version team=2 problem="Neuer Router, alle Lampen an, kein Netz in der Liste" tried="Neustart und Werksreset ohne Erfolg" situation="Router X2, erreichbar bis 17 Uhr" cause=1 asked_for=1 day=morgen clock=10:00 what="Rückmeldung, ob es ein Ersatzgerät gibt"
get /w/t/$nr
see "Zusage"

# Until somebody accepts, the sender answers for it.  The second level takes it with one line.
as cem
get /w/t/$nr
keep eid "/annehmen/" "\""
get /w/t/$nr/annehmen/$eid
see "Werksreset ohne Erfolg"
keep version "name=\"version\" value=\"" "\""
post /w/t/$nr/annehmen/$eid version=$version line="Ich übernehme und prüfe die Leitung." care=0
get /w/t/$nr

# The line is fine; the device is not.  The third level is asked for a decision.
get /w/t/$nr/uebergabe
keep version "name=\"version\" value=\"" "\""
post /w/t/$nr/uebergabe version=$version team=3 problem="Funkmodul meldet Fehler 22" tried="Leitung gemessen, Gerät antwortet, Funk bleibt aus" situation="Router X2, erreichbar bis 17 Uhr" cause=1 asked_for=4 day=morgen clock=10:00 what="Rückmeldung, ob es ein Ersatzgerät gibt"
as dora
get /w/t/$nr
keep eid "/annehmen/" "\""
get /w/t/$nr/annehmen/$eid
keep version "name=\"version\" value=\"" "\""
post /w/t/$nr/annehmen/$eid version=$version line="Charge 22 ist fehlerhaft, ich entscheide über Ersatz." care=0

# The customer hears of it, by mail, and answers into the same case.
get /w/t/$nr
keep seen "name=\"gesehen\" value=\"" "\""
keep key "name=\"schluessel\" value=\"" "\""
post /w/t/$nr/antwort art=antwort gesehen=$seen schluessel=$key text="Guten Tag Karin Brandt, Ihr Router hat einen Fehler ab Werk. Ein Ersatzgerät ist unterwegs und morgen bei Ihnen."
sent karin.brandt@kunde.example
see "Ersatzgerät"
never "Funkmodul meldet Fehler 22"
reply karin.brandt@kunde.example
| Vielen Dank, ich bin morgen ab 9 Uhr zu Hause. Brauchen Sie den alten Router zurück?
get /w/t/$nr
see "ab 9 Uhr zu Hause"

# Solved above level 1, with a new solution for the third level only: level 1 is owed one.
get /w/t/$nr/geloest
keep version "name=\"version\" value=\"" "\""
post /w/t/$nr/geloest version=$version solution=ohne how=2 text="Funkmodul der Charge 22 defekt, Ersatzgerät verschickt und eingerichtet." told=1
get /w/t/$nr
see "Gelöst"
get /w/pflichten
see "neuer router"

# What the expert found out comes back down: the duty is settled by a solution for level 1.
keep duty "/w/pflichten/" "/schreiben"
get /w/pflichten/$duty/schreiben
post /w/pflichten/$duty/schreiben version=0 title="Router der Charge 22 ohne WLAN" words="alle lampen an, kein wlan" cause="Funkmodul der Charge 22 defekt" steps="Seriennummer ablesen: beginnt mit 22" environment="Router X2" category=0 product=0 kind=2 language=1 audience=1 for-1=1 for-2=1 for-3=1 confidence=2
as ada
get /w/kb
see "Router der Charge 22 ohne WLAN"
