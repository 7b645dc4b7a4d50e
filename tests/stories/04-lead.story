story A promise cannot be kept: the case goes to the lead, who decides, while the team keeps it

# The first level has a case whose promise is at risk.  Another router would help, and costs money.
as ada
post /w/call tun=suchen wer="Karin Brandt" erreichbar=karin.brandt@kunde.example sagt="router startet neu, droht mit kündigung" aus=1 steht=1
keep nr "/w/call/" ""
get /w/call/$nr
keep version "name=\"version\" value=\"" "\""
post /w/call/$nr tun=f8 version=$version sagt="router startet neu, droht mit kündigung" aus=1 steht=1
keep sheet "/w/t/" "/"

# To the lead: with a reason and a line.  The sheet says whom it reaches and by when.
get /w/t/$nr/leitung
see "Frist oder Zusage ist in Gefahr"
see "soll bis"
refused 422 /w/t/$nr/leitung grund=3 zeile=""
see "Schreib es in einer Zeile"
post /w/t/$nr/leitung grund=3 zeile="Kulanz: neuer Router, 89 Euro?"
get /w/t/$nr
see "Bei der Leitung"
see "Geld oder eine Befugnis fehlt: Kulanz: neuer Router, 89 Euro?"
see "noch nicht übernommen"

# A colleague adds to it, and is told that it was there.
as ben
post /w/t/$nr/leitung grund=1 zeile="Zugesagt ist heute 16 Uhr"
get /w/t/$nr/leitung?dazu=1
see "Der Vorgang lag schon bei der Leitung."

# Level 2 of another team neither sees the case nor what lies at the lead.
as cem
refused 404 /w/t/$nr/leitung grund=1 zeile="x"
refused 403 /w/t/$nr/leitung/1/entscheiden fassung=1 ergebnis=1 bescheid="x"

# The lead finds it in her day, takes it with a line, and decides.
as eva
get /w
see "Du bist als Leitung gefragt"
get /w/leitung
see "Geld oder eine Befugnis fehlt"
get /w/t/$nr/leitung
see "Zugesagt ist heute 16 Uhr"
keep id "/leitung/" "/"
keep fassung "name=\"fassung\" value=\"" "\""
post /w/t/$nr/leitung/$id/uebernehmen fassung=$fassung vorhaben="Ich kläre das mit dem Einkauf" tag=morgen uhr=10:00
refused 409 /w/t/$nr/leitung/$id/uebernehmen fassung=$fassung vorhaben="Ich auch" tag=morgen uhr=10:00
see "Du hast es schon übernommen."
get /w/t/$nr/leitung
keep fassung "name=\"fassung\" value=\"" "\""
post /w/t/$nr/leitung/$id/entscheiden fassung=$fassung ergebnis=1 bescheid="Router auf Kulanz, bitte gleich verschicken"
get /w/leitung
see "Niemand wartet auf dich."
see "Genehmigt: Router auf Kulanz"

# The team reads the decision; the case never left it.
as ada
get /w/t/$nr
see "Ich kläre das mit dem Einkauf"
see "Genehmigt: Router auf Kulanz, bitte gleich verschicken"

# Who escalated is told, in her day and on top of the case, until she has read it.
see "Die Leitung hat entschieden: Genehmigt."
get /w
see "Die Leitung hat entschieden"
post /w/t/$nr/leitung/$id/gelesen
get /w
never "Die Leitung hat entschieden"
