-- SPDX-License-Identifier: GPL-3.0-or-later
-- New cases over the API, each with its own text; the session stands in COOKIE and CSRF.
local n = 0
request = function()
  n = n + 1
  local body = string.format('{"subject":"Bench %d","text":"Der Router geht seit heute nicht mehr, Lampe %d blinkt rot. Bitte helfen Sie uns.","mail":"c%d@kunde.example","name":"Bench"}', n, n, n % 2000)
  return wrk.format("POST", "/api/v1/tickets", {["Content-Type"] = "application/json", ["Cookie"] = os.getenv("COOKIE"), ["X-Csrf-Token"] = os.getenv("CSRF")}, body)
end
