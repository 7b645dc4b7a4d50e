// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the suggestions (triage/learner.h) on labelled texts, beside three simple ways.
//
//   bench-triage --text COLUMN,COLUMN --target COLUMN,COLUMN [--only COLUMN=VALUE] [--passes N]
//                TRAIN.csv [TEST.csv]
//
// Without TEST.csv five folds by the hash of the row: each is guessed by what the other four
// taught.  A .gz is unpacked by gzip.  Prints the weighted F1 and accuracy, the learning curve,
// the distance to the best simple way with its standard error, and how often what it is sure of
// is right.
#include <math.h>

#include "base/buf.h"
#include "search/stem.h"
#include "triage/learner.h"

enum {
    COLUMNS = 64,
    FOLDS = 5,
    NAMES = 1024,
    VOCABULARY = 1 << 16,
    MOST_WORDS = 600,
    DRAWN = 400    // samples of the same size, for the standard error
};

struct row {
    str cell[COLUMNS];
    int cells;
};

struct table {
    struct row head, *row;
    isize n;
};

struct sample {
    str text;
    int64_t label;
    uint32_t word[MOST_WORDS];
    int words;
};

struct bench {
    struct arena arena, work;
    str name[NAMES];    // label + 1
    int names;
    int passes;
    const char *only, *texts;
};

