// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the search: its speed on made-up cases, its quality on real questions.
//
//   bench-search DIR|postgres://... speed [CASES]
//   bench-search DIR|postgres://... quality < FILE
//
// DIR must not exist; a PostgreSQL database must be empty.  A line of FILE is, with tabs:
//   D id title text     a solution      Q id words     a question and the solution it wants
//   C id title text     a case
#include "access/access.h"
#include "base/buf.h"
#include "base/io.h"
#include "base/limits.h"
#include "base/now.h"
#include "base/secret.h"
#include "db/migrate.h"
#include "person/team.h"
#include "tenant/tenant.h"
#include "search/search.h"

struct bench {
    struct arena arena, work;
    struct db *db;
    struct ctx cx;
    uint64_t random;
};

static void must(struct bench *b, enum err err, const char *what)
{
    if (err == OK)
        return;
    fprintf(stderr, "%s: " STR_FMT "\n", what, STR_ARG(b->cx.detail.en));
    exit(1);
}

static int64_t micros(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static double cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fresh(struct bench *b)
{
    arena_reset(&b->work);
    b->cx = (struct ctx){.arena = &b->work, .db = b->db, .now = now_utc(), .lang = LANG_DE,
                         .who = {.tenant = {1}, .see = SEE_TENANT, .level = 3}};
}

static void run(struct bench *b, const char *sql, const char *types, const struct db_value *v)
{
    struct db_stmt st = {.name = "bench", .id = -1, .args = (int)strlen(types), .types = types};
    char post[1000] = "";
    isize n = 0;
    for (const char *p = sql; *p != 0; p++)
        post[n++] = *p == '?' ? '$' : *p;
    post[n] = 0;
    st.sqlite = sql;
    st.postgres = post;
    struct db_result r;
    must(b, db_run(&b->cx, &st, v, &r), sql);
}

static void begin(struct bench *b)
{
    fresh(b);
    must(b, db_begin(&b->cx), "begin");
}

static void commit(struct bench *b)
{
    must(b, db_commit(&b->cx), "commit");
}

static void start(struct bench *b, const char *place)
{
    struct db_place at = {.dir = S("/nowhere")};
    *b = (struct bench){.arena = arena_new((isize)1 << 30), .work = arena_new((isize)1 << 30),
                        .random = 42};
    b->cx = (struct ctx){.arena = &b->arena, .now = now_utc()};
    if (!secret_start())
        exit(1);
    if (str_starts(str_from_z(place), S("postgres")))
        at.postgres = str_from_z(place);
    else
        must(b, io_mkdir(&b->cx, at.dir = str_from_z(place)), place);
    must(b, db_open(&b->cx, &at, DB_WRITER, &b->db), "open");
    b->cx.db = b->db;
    must(b, migrate_run(&b->cx), "migrate");
    must(b, db_prepare_all(&b->cx), "prepare");
    begin(b);
    tenant_id tenant;
    team_id team;
    must(b, tenant_create(&b->cx, (struct tenant){.name = S("Bench"), .lang = LANG_DE, .mail_address = S("a@b.example"), .base_url = S("http://x")}, &tenant), "tenant");
    struct person p = {.login = S("bench"), .name = S("Bench"), .role = ROLE_AGENT_L1, .lang = LANG_DE};
    person_id id;
    must(b, person_add(&b->cx, &p, &id), "person");
    must(b, team_add(&b->cx, &(struct team){.name = SAY("A", "A"), .level = 1, .intake = true}, &team), "team");
    must(b, person_join(&b->cx, id, team), "join");
    commit(b);
}

static void event(struct bench *b, const char *kind, int64_t ticket, int64_t object)
{
    run(b, "insert into event (tenant, at, kind, ticket, object) values (1, ?1, ?2, ?3, ?4)", "itii",
        (struct db_value[]){db_int(b->cx.now.ms), db_text(str_from_z(kind)), db_int_or_null(ticket),
                            db_int_or_null(object)});
}

static void add_case(struct bench *b, int64_t id, str subject, bool open)
{
    run(b, "insert into ticket (id, tenant, number, type, channel, status, level, ball, ball_team, work_team, care_team,"
           " subject, language, created, changed) values (?1, 1, ?2, 1, 1, ?3, 1, ?4, ?5, 1, 1, ?6, 1, 0, 0)", "iiiiit",
        (struct db_value[]){db_int(id), db_int(10000000 + id * 7), db_int(open ? 2 : 7), db_int(open ? 1 : 5),
                            db_int_or_null(open), db_text(subject)});
    run(b, "insert into ticket_team (ticket, team) values (?1, 1)", "i", (struct db_value[]){db_int(id)});
    event(b, "ticket.created", id, 0);
}

static void add_message(struct bench *b, int64_t ticket, bool internal, str body)
{
    run(b, "insert into message (tenant, ticket, at, kind, channel, internal, body) values (1, ?1, 0, 1, 1, ?2, ?3)", "iit",
        (struct db_value[]){db_int(ticket), db_int(internal), db_text(body)});
    event(b, "message.received", ticket, 0);
}

static void add_solution(struct bench *b, int64_t id, str title, str body)
{
    run(b, "insert into solution (id, tenant, key, kind, title, body, language, audience, confidence, created, changed)"
           " values (?1, 1, ?1, 1, ?2, ?3, 1, 31, 3, 0, 0)", "itt",
        (struct db_value[]){db_int(id), db_text(title), db_text(body)});
    event(b, "solution.created", 0, id);
}

// Runs the job until nothing is left; prints the longest transaction.
static void index_all(struct bench *b, bool say)
{
    double used = cpu(), used_apply = 0;
    int64_t begun = micros(), longest = 0, prepare = 0, apply = 0;
    bool more = true;
    int runs = 0;
    while (more) {
        struct job job = {.kind = S("search.index")};
        fresh(b);
        int64_t t0 = micros();
        must(b, db_begin(&b->cx), "begin");
        must(b, index_jobs[0].prepare(&b->cx, &job), "prepare");
        db_rollback(&b->cx);
        int64_t t1 = micros();
        used_apply -= cpu();
        must(b, db_begin(&b->cx), "begin");
        must(b, index_jobs[0].apply(&b->cx, &job), "apply");
        commit(b);
        int64_t t2 = micros();
        used_apply += cpu();
        prepare += t1 - t0;
        apply += t2 - t1;
        longest = int_max(longest, t2 - t1);
        begin(b);
        struct db_result r;
        struct db_stmt ask = {.name = "ask", .id = -1, .types = "",
                              .sqlite = "select count(*) from event where id > (select event from search_mark where name = 'index')"};
        ask.postgres = ask.sqlite;
        must(b, db_run(&b->cx, &ask, NULL, &r), "ask");
        more = r.cell[0].n > 0;
        commit(b);
        runs++;
    }
    if (say)
        printf("indexed in %.2f s (CPU %.2f s, of it writing %.2f; reading and stemming %.2f, writing %.2f), %d transactions, longest %.1f ms\n",
               (double)(micros() - begun) / 1e6, cpu() - used, used_apply, (double)prepare / 1e6, (double)apply / 1e6, runs, (double)longest / 1e3);
}

// --- quality ---------------------------------------------------------------------------

static void quality(struct bench *b, int kinds)
{
    str text;
    b->cx.arena = &b->arena;
    must(b, io_read_all(&b->cx, 0, 256 << 20, &text), "read");
    str rest = text;
    begin(b);
    while (rest.n > 0) {
        str line = str_token(&rest, '\n'), what = str_token(&line, '\t'), id = str_token(&line, '\t');
        str title = str_token(&line, '\t');
        int64_t n;
        if (!str_to_int(id, &n))
            continue;
        if (str_eq(what, S("D")))
            add_solution(b, n, title, line);
        if (str_eq(what, S("C"))) {
            add_case(b, n, title, true);
            add_message(b, n, false, line);
        }
    }
    commit(b);
    index_all(b, false);
    int hits[2][11] = {0}, asked[2] = {0};
    double mrr[2] = {0};
    int64_t t0 = micros();
    for (rest = text; rest.n > 0;) {
        str line = str_token(&rest, '\n'), what = str_token(&line, '\t'), id = str_token(&line, '\t');
        int64_t want, not = 0;
        if (!str_eq(what, S("Q")) || !str_to_int(id, &want))
            continue;
        str words = str_token(&line, '\t');
        str_to_int(line, &not);
        begin(b);
        struct search_hit *h;
        isize n;
        struct search_ask ask = {.words = str_head(words, LIMIT_SEARCH), .kinds = kinds, .limit = 11};
        must(b, search_run(&b->cx, &ask, &h, &n), "search");
        int half = (int)((uint64_t)want * 2654435761u >> 7 & 1), at = 0;
        asked[half]++;
        for (isize i = 0; i < n && at < 10; i++) {
            if (h[i].id == not)
                continue;
            if (h[i].id == want) {
                for (int k = at; k < 11; k++)
                    hits[half][k]++;
                mrr[half] += 1.0 / (at + 1);
                break;
            }
            at++;
        }
        commit(b);
    }
    double ms = (double)(micros() - t0) / 1e3;
    for (int half = 0; half < 2; half++)
        printf("%s  n=%d hit@1 %.3f hit@5 %.3f hit@10 %.3f mrr %.3f\n", half ? "B" : "A", asked[half],
               hits[half][0] / (double)asked[half], hits[half][4] / (double)asked[half], hits[half][9] / (double)asked[half], mrr[half] / asked[half]);
    printf("%.2f ms a question\n", ms / (asked[0] + asked[1]));
}

// --- speed -----------------------------------------------------------------------------

// The words of a desk, the most frequent first; the rest of a vocabulary is made of syllables
// and compounds.  Texts draw from it by Zipf's law, so that "common" and "rare" mean something.
static const char *const german[] = {
    "Drucker", "Fehler", "Passwort", "Router", "Problem", "Anmeldung", "Netzwerk", "Server",
    "Update", "Rechner", "Konto", "Zugriff", "Mail", "Software", "Verbindung", "Gerät", "WLAN",
    "Kunde", "Bildschirm", "Tastatur", "installieren", "neu", "Einstellungen", "Datei", "Ordner",
    "Lizenz", "Meldung", "langsam", "funktioniert", "gestern", "starten", "Neustart", "Kabel",
    "Monitor", "Laptop", "Telefon", "Freigabe", "Postfach", "Kalender", "Sicherung", "Treiber",
    "Warteschlange", "Papierstau", "Toner", "Scanner", "Benutzer", "Abteilung", "Rechnung",
    "Bestellung", "Lieferung", "Vertrag", "Termin", "Störung", "Leitung", "Anschluss", "Firmware",
    "Zertifikat", "abgelaufen", "gesperrt", "freischalten", "löschen", "wiederherstellen",
    "speichern", "drucken", "scannen", "anmelden", "verbinden", "Größe", "Übertragung", "häufig",
};
static const char *const english[] = {
    "printer", "error", "password", "router", "issue", "login", "network", "server", "update",
    "computer", "account", "access", "email", "software", "connection", "device", "wifi",
    "customer", "screen", "keyboard", "install", "new", "settings", "file", "folder", "license",
    "message", "slow", "working", "yesterday", "start", "restart", "cable", "monitor", "laptop",
    "phone", "share", "mailbox", "calendar", "backup", "driver", "queue", "paper", "toner",
    "scanner", "user", "department", "invoice", "order", "delivery", "contract", "appointment",
    "outage", "line", "port", "firmware", "certificate", "expired", "locked", "unlock", "delete",
    "restore", "save", "print", "scan", "connect", "size", "transfer", "frequently", "attached",
};
static const char *const small_de[] = {"der", "die", "das", "und", "ist", "nicht", "ich", "wir",
    "mit", "auf", "ein", "eine", "seit", "kann", "bitte", "zu", "von", "den", "dem", "es"};
static const char *const small_en[] = {"the", "a", "and", "is", "not", "i", "we", "with", "on",
    "to", "of", "since", "can", "please", "it", "this", "in", "for", "my", "have"};
static const char *const syllables[] = {"ka", "len", "der", "tor", "mi", "stra", "ben", "ung",
    "ver", "lo", "ster", "an", "ge", "ri", "bau", "del", "fen", "ko", "nal", "tek", "ra", "um",
    "wer", "sin", "pol", "ter", "ma", "gru", "ling", "vor", "hal", "ten", "zu", "bro", "ex", "in"};

enum { VOCABULARY = 40000, CUSTOMERS = 2000 };

struct language {
    str word[VOCABULARY];
    const char *const *small;
};

struct texts {
    struct language de, en;
    double upto[VOCABULARY];    // Zipf: the share of all words up to this rank
};

static uint64_t draw(struct bench *b, uint64_t n)
{
    b->random ^= b->random << 13;
    b->random ^= b->random >> 7;
    b->random ^= b->random << 17;
    return b->random % n;
}

static void make_words(struct bench *b, struct language *l, const char *const *head, isize n)
{
    for (isize i = 0; i < VOCABULARY; i++) {
        struct buf w = buf_new(&b->arena, 40);
        if (i < n)
            buf_put(&w, str_from_z(head[i]));
        else if (draw(b, 3) == 0)
            buf_fmt(&w, "%s%s%s", head[draw(b, (uint64_t)n)], syllables[draw(b, countof(syllables))],
                    syllables[draw(b, countof(syllables))]);
        else
            for (uint64_t k = 2 + draw(b, 3); k > 0; k--)
                buf_put(&w, str_from_z(syllables[draw(b, countof(syllables))]));
        l->word[i] = buf_str(&w);
    }
}

static struct texts *make_texts(struct bench *b)
{
    struct texts *t = make(&b->arena, struct texts, 1);
    make_words(b, &t->de, german, countof(german));
    make_words(b, &t->en, english, countof(english));
    t->de.small = small_de;
    t->en.small = small_en;
    double sum = 0;
    for (isize i = 0; i < VOCABULARY; i++)
        t->upto[i] = sum += 1.0 / (double)(i + 3);
    for (isize i = 0; i < VOCABULARY; i++)
        t->upto[i] /= sum;
    return t;
}

static isize zipf(struct bench *b, const struct texts *t)
{
    double at = (double)draw(b, 1 << 30) / (1 << 30);
    isize low = 0, high = VOCABULARY - 1;
    while (low < high) {
        isize mid = (low + high) / 2;
        if (t->upto[mid] < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static str text(struct bench *b, const struct texts *t, const struct language *l, int words)
{
    struct buf out = buf_new(&b->work, 400);
    for (int i = 0; i < words; i++) {
        uint64_t dice = draw(b, 100);
        if (i > 0)
            buf_char(&out, ' ');
        if (dice < 45)
            buf_put(&out, str_from_z(l->small[draw(b, 20)]));
        else if (dice < 48)
            buf_fmt(&out, "SN-%d", (int)draw(b, 1000000));
        else
            buf_put(&out, l->word[zipf(b, t)]);
        if (i % 12 == 11)
            buf_char(&out, '.');
    }
    return buf_str(&out);
}

static void fill(struct bench *b, const struct texts *t, int64_t cases)
{
    for (int64_t id = 1; id <= cases; id++) {
        const struct language *l = draw(b, 10) < 7 ? &t->de : &t->en;
        if (id % 500 == 1)
            begin(b);
        add_case(b, id, text(b, t, l, 4 + (int)draw(b, 5)), draw(b, 20) == 0);
        add_message(b, id, false, text(b, t, l, 30 + (int)draw(b, 40)));
        add_message(b, id, false, text(b, t, l, 30 + (int)draw(b, 60)));
        add_message(b, id, true, text(b, t, l, 10 + (int)draw(b, 30)));
        if (id % 500 == 0 || id == cases)
            commit(b);
    }
    begin(b);
    for (int64_t id = 1; id <= 300; id++) {
        const struct language *l = id % 10 < 7 ? &t->de : &t->en;
        add_solution(b, id, text(b, t, l, 6), text(b, t, l, 120));
    }
    commit(b);
}

static int compare(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

enum { ROUNDS = 41 };

static void time_search(struct bench *b, const char *name, struct search_ask ask, bool suggest,
                        struct who who)
{
    int64_t took[ROUNDS];
    isize n = 0;
    for (int i = 0; i < ROUNDS; i++) {
        struct search_hit *h;
        struct search_suggestion s;
        begin(b);
        b->cx.who = who;
        int64_t t0 = micros();
        if (suggest) {
            must(b, search_suggest(&b->cx, &ask, &s), name);
            n = s.solutions + s.cases;
        } else {
            must(b, search_run(&b->cx, &ask, &h, &n), name);
        }
        took[i] = micros() - t0;
        commit(b);
    }
    qsort(took, ROUNDS, sizeof *took, compare);
    printf("%-40s %3d hits  best %6.2f  median %6.2f  worst %6.2f ms\n", name, (int)n, (double)took[0] / 1e3,
           (double)took[ROUNDS / 2] / 1e3, (double)took[ROUNDS - 1] / 1e3);
}

static void speed(struct bench *b, int64_t cases)
{
    struct texts *t = make_texts(b);
    int64_t t0 = micros();
    fill(b, t, cases);
    printf("%lld cases with 3 messages each made in %.1f s\n", (long long)cases, (double)(micros() - t0) / 1e6);
    index_all(b, true);
    struct who lead = {.tenant = {1}, .see = SEE_TENANT, .level = 3};
    struct who agent = {.tenant = {1}, .person = {1}, .see = SEE_TEAMS, .level = 1};
    struct search_ask one = {.words = S("Drucker")};
    time_search(b, "common word, lead", one, false, lead);
    time_search(b, "common word, agent of a team", one, false, agent);
    time_search(b, "rare word", (struct search_ask){.words = t->de.word[9000]}, false, agent);
    time_search(b, "two common words", (struct search_ask){.words = S("Drucker Passwort")}, false, agent);
    time_search(b, "phrase", (struct search_ask){.words = S("\"neuer Router\"")}, false, agent);
    time_search(b, "misspelt word", (struct search_ask){.words = S("Drukcer Pasword")}, false, agent);
    time_search(b, "number of a case", (struct search_ask){.words = S("1000-7007")}, false, agent);
    time_search(b, "eight words", (struct search_ask){.words = S("Wie kann ich meinen neuen Drucker im Netzwerk mit dem Laptop verbinden nach Update")}, false, agent);
    time_search(b, "suggestion: w", (struct search_ask){.words = S("wl")}, true, agent);
    time_search(b, "suggestion: wlan", (struct search_ask){.words = S("wlan")}, true, agent);
    time_search(b, "suggestion: wlan geht nicht rou", (struct search_ask){.words = S("wlan geht nicht rou")}, true, agent);
    time_search(b, "suggestion: wlan geht nicht router neu", (struct search_ask){.words = S("wlan geht nicht router neu")}, true, agent);
    time_search(b, "suggestion: a long line", (struct search_ask){.words = S("drucker druckt nicht papierstau warteschlange gelöscht treiber neu installiert fehler")}, true, agent);
}

int main(int argc, char **argv)
{
    static struct bench b;
    if (argc < 3)
        return 2;
    start(&b, argv[1]);
    int64_t cases = 20000;
    if (argc > 3)
        str_to_int(str_from_z(argv[3]), &cases);
    if (strcmp(argv[2], "quality") == 0)
        quality(&b, 0);
    else
        speed(&b, cases);
    db_close(b.db);
    return 0;
}
