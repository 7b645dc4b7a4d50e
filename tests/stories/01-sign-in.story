story Signing in, and who may see what
as nobody
get /anmelden
see "Anmelden"
refused 422 /anmelden login=ada password=wrong
as ada
get /w/ich
see "Passwort"
as nobody