static _Noreturn void quit(const char *why)
{
    fprintf(stderr, "bench-triage: %s\n", why);
    exit(1);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// --- CSV (RFC 4180) ----------------------------------------------------------------------

static str read_all(struct bench *b, const char *path)
{
    str name = str_from_z(path);
    bool packed = str_ends(name, S(".gz"));
    const char *command = arena_z(&b->arena, arena_fmt(&b->arena, "gzip -dc '%s'", path));
    FILE *f = packed ? popen(command, "r") : fopen(path, "r");
    if (f == NULL)
        quit("cannot read the file");
    struct buf all = buf_new(&b->arena, 4 << 20);
    char part[1 << 16];
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        buf_put(&all, (str){part, (isize)n});
    if (packed)
        pclose(f);
    else
        fclose(f);
    return buf_str(&all);
}

static str read_cell(struct arena *a, str *rest)
{
    if (rest->n == 0 || rest->p[0] != '"') {
        isize n = 0;
        while (n < rest->n && rest->p[n] != ',' && rest->p[n] != '\n')
            n++;
        str cell = {rest->p, n};
        *rest = str_cut(*rest, n);
        return str_trim(cell);
    }
    struct buf b = buf_new(a, 200);
    isize i = 1;
    for (; i < rest->n; i++) {
        if (rest->p[i] == '"' && (i + 1 >= rest->n || rest->p[++i] != '"'))
            break;
        buf_char(&b, rest->p[i]);
    }
    *rest = str_cut(*rest, i);
    return buf_str(&b);
}

static struct row read_row(struct arena *a, str *rest)
{
    struct row r = {0};
    while (r.cells < COLUMNS) {
        r.cell[r.cells++] = read_cell(a, rest);
        bool more = rest->n > 0 && rest->p[0] == ',';
        *rest = str_cut(*rest, rest->n > 0);
        if (!more)
            break;
    }
    return r;
}

static struct table read_table(struct bench *b, const char *path)
{
    str rest = read_all(b, path);
    isize lines = 1;
    for (isize i = 0; i < rest.n; i++)
        lines += rest.p[i] == '\n';
    struct table t = {.row = make(&b->arena, struct row, lines)};
    t.head = read_row(&b->arena, &rest);
    while (rest.n > 0) {
        t.row[t.n] = read_row(&b->arena, &rest);
        t.n += t.row[t.n].cells == t.head.cells;
    }
    return t;
}

static int column(const struct table *t, str name)
{
    for (int i = 0; i < t->head.cells; i++)
        if (str_eq(t->head.cell[i], name))
            return i;
    quit("no such column");
}

// --- samples -----------------------------------------------------------------------------

static int64_t label_of(struct bench *b, str name)
{
    for (int i = 0; i < b->names; i++)
        if (str_eq(b->name[i], name))
            return i + 1;
    if (b->names == NAMES)
        quit("too many labels");
    b->name[b->names] = name;
    return ++b->names;
}

static uint32_t hash(str s)
{
    uint32_t h = 2166136261u;
    for (isize i = 0; i < s.n; i++)
        h = (h ^ (uint8_t)s.p[i]) * 16777619u;
    return h ^ h >> 15;
}

static void read_words(struct sample *s)
{
    struct stem_run run;
    for (str rest = s->text; stem_next(&rest, &run);)
        for (int i = 0; i < run.parts && s->words < MOST_WORDS; i++)
            if (!stem_is_small(&run.part[i]))
                s->word[s->words++] =
                    hash((str){run.part[i].p, run.part[i].n}) & (VOCABULARY - 1);
}

static bool is_wanted(struct bench *b, const struct table *t, const struct row *r)
{
    if (b->only == NULL)
        return true;
    str value = str_from_z(b->only), name = str_token(&value, '=');
    return str_eq(r->cell[column(t, name)], value);
}

// Some files are sorted by their labels, which no desk's cases are: the order is that of a
// hash.
static int by_hash(const void *x, const void *y)
{
    uint32_t a = hash(((const struct sample *)x)->text),
             b = hash(((const struct sample *)y)->text);
    return (a > b) - (a < b);
}

static struct sample *read_samples(struct bench *b, const struct table *t, str target, isize *n)
{
    struct sample *s = make(&b->arena, struct sample, t->n + 1);
    int wanted = column(t, target);
    *n = 0;
    for (isize i = 0; i < t->n; i++) {
        if (!is_wanted(b, t, &t->row[i]))
            continue;
        struct buf text = buf_new(&b->arena, 500);
        for (str names = str_from_z(b->texts); names.n > 0;) {
            buf_put(&text, t->row[i].cell[column(t, str_token(&names, ','))]);
            buf_char(&text, '\n');
        }
        s[*n].text = buf_str(&text);
        s[*n].label = label_of(b, t->row[i].cell[wanted]);
        read_words(&s[(*n)++]);
    }
    qsort(s, (size_t)*n, sizeof *s, by_hash);
    return s;
}

// --- the simple ways ---------------------------------------------------------------------

struct simple {
    int64_t *count;    // of each label
    int64_t *words;
    float *of;    // how often a label has a word: word * names + label
    isize all;
    double *length;    // of a label's centroid
};

static int strongest(const double *p, int n)
{
    int best = 0;
    for (int k = 1; k < n; k++)
        best = p[k] > p[best] ? k : best;
    return best + 1;
}

static struct simple teach(struct bench *b, struct sample *const *s, isize n)
{
    isize k = b->names;
    struct simple m = {make(&b->work, int64_t, k), make(&b->work, int64_t, k),
                       make(&b->work, float, k *VOCABULARY), n, make(&b->work, double, k)};
    for (isize i = 0; i < n; i++) {
        m.count[s[i]->label - 1]++;
        m.words[s[i]->label - 1] += s[i]->words;
        for (int w = 0; w < s[i]->words; w++)
            m.of[s[i]->word[w] * k + s[i]->label - 1]++;
    }
    for (isize i = 0; i < k * VOCABULARY; i++)
        m.length[i % k] += (double)m.of[i] * (double)m.of[i];
    return m;
}

static int64_t by_majority(struct bench *b, const struct simple *m, const struct sample *s)
{
    (void)s;
    double p[NAMES];
    for (int k = 0; k < b->names; k++)
        p[k] = (double)m->count[k];
    return strongest(p, b->names);
}

static int64_t by_bayes(struct bench *b, const struct simple *m, const struct sample *s)
{
    double p[NAMES];
    for (int k = 0; k < b->names; k++) {
        p[k] = log(((double)m->count[k] + 1e-9) / (double)m->all);
        for (int w = 0; w < s->words; w++)
            p[k] += log(((double)m->of[s->word[w] * (isize)b->names + k] + 0.1)
                        / ((double)m->words[k] + 0.1 * 20000));
    }
    return strongest(p, b->names);
}

static int64_t by_centroid(struct bench *b, const struct simple *m, const struct sample *s)
{
    double p[NAMES] = {0};
    for (int k = 0; k < b->names; k++) {
        for (int w = 0; w < s->words; w++)
            p[k] += (double)m->of[s->word[w] * (isize)b->names + k];
        p[k] = m->length[k] > 0 ? p[k] / sqrt(m->length[k]) : -1;
    }
    return strongest(p, b->names);
}

// --- scores ------------------------------------------------------------------------------

struct score {
    int64_t guessed[NAMES], right[NAMES], real[NAMES], all, hit;
};

static void note(struct score *s, int64_t guess, int64_t real)
{
    s->all++;
    s->hit += guess == real;
    s->guessed[guess]++;
    s->real[real]++;
    s->right[real] += guess == real;
}

static double weighted_f1(const struct score *s)
{
    double sum = 0;
    for (int k = 1; k < NAMES; k++)
        if (s->right[k] > 0)
            sum += (double)s->real[k] * 2 * (double)s->right[k]
                   / (double)(s->guessed[k] + s->real[k]);
    return s->all > 0 ? sum / (double)s->all : 0;
}

static double accuracy(const struct score *s)
{
    return s->all > 0 ? (double)s->hit / (double)s->all : 0;
}

enum way { MAJORITY, BAYES, CENTROID, WAYS };

// What every way said of one case; the last is the learner's.
struct said {
    int64_t real, guess[WAYS + 1];
};

struct result {
    struct score simple[WAYS], curve[4];
    struct said *said;
    isize n;    // behind the folds that are done
    int64_t sure, sure_right, learned, suggested;
    double learn_s, suggest_s;
};

static const int percent[4] = {10, 20, 50, 100};

static void run_learner(struct bench *b, struct sample *const *train, isize n,
                        struct sample *const *test, isize tests, int which, struct result *r)
{
    struct learner *m = make(&b->work, struct learner, 1);
    isize part = n * percent[which] / 100;
    double start = seconds();
    for (int pass = 0; pass < b->passes; pass++)
        for (isize i = 0; i < part; i++)
            learner_learn(m, &b->work, train[i]->text, train[i]->label);
    double learned = seconds();
    for (isize i = 0; i < tests; i++) {
        struct learner_guess g = learner_suggest(m, &b->work, test[i]->text);
        note(&r->curve[which], g.label, test[i]->label);
        r->said[r->n + i].guess[WAYS] = g.label;
        r->sure += which == 3 && g.sure;
        r->sure_right += which == 3 && g.sure && g.label == test[i]->label;
    }
    r->learn_s += learned - start;
    r->learned += part * b->passes;
    r->suggest_s += seconds() - learned;
    r->suggested += tests;
}

static void run_fold(struct bench *b, struct sample *const *train, isize n,
                     struct sample *const *test, isize tests, struct result *r)
{
    static int64_t (*const way[WAYS])(struct bench *, const struct simple *,
                                      const struct sample *) = {by_majority, by_bayes,
                                                                by_centroid};
    for (int i = 0; i < 4; i++) {
        run_learner(b, train, n, test, tests, i, r);
        arena_reset(&b->work);
    }
    struct simple m = teach(b, train, n);
    for (int w = 0; w < WAYS; w++)
        for (isize i = 0; i < tests; i++) {
            struct said *x = &r->said[r->n + i];
            x->real = test[i]->label;
            x->guess[w] = way[w](b, &m, test[i]);
            note(&r->simple[w], x->guess[w], x->real);
        }
    r->n += tests;
    arena_reset(&b->work);
}

static void run_folds(struct bench *b, struct sample *s, isize n, struct result *r)
{
    struct sample **train = make(&b->arena, struct sample *, n),
                  **test = make(&b->arena, struct sample *, n);
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        isize trains = 0, tests = 0;
        for (isize i = 0; i < n; i++)
            if (hash(s[i].text) % FOLDS == fold)
                test[tests++] = &s[i];
            else
                train[trains++] = &s[i];
        run_fold(b, train, trains, test, tests, r);
    }
}

