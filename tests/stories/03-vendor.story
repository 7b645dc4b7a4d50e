story A vendor is asked by mail, confirms and answers on a page without an account

# Who configures gives the team of level 4 an address.
as gero
post /a/teams/0 name_de="Fjordtec" name_en="Fjordtec" stufe=4 vergabe=1 platz=3
get /a/hersteller
keep team "/a/hersteller/" "\""
post /a/hersteller/$team adresse=support@fjordtec.example name="Fjordtec Support" sprache=1 vertrag=FT-2207
get /a/hersteller
see "support@fjordtec.example"

# A call that level 1 cannot solve without the vendor.
as ada
post /w/call tun=suchen wer="Karin Brandt" erreichbar=karin.brandt@kunde.example sagt="router startet alle zehn minuten neu" aus=1 steht=1
keep nr "/w/call/" ""
get /w/call/$nr
keep version "name=\"version\" value=\"" "\""
post /w/call/$nr tun=f8 version=$version sagt="router startet alle zehn minuten neu" aus=1 steht=1
keep sheet "/w/t/" "/"
get /w/t/$nr/rueckfrage
keep version "name=\"version\" value=\"" "\""
post /w/t/$nr/rueckfrage version=$version team=$team question="Bei Frau Brandt, 93.184.216.34, startet der Router neu. Ist das bekannt?"

# What says whose case it is does not leave.
get /w/t/$nr/hersteller/$team
see "<mark title=\"Name\">Brandt</mark>"
see "<mark title=\"IP-Adresse\">93.184.216.34</mark>"
keep version "name=\"version\" value=\"" "\""
refused 422 /w/t/$nr/hersteller/$team version=$version betreff="Router startet neu" text="Bei Frau Brandt startet der Router neu. Ist das bekannt?"
see "Brandt</mark>"
post /w/t/$nr/hersteller/$team version=$version betreff="Router startet neu" text="Der Router startet alle zehn Minuten neu. Ist das bekannt?"
get /w/t/$nr
see "Fjordtec"
see "Antwort bis"

# The vendor gets the text, and a link for this question alone.
sent support@fjordtec.example
see "alle zehn Minuten neu"
never "Brandt"
keep link "/de/hv/" ">"
as nobody
get /de/hv/$link
see "alle zehn Minuten neu"
never "Brandt"
post /de/hv/$link tun=bestaetigen nummer="FT-90817"
get /de/hv/$link
see "Sie haben den Eingang bestätigt"
as ada
get /w/t/$nr
see "FT-90817"
see "Bestätigt"
as nobody
refused 422 /de/hv/$link tun=antworten nummer="FT-90817" text=" "
post /de/hv/$link tun=antworten nummer="FT-90817" text="Ja: Firmware 2.2 behebt es."
refused 404 /de/hv/$link tun=antworten text="Noch etwas."

# The case works again, with the answer.
as ada
get /w/t/$nr
see "Firmware 2.2 behebt es."
see "auf der Antwortseite"
