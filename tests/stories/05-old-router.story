story A router that nobody supports any more: level 1 says so, level 2 grants goodwill

# Who configures says until when it is supported, and what is sold instead.
as gero
post /a/produkte/0 name="Router Fjord 4" words="Fjord 4"
get /a/produkte
keep next "row\"><a href=\"/a/produkte/" "\""
post /a/produkte/0 name="Router Fjord 2" words="Fjord 2, grauer Router" sold=31.12.2019 supported=30.06.2024 successor=$next offer_de="59 € statt 99 €"
get /a/produkte
see "Support endete am 30.06.2024"

# A call names it; the warning stands there before anything is tried.
as ada
post /w/call tun=suchen wer="Karin Brandt" erreichbar=karin.brandt@kunde.example sagt="grauer Router leuchtet nicht" aus=1 steht=1
keep nr "/w/call/" ""
get /w/call/$nr
see "Der Support für „Router Fjord 2“ endete am 30.06.2024."
keep old "name=\"v-produkt\" value=\"" "\""
keep version "name=\"version\" value=\"" "\""
post /w/call/$nr tun=parken version=$version sagt="grauer Router leuchtet nicht" aus=1 steht=1 v-produkt=$old passt=1
get /w/t/$nr
see "Stattdessen gibt es: Router Fjord 4."

# Level 1 may offer, and may not grant goodwill; it asks who may.
get /w/t/$nr/support-ende
see "Das darf „2nd Level (Fachtechnik)“"
keep version "name=\"version\" value=\"" "\""
refused 403 /w/t/$nr/support-ende version=$version weg=2
see "darf keine Kulanz gewähren"
post /w/t/$nr/support-ende version=$version weg=1
get /w/t/$nr
see "Router Fjord 4: 59 € statt 99 €"
see "Etwas Neues anbieten"
get /w/t/$nr/uebergabe
see "Support endete am 30.06.2024"
get /w/t/$nr/rueckfrage
keep version "name=\"version\" value=\"" "\""
post /w/t/$nr/rueckfrage version=$version team=2 question="Frau Brandt pflegt damit ihre Mutter. Geht es aus Kulanz?"

# Who is asked may, while the case stays where it is.
as cem
get /w/t/$nr/support-ende
keep version "name=\"version\" value=\"" "\""
post /w/t/$nr/support-ende version=$version weg=2
get /w/t/$nr
see "Wir helfen aus Kulanz."
see "Wir helfen Ihnen aus Kulanz trotzdem weiter"

# Level 1 reads it in the state card, and tells the customer with the letter that stands there.
as ada
get /w/t/$nr
see "Aus Kulanz helfen: Router Fjord 2, Support bis 30.06.2024"
never "Wie weiter?"
keep seen "name=\"gesehen\" value=\"" "\""
keep key "name=\"schluessel\" value=\"" "\""
post /w/t/$nr/antwort art=antwort gesehen=$seen schluessel=$key text="Guten Tag Karin Brandt, wir helfen Ihnen aus Kulanz: Ziehen Sie bitte den Stecker für zehn Sekunden."
sent karin.brandt@kunde.example
see "aus Kulanz"
