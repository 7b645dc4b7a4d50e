// SPDX-License-Identifier: GPL-3.0-or-later
// The subcommands that belong to no feature, and the table of all.
#include "app/backup.h"
#include "app/command.h"
#include "app/data_commands.h"
#include "app/features.h"
#include "app/flow_command.h"
#include "app/intake_command.h"
#include "app/mailbox_command.h"
#include "app/manual.h"
#include "base/limits.h"
#include "base/seal.h"
#include "base/secret.h"
#include "base/zone.h"
#include "clock/agreement.h"
#include "dkim/dkim.h"
#include "letterhead/letterhead.h"
#include "tenant/tenant.h"

#include <sysexits.h>

static int help(struct call *c)
{
    return command_help(c->cx, c->argc, c->argv, c->out);
}

static int version(struct call *c)
{
    buf_put(c->out, S("staffel " STAFFEL_VERSION "\n"));
    return EX_OK;
}

static int print_limits(struct call *c)
{
    for (const struct limit *l = limits; l->name != NULL; l++)
        buf_fmt(c->out, "%-20s %12lld  %s\n", l->name, (long long)l->value, l->text);
    return EX_OK;
}

static int print_routes(struct call *c)
{
    static const char *const needs[] = {"?",       "anybody", "signed in",  "work",      "call",
                                        "solution", "publish", "waive", "queues", "configure", "word", "lead"};
    for (isize i = 0; feature_routes[i] != NULL; i++)
        for (const struct route *r = feature_routes[i]; r->path != NULL; r++)
            buf_fmt(c->out, "%-6s %-40s %-10s %s\n", route_method_name(r->method), r->path,
                    needs[r->needs], r->summary == NULL ? "" : r->summary);
    return EX_OK;
}

// A text of DNS is made of pieces of at most 255 bytes.
static void put_record(struct buf *b, str name, str text)
{
    buf_fmt(b, STR_FMT ". IN TXT (", STR_ARG(name));
    for (; text.n > 0; text = str_cut(text, text.n > 250 ? 250 : text.n))
        buf_fmt(b, " \"" STR_FMT "\"", STR_ARG(str_head(text, 250)));
    buf_put(b, S(" )\n"));
}

static int print_dkim(struct call *c)
{
    struct dkim d = {0};
    enum err err = c->options->dkim.n > 0
                       ? dkim_read(c->cx, c->options->dkim, &d)
                       : fail(c->cx, ERR_INVALID, "Say:  staffel dkim --dkim FILE", "Sag:  staffel dkim --dkim DATEI");
    for (isize i = 0; i < d.n && err == OK; i++) {
        str name, text;
        err = dkim_key_record(c->cx, &d.key[i], &name, &text);
        if (err == OK)
            put_record(c->out, name, text);
    }
    dkim_forget(&d);
    return err == OK ? EX_OK : command_failed(c, err);
}

static int serve(struct call *c)
{
    struct desk *d;
    enum err err = desk_open(c->cx, c->options, &d);
    if (err == OK) {
        err = desk_serve(c->cx, d, c->options, NULL);
        desk_close(d);
    }
    return err == OK ? EX_OK : command_failed(c, err);
}

// Opening migrates: there is nothing left to do.
static int migrate(struct call *c)
{
    buf_put(c->out, S("The data is up to date.\n"));
    return EX_OK;
}

struct words_of_user {
    struct person person;
    str team;
};

static enum err begin_desk(struct ctx *cx, struct tenant *t)
{
    tenant_id id;
    TRY(letterhead_check(cx, t));
    TRY(tenant_create(cx, *t, &id));
    cx->who = tenant_system(id);
    team_id team;
    struct team one = {.name = SAY("1st level", "1st Level"), .level = 1, .intake = true},
                two = {.name = SAY("2nd level", "2nd Level"), .level = 2},
                three = {.name = SAY("3rd level", "3rd Level"), .level = 3};
    TRY(team_add(cx, &one, &team));
    TRY(team_add(cx, &two, &team));
    TRY(team_add(cx, &three, &team));
    return agreement_begin(cx);
}

struct words_of_init {
    struct tenant said;
    bool made, changed;
};