// By how much the learner differs from a simple way, on cases drawn with repetition.
static double drawn(const struct result *r, int way, uint64_t *chance)
{
    static struct score ours, theirs;
    memset(&ours, 0, sizeof ours);
    memset(&theirs, 0, sizeof theirs);
    for (isize i = 0; i < r->n; i++) {
        *chance = *chance * 6364136223846793005u + 1442695040888963407u;
        const struct said *x = &r->said[(*chance >> 33) % (uint64_t)r->n];
        note(&ours, x->guess[WAYS], x->real);
        note(&theirs, x->guess[way], x->real);
    }
    return weighted_f1(&ours) - weighted_f1(&theirs);
}

static double standard_error(const struct result *r, int way)
{
    double sum = 0, squares = 0;
    uint64_t chance = 1;
    for (int i = 0; i < DRAWN; i++) {
        double x = drawn(r, way, &chance);
        sum += x;
        squares += x * x;
    }
    return sqrt(squares / DRAWN - (sum / DRAWN) * (sum / DRAWN));
}

static int best_way(const struct result *r)
{
    int best = 0;
    for (int w = 1; w < WAYS; w++)
        best = weighted_f1(&r->simple[w]) > weighted_f1(&r->simple[best]) ? w : best;
    return best;
}

static void print(const struct bench *b, str target, isize n, const struct result *r)
{
    static const char *const name[WAYS] = {"majority", "naive Bayes", "centroid"};
    printf("%-18.*s %lld cases, %d labels\n", STR_ARG(target), (long long)n, b->names);
    for (int w = 0; w < WAYS; w++)
        printf("  %-18s weighted F1 %.3f  right %.3f\n", name[w], weighted_f1(&r->simple[w]),
               accuracy(&r->simple[w]));
    for (int i = 0; i < 4; i++)
        printf("  learner, %3d %%     weighted F1 %.3f  right %.3f\n", percent[i],
               weighted_f1(&r->curve[i]), accuracy(&r->curve[i]));
    int best = best_way(r);
    printf("  minus %-12s weighted F1 %+.3f  standard error %.3f\n", name[best],
           weighted_f1(&r->curve[3]) - weighted_f1(&r->simple[best]), standard_error(r, best));
    printf("  sure of %.1f %%, of these right %.1f %%\n",
           100.0 * (double)r->sure / (double)r->curve[3].all,
           100.0 * (double)r->sure_right / (double)int_max(1, r->sure));
    printf("  50,000 cases learned in %.1f s; one suggestion %.3f ms\n\n",
           50000 * r->learn_s / (double)r->learned, 1000 * r->suggest_s / (double)r->suggested);
}

static struct sample **pointers(struct bench *b, struct sample *s, isize n)
{
    struct sample **p = make(&b->arena, struct sample *, n);
    for (isize i = 0; i < n; i++)
        p[i] = &s[i];
    return p;
}

static void measure(struct bench *b, const struct table *train, const struct table *test,
                    str target)
{
    isize n, tests;
    struct result *r = make(&b->arena, struct result, 1);
    b->names = 0;
    struct sample *s = read_samples(b, train, target, &n);
    r->said = make(&b->arena, struct said, train->n + (test == NULL ? 0 : test->n));
    if (test == NULL) {
        run_folds(b, s, n, r);
    } else {
        struct sample *t = read_samples(b, test, target, &tests);
        run_fold(b, pointers(b, s, n), n, pointers(b, t, tests), tests, r);
    }
    print(b, target, n, r);
}

int main(int argc, char **argv)
{
    struct bench b = {arena_new((isize)4 << 30), arena_new((isize)4 << 30), .passes = 1};
    const char *targets = "", *file[2] = {NULL, NULL};
    int files = 0;
    for (int i = 1; i < argc; i++) {
        str word = str_from_z(argv[i]);
        bool more = i + 1 < argc;
        if (str_eq(word, S("--text")) && more)
            b.texts = argv[++i];
        else if (str_eq(word, S("--target")) && more)
            targets = argv[++i];
        else if (str_eq(word, S("--only")) && more)
            b.only = argv[++i];
        else if (str_eq(word, S("--passes")) && more)
            b.passes = argv[++i][0] - '0';
        else if (files < 2)
            file[files++] = argv[i];
    }
    if (files == 0 || b.texts == NULL || targets[0] == 0 || b.passes < 1)
        quit("--text COLUMN,COLUMN --target COLUMN,COLUMN TRAIN.csv [TEST.csv]");
    struct table train = read_table(&b, file[0]), test = {0};
    if (files > 1)
        test = read_table(&b, file[1]);
    for (str names = str_from_z(targets); names.n > 0;)
        measure(&b, &train, files > 1 ? &test : NULL, str_token(&names, ','));
    return 0;
}