static const struct tenant of_program = {.name = {LETTERHEAD_NAME, sizeof LETTERHEAD_NAME - 1},
                                         .lang = LANG_DE,
                                         .mail_address = {LETTERHEAD_ADDRESS, sizeof LETTERHEAD_ADDRESS - 1},
                                         .base_url = {LETTERHEAD_URL, sizeof LETTERHEAD_URL - 1}};

static bool says_anything(const struct tenant *said)
{
    return said->name.n + said->mail_address.n + said->base_url.n > 0 || said->lang != 0;
}

// What is said is taken, the rest stays.
static struct tenant with(struct tenant t, const struct tenant *said)
{
    t.name = said->name.n > 0 ? said->name : t.name;
    t.mail_address = said->mail_address.n > 0 ? said->mail_address : t.mail_address;
    t.base_url = said->base_url.n > 0 ? said->base_url : t.base_url;
    t.lang = said->lang != 0 ? said->lang : t.lang;
    return t;
}

static enum err do_init(struct ctx *cx, void *arg)
{
    struct words_of_init *w = arg;
    struct tenant t = of_program;
    enum err err = command_first_desk(cx);
    if (err != OK && err != ERR_ABSENT)
        return err;
    w->made = err == ERR_ABSENT;
    w->changed = !w->made && says_anything(&w->said);
    ctx_forgive(cx);
    if (!w->made)
        TRY(tenant_mine(cx, &t));
    t = with(t, &w->said);
    if (w->made)
        return begin_desk(cx, &t);
    return w->changed ? letterhead_save(cx, &t) : OK;
}

static enum lang language_of(str code)
{
    return str_eq(code, S("de")) ? LANG_DE : str_eq(code, S("en")) ? LANG_EN : (enum lang)0;
}

static struct tenant said_in(struct call *c)
{
    return (struct tenant){.name = command_option(c, "name"),
                           .mail_address = command_option(c, "address"),
                           .base_url = command_option(c, "url"),
                           .lang = language_of(command_option(c, "language"))};
}

static int wrong_language(struct call *c, const char *subcommand)
{
    str code = command_option(c, "language");
    if (code.n == 0 || language_of(code) != 0)
        return EX_OK;
    buf_fmt(c->out, "Say:  staffel %s --language de  or  --language en\n", subcommand);
    return EX_USAGE;
}

static int before_init(struct call *c)    // O8
{
    struct tenant said = said_in(c), t = with(of_program, &said);
    int code = wrong_language(c, "init");
    enum err err = code == EX_OK ? letterhead_words(c->cx, &t) : OK;
    return err == OK ? code : command_failed(c, err);
}

static int init(struct call *c)
{
    struct seal key;    // made now, so that it is there before anything is locked with it
    struct words_of_init w = {.said = said_in(c)};
    enum err err = desk_write(c->desk, c->cx, do_init, &w);
    if (err == OK)
        err = seal_load(c->cx, &key);
    if (err != OK)
        return command_failed(c, err);
    buf_put(c->out, w.changed ? S("The desk that was there is changed as said.\n")
                    : !w.made ? S("The desk was there already; nothing is changed.\n")
                              : S("The desk is ready. The first person sets up the others:  "
                                  "staffel user add NAME --role admin\n"));
    err = desk_write(c->desk, c->cx, command_lacking, c->out);
    return err == OK ? EX_OK : command_failed(c, err);
}

static enum err do_user_add(struct ctx *cx, void *arg)
{
    struct words_of_user *u = arg;
    person_id id;
    struct team team;
    struct tenant desk;
    TRY(do_init(cx, &(struct words_of_init){0}));
    TRY(tenant_mine(cx, &desk));
    u->person.lang = u->person.lang != 0 ? u->person.lang : desk.lang;
    TRY(person_add(cx, &u->person, &id));
    if (u->team.n == 0)
        return OK;
    if (team_by_name(cx, u->team, &team) != OK)
        return fail(cx, ERR_INVALID, "There is no team “" STR_FMT "”.",
                    "Ein Team „" STR_FMT "“ gibt es nicht.", STR_ARG(u->team));
    return person_join(cx, id, team.id);
}

static int before_user(struct call *c)    // O8
{
    return wrong_language(c, "user add NAME --role ROLE");
}

static int user_add(struct call *c)
{
    struct words_of_user u = {.team = command_option(c, "team")};
    enum role role;
    if (c->argc < 1 || !person_role_from(command_option(c, "role"), &role)) {
        buf_put(c->out, S("Say:  staffel user add NAME --role ROLE. Roles are:"));
        for (int i = 1; person_roles[i].code != NULL; i++)
            buf_fmt(c->out, " %s", person_roles[i].code);
        buf_put(c->out, S("\n"));
        return EX_USAGE;
    }
    str password = c->in, login = str_from_z(c->argv[0]);
    password = str_token(&password, '\n');
    enum err err = access_password_check(c->cx, password, login);
    if (err != OK)
        return command_failed(c, err);
    u.person = (struct person){.login = login, .name = login, .email = command_option(c, "email"),
                               .role = role, .lang = language_of(command_option(c, "language")),
                               .password = secret_password_hash(c->cx->arena, password)};
    err = desk_write(c->desk, c->cx, do_user_add, &u);
    return err == OK ? EX_OK : command_failed(c, err);
}

struct words_of_token {
    str login, token;
    bool may_write;
};

static enum err somebody(struct ctx *cx, str login, struct person *out)
{
    enum err err = person_by_login(cx, login, out);
    if (err == ERR_ABSENT)
        return fail(cx, ERR_INVALID, "There is nobody called “" STR_FMT "”.",
                    "„" STR_FMT "“ gibt es nicht.", STR_ARG(login));
    return err;
}

static enum err do_token_add(struct ctx *cx, void *arg)
{
    struct words_of_token *t = arg;
    struct person p;
    TRY(command_first_desk(cx));
    TRY(somebody(cx, t->login, &p));
    return access_token_add(cx, p.id, t->may_write, &t->token);
}

static int token_add(struct call *c)
{
    struct words_of_token t = {.login = command_option(c, "user"),
                               .may_write = str_eq(command_option(c, "scope"), S("write"))};
    enum err err = desk_write(c->desk, c->cx, do_token_add, &t);
    if (err != OK)
        return command_failed(c, err);
    buf_fmt(c->out, STR_FMT "\n", STR_ARG(t.token));
    return EX_OK;
}

struct words_of_tokens {
    str login;
    struct access_key *key;
    isize n;
};

static enum err do_token_list(struct ctx *cx, void *arg)
{
    struct words_of_tokens *t = arg;
    struct person p;
    TRY(command_first_desk(cx));
    TRY(somebody(cx, t->login, &p));
    return access_token_list(cx, p.id, &t->key, &t->n);
}

static int token_list(struct call *c)
{
    struct words_of_tokens t = {.login = command_option(c, "user")};
    enum err err = desk_write(c->desk, c->cx, do_token_list, &t);
    if (err != OK)
        return command_failed(c, err);
    for (isize i = 0; i < t.n; i++)
        buf_fmt(c->out, "%lld  %-5s  " STR_FMT "\n", (long long)t.key[i].id,
                t.key[i].may_write ? "write" : "read",
                STR_ARG(zone_iso(c->cx->arena, t.key[i].created)));
    return EX_OK;
}

static enum err do_token_revoke(struct ctx *cx, void *arg)
{
    const int64_t *id = arg;
    TRY(command_first_desk(cx));
    enum err err = access_token_revoke(cx, *id);
    if (err == ERR_ABSENT)
        return fail(cx, err, "No token %lld opens anything. Try: staffel token list --user NAME",
                    "Ein Schlüssel %lld öffnet nichts (mehr). Hilfe: staffel token list --user NAME",
                    (long long)*id);
    return err;
}

static int token_revoke(struct call *c)
{
    int64_t id;
    if (c->argc != 1 || !str_to_int(str_from_z(c->argv[0]), &id)) {
        buf_put(c->out, S("Say:  staffel token revoke ID\n"));
        return EX_USAGE;
    }
    enum err err = desk_write(c->desk, c->cx, do_token_revoke, &id);
    return err == OK ? EX_OK : command_failed(c, err);
}

// clang-format off
const struct command commands[] = {
    {"serve", "[--listen ADDR:PORT] [--content ADDR:PORT] [--content-url URL] [--lmtp ADDR:PORT|unix:PATH] [--relay smtp[s]://HOST:PORT] [--relay-login FILE] [--relay-rate N] [--dkim FILE] [--keys FOLDER] [--auth-server NAME] [--scanner unix:PATH|HOST:PORT] [--unscanned] [--trust FILE] [--own-hosts HOST,...]", RUN_THERE, false,
        WORDS("serve the desk", "den Helpdesk bereitstellen"), serve},
    {"init", "[--name N] [--address A] [--url U] [--language de|en]", RUN_FIRST, false, WORDS("set up an empty desk: its name, the mail address customers write to, what links begin with (https://help.desk.example), and the language of who says nothing; for a desk that is there, change what is said", "einen leeren Helpdesk einrichten: Name, Mailadresse für Kunden, Anfang der Links (https://hilfe.firma.example) und Sprache für Kunden, die nichts anderes sagen; bei einem bestehenden ändern, was angegeben ist"), init, .before = before_init},
    {"migrate", "", RUN_FIRST, false, WORDS("bring the data up to this version", "die Daten auf diese Version bringen"), migrate},
    {"user add", "NAME --role ROLE [--team TEAM] [--email A] [--language de|en]   (password from standard input)", RUN_INSIDE, true,
        WORDS("add a member of staff", "jemanden aus dem Team anlegen"), user_add, person_roles, .before = before_user},
    {"token add", "--user NAME [--scope read|write]", RUN_INSIDE, false,
        WORDS("make an API token and print it once", "einen API-Schlüssel machen und einmal zeigen"), token_add},
    {"token list", "--user NAME", RUN_INSIDE, false,
        WORDS("print the tokens of somebody that are in use: number, scope, since when", "die gültigen Schlüssel von jemandem zeigen: Nummer, Umfang, seit wann"), token_list},
    {"token revoke", "ID", RUN_INSIDE, false,
        WORDS("end a token at once", "einen Schlüssel sofort sperren"), token_revoke},
    {"demo", "[--listen ADDR:PORT] [--content ADDR:PORT] [--keys NEW-FOLDER]", RUN_HERE, false, WORDS("fill an empty desk with invented people and cases, and serve it; with --keys also keys, and letters signed and encrypted with them", "einen leeren Helpdesk mit erfundenen Leuten und Vorgängen füllen und bereitstellen; mit --keys auch Schlüssel und damit signierte und verschlüsselte Briefe"), data_demo},
    {"intake", "[--to ADDRESS] [--sender ADDRESS]   (mail from standard input)", RUN_INSIDE, true,
        WORDS("take in a mail; exit code 0, 75 or 65", "eine Mail annehmen; Rückgabewert 0, 75 oder 65"), intake_command},
    {"mailbox add", "ADDRESS --host NAME [--port N] [--tls yes|starttls|insecure] [--login NAME] [--auth password|microsoft|google|oauth] [--client-id ID] [--token-url URL] [--scope S] [--folder F] [--then move|flag|delete|leave] [--to FOLDER] [--sent FOLDER] [--only-new]   (password or refresh token from standard input; the program's secret on the second line)", RUN_INSIDE, true,
        WORDS("fetch mail from a mailbox (IMAP)", "Mails aus einem Postfach holen (IMAP)"), mailbox_command_add},
    {"mailbox list", "", RUN_INSIDE, false, WORDS("the mailboxes and how they are", "die Postfächer und wie es ihnen geht"), mailbox_command_list},
    {"mailbox test", "ADDRESS [--trust FILE]", RUN_INSIDE, false, WORDS("sign in and look whether the folder is there", "anmelden und nachsehen, ob der Ordner da ist"), mailbox_command_test},
    {"mailbox pause", "ADDRESS", RUN_INSIDE, false, WORDS("stop fetching from a mailbox", "ein Postfach ruhen lassen"), mailbox_command_pause},
    {"mailbox resume", "ADDRESS", RUN_INSIDE, false, WORDS("fetch from it again", "es wieder abholen"), mailbox_command_resume},
    {"mailbox remove", "ADDRESS", RUN_INSIDE, false, WORDS("forget a mailbox; its mails stay where they are", "ein Postfach vergessen; seine Mails bleiben, wo sie sind"), mailbox_command_remove},
    {"dkim", "--dkim FILE", RUN_ALONE, false, WORDS("print the DNS records of the keys that mail is signed with", "die DNS-Einträge der Schlüssel zeigen, mit denen Mails unterschrieben werden"), print_dkim},
    {"import jsonl", "FILE|-", RUN_INSIDE, false, WORDS("take in contacts, solutions and cases, one JSON object a line, and how the desk is organised; the manual lists kinds and fields", "Kontakte, Lösungen und Vorgänge übernehmen, ein JSON-Objekt je Zeile, und wie der Helpdesk organisiert ist; Arten und Felder nennt das Handbuch"), data_import, .reads_file = true},
    {"import bpic2013", "FILE|-", RUN_INSIDE, false, WORDS("play the log of the BPI Challenge 2013 (csv, csv.gz) through the rules", "das Protokoll der BPI Challenge 2013 (csv, csv.gz) durch die Regeln spielen"), flow_command_bpic2013, .reads_file = true},
    {"import servicenow", "FILE|-", RUN_INSIDE, false, WORDS("the same with an audit log of ServiceNow", "dasselbe mit einem Protokoll von ServiceNow"), flow_command_servicenow, .reads_file = true},
    {"import helpdesk", "FILE|-", RUN_INSIDE, false, WORDS("the same with a log of case, time and activity", "dasselbe mit einem Protokoll aus Vorgang, Zeit und Tätigkeit"), flow_command_helpdesk, .reads_file = true},
    {"report flow", "--json [--src NAME]", RUN_INSIDE, false, WORDS("print how cases flowed through teams and levels", "zeigen, wie Vorgänge durch Teams und Level liefen"), flow_command_report},
    {"export xes", "[--src NAME]", RUN_INSIDE, false, WORDS("print the ways of cases as an event log for process mining (IEEE 1849), without a person", "die Wege der Vorgänge als Ereignisprotokoll für Process-Mining ausgeben (IEEE 1849), ohne Personen"), flow_command_xes},
    {"search", "WORDS [--kind ticket|solution] [--user NAME] [--json]", RUN_INSIDE, false, WORDS("search as the program, or as a person, would see it", "suchen, wie es das Programm oder eine Person sieht"), data_search},
    {"inspect mail", "FILE...", RUN_ALONE, false, WORDS("print what is understood of a mail, one line of JSON each", "zeigen, was von einer Mail verstanden wird, je eine Zeile JSON"), data_inspect},
    {"inspect html", "   (HTML from standard input)", RUN_ALONE, false, WORDS("print the HTML of a mail as it would be shown", "das HTML einer Mail ausgeben, wie es gezeigt würde"), data_inspect_html},
    {"inspect reply", "[--from NAME]   (the text of a mail from standard input)", RUN_ALONE, true, WORDS("print what is new, quoted and signature in it", "zeigen, was darin neu, zitiert und Signatur ist"), data_inspect_reply},
    {"inspect forward", "[--subject SUBJECT]   (the text of a mail from standard input)", RUN_ALONE, true, WORDS("print whose mail is forwarded in it", "zeigen, wessen Mail darin weitergeleitet wird"), data_inspect_forward},
    {"check", "", RUN_INSIDE, false, WORDS("check the data", "die Daten prüfen"), backup_check, .any_age = true},
    {"backup", "DIR", RUN_INSIDE, false, WORDS("copy everything to a new folder, while the server runs", "alles in einen neuen Ordner sichern, bei laufendem Betrieb"), backup_run, .writes_folder = true, .any_age = true},
    {"restore", "DIR --data NEW-DIR", RUN_HERE, false, WORDS("make a data folder of a backup", "aus einer Sicherung einen Datenordner machen"), backup_restore},
    {"routes", "", RUN_ALONE, false, WORDS("print every address with its permission", "alle Adressen mit ihrem Recht zeigen"), print_routes},
    {"limits", "", RUN_ALONE, false, WORDS("print every limit", "alle Grenzen zeigen"), print_limits},
    {"manual", "", RUN_ALONE, false, WORDS("print the manual page", "die Handbuchseite ausgeben"), manual_print},
    {"version", "", RUN_ALONE, false, WORDS("print the version", "die Version zeigen"), version},
    {"help", "[SUBCOMMAND]", RUN_ALONE, false, WORDS("print this, or what a subcommand takes; so does --help behind it", "das hier zeigen, oder was ein Befehl nimmt; ebenso --help dahinter"), help},
    {0},
};
// clang-format on
