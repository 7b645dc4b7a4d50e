// SPDX-License-Identifier: GPL-3.0-or-later
#include "triage/learner.h"

#include <math.h>

#include "search/stem.h"

enum {
    SLOT_MASK = LEARNER_SLOTS - 1,
    FEATURES = 4096,
    SEEN = 4 * FEATURES,    // places of a hash table never more than a quarter full
    WORDS = 1024,
    PIECE = 4,
    PIECE_FROM = 5,      // bytes of a word that is worth pieces
    BIN_FORGET = 400,    // L4: guesses of a bin after which both counts are halved
};

static const double pace_start = 0.01, step = 0.4, too_small = 0.003;
static const double trust_step = 0.05, heed_step = 0.02;

// Counting is smoothed as if every label had said each of so many words this often.
static const double unheard = 0.2, vocabulary = 20000;

// Keeps the three kinds of features, and those of the subject, apart.
enum kind { WORD = 1, PAIR, PIECES, SUBJECT };

struct feature {
    uint32_t slot;
    int word;
    int times;    // of a word or a pair; 0: not counted, as pieces say the same again
};

struct features {
    struct feature *one;
    isize n;
    str *word;
    isize words;
    uint32_t *seen;    // hashes
    int *at;           // their features
    double value;      // of each: together they have the length 1
};

// --- a text becomes features -----------------------------------------------------------

static uint32_t hash(enum kind kind, uint32_t start, const char *p, isize n)
{
    uint32_t h = (2166136261u ^ start) * 16777619u + (uint32_t)kind;
    for (isize i = 0; i < n; i++)
        h = (h ^ (uint8_t)p[i]) * 16777619u;
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    return h ^ h >> 13;
}

// Each feature once, however often the text says it; of words and pairs it is noted how often.
static void add(struct features *f, enum kind kind, uint32_t h)
{
    if (f->n == FEATURES)
        return;
    h += h == 0;
    uint32_t i = h & (SEEN - 1);
    while (f->seen[i] != 0 && f->seen[i] != h)
        i = (i + 1) & (SEEN - 1);
    if (f->seen[i] == 0) {
        f->seen[i] = h;
        f->at[i] = (int)f->n;
        f->one[f->n++] = (struct feature){h & SLOT_MASK, (int)f->words - 1, 0};
    }
    f->one[f->at[i]].times += kind == WORD || kind == PAIR;
}

static void add_pieces(struct features *f, const struct stem_word *w)
{
    char edged[STEM_MAX + 2];
    isize n = w->n + 2;
    if (w->digit || w->n < PIECE_FROM)
        return;
    edged[0] = edged[n - 1] = '|';
    memcpy(edged + 1, w->p, (size_t)w->n);
    for (isize i = 0; i + PIECE <= n; i++)
        add(f, PIECES, hash(PIECES, 0, edged + i, PIECE));
}

static uint32_t add_word(struct features *f, const struct stem_word *w, str raw, bool subject,
                         uint32_t before)
{
    uint32_t h = hash(WORD, 0, w->p, w->n);
    if (f->words == WORDS)
        return h;
    f->word[f->words++] = raw;
    add(f, WORD, h);
    if (subject)
        add(f, SUBJECT, hash(SUBJECT, 0, w->p, w->n));
    if (before != 0)
        add(f, PAIR, hash(PAIR, before, w->p, w->n));
    add_pieces(f, w);
    return h;
}

static struct features features_of(struct arena *a, str text)
{
    struct features f = {.one = make(a, struct feature, FEATURES),
                         .word = make(a, str, WORDS),
                         .seen = make(a, uint32_t, SEEN),
                         .at = make(a, int, SEEN)};
    struct stem_run run;
    uint32_t before = 0;
    text = str_head(text, LEARNER_TEXT);
    isize line = str_find(text, S("\n"));
    const char *end = text.p + (line < 0 ? 0 : line);
    while (stem_next(&text, &run))
        for (int i = 0; i < run.parts; i++)
            if (!stem_is_small(&run.part[i]))
                before = add_word(&f, &run.part[i], run.raw, run.raw.p < end, before);
    f.value = f.n > 0 ? 1 / sqrt((double)f.n) : 0;
    return f;
}

// --- the model -------------------------------------------------------------------------

// False for a word that no label has said.
static bool add_chances(const struct learner *m, const struct feature *f, double *said)
{
    bool known = false;
    for (int k = 0; k < m->labels; k++) {
        int c = m->count[(f->slot + (uint32_t)k) & SLOT_MASK];
        said[k] += c > 0 ? f->times * log(c / unheard + 1) : 0;
        known |= c > 0;
    }
    return known;
}

// What counting says (naive Bayes), tempered by the length of the text: its words are not as
// independent as it takes them for.  Words that are new to all say nothing.
static void chances(const struct learner *m, const struct features *f, double *said)
{
    double n = 0;
    for (int k = 0; k < m->labels; k++)
        said[k] = log((double)m->seen[k] + 0.001);
    for (isize i = 0; i < f->n; i++)
        if (f->one[i].times > 0 && add_chances(m, &f->one[i], said))
            n += f->one[i].times;
    for (int k = 0; k < m->labels; k++)
        said[k] = (said[k] - n * log(m->said[k] / unheard + vocabulary)) / sqrt(n > 1 ? n : 1);
}

static void count(struct learner *m, const struct features *f, int k)
{
    m->seen[k]++;
    for (isize i = 0; i < f->n; i++) {
        uint16_t *c = &m->count[(f->one[i].slot + (uint32_t)k) & SLOT_MASK];
        m->said[k] += f->one[i].times;
        *c = (uint16_t)int_min(*c + f->one[i].times, UINT16_MAX);
    }
}

// What regression says.
static void corrections(const struct learner *m, const struct features *f, double *said)
{
    for (int k = 0; k < m->labels; k++)
        said[k] = 0;
    for (isize i = 0; i < f->n; i++)
        for (int k = 0; k < m->labels; k++)
            said[k] += (double)m->weight[(f->one[i].slot + (uint32_t)k) & SLOT_MASK];
    for (int k = 0; k < m->labels; k++)
        said[k] *= f->value;
}

// Both ways of reckoning, before they are weighed.
struct opinions {
    double counted[LEARNER_LABELS], corrected[LEARNER_LABELS];
};

static void scores(const struct learner *m, const struct features *f, double *p,
                   struct opinions *o)
{
    chances(m, f, o->counted);
    corrections(m, f, o->corrected);
    for (int k = 0; k < m->labels; k++)
        p[k] = (1 + m->trust.beyond) * o->counted[k] + (1 + m->heed.beyond) * o->corrected[k];
}

static int best_of(const double *p, int n, int but)
{
    int best = -1;
    for (int k = 0; k < n; k++)
        if (k != but && (best < 0 || p[k] > p[best]))
            best = k;
    return best;
}

static void to_chances(double *p, int n)
{
    double sum = 0, most = n > 0 ? p[best_of(p, n, -1)] : 0;
    for (int k = 0; k < n; k++)
        sum += p[k] = exp(p[k] - most);
    for (int k = 0; k < n; k++)
        p[k] /= sum;
}

static int label_at(struct learner *m, int64_t label)
{
    for (int k = 0; k < m->labels; k++)
        if (m->label[k] == label)
            return k;
    if (m->labels == LEARNER_LABELS)    // L6
        return -1;
    m->label[m->labels] = label;
    return m->labels++;
}

static void move(float *weight, float *pace, double slope)
{
    *pace = (float)((double)*pace + slope * slope);
    *weight = (float)((double)*weight + step * slope / sqrt((double)*pace + pace_start));
}

// Labels that were as good as ruled out stay as they are: that keeps the slots free.
static void learn_label(struct learner *m, const struct features *f, int k, double wrong)
{
    if (fabs(wrong) < too_small)
        return;
    for (isize i = 0; i < f->n; i++) {
        uint32_t at = (f->one[i].slot + (uint32_t)k) & SLOT_MASK;
        move(&m->weight[at], &m->pace[at], wrong * f->value);
    }
}

// Judged by guesses made before the case was learned: where the words say nothing, corrections
// are noise and lose their weight.
static void learn_share(const struct learner *m, struct learner_share *s, double far,
                        const double *p, const double *said, int k)
{
    double slope = 0;
    for (int i = 0; i < m->labels; i++)
        slope += ((i == k) - p[i]) * said[i];
    s->pace += slope * slope;
    s->beyond += far * slope / sqrt(s->pace + 1);
    s->beyond = s->beyond < -1 ? -1 : s->beyond;
}

// --- how far it can be trusted (L4) ----------------------------------------------------

static int bin_of(double confidence)
{
    int b = (int)(confidence * LEARNER_BINS);
    return b < LEARNER_BINS ? b : LEARNER_BINS - 1;
}

static void note_guess(struct learner *m, double confidence, bool right)
{
    struct learner_bin *b = &m->bin[bin_of(confidence)];
    if (b->guessed >= BIN_FORGET)
        *b = (struct learner_bin){b->guessed / 2, b->right / 2};
    b->guessed++;
    b->right += right;
}

// From the top down, as long as what is above is right often enough and no step is not.
double learner_threshold(const struct learner *m)
{
    int guessed = 0, right = 0, from = LEARNER_BINS + 1;
    for (int b = LEARNER_BINS - 1; b >= 0; b--) {
        const struct learner_bin *x = &m->bin[b];
        guessed += x->guessed;
        right += x->right;
        if (x->guessed >= LEARNER_PROOF && x->right * 100 < x->guessed * LEARNER_RIGHT)
            break;
        if (guessed >= LEARNER_PROOF && right * 100 >= guessed * LEARNER_RIGHT)
            from = b;
    }
    return (double)from / LEARNER_BINS;
}

void learner_learn(struct learner *m, struct arena *a, str text, int64_t label)
{
    if (m->version != LEARNER_VERSION)    // L8
        *m = (struct learner){.version = LEARNER_VERSION};
    char *mark = arena_mark(a);
    struct features f = features_of(a, text);
    arena_back(a, mark);
    double p[LEARNER_LABELS];
    struct opinions o;
    int known = m->labels, k = label_at(m, label);
    if (k < 0)
        return;
    scores(m, &f, p, &o);
    to_chances(p, m->labels);
    if (known > 1) {
        int best = best_of(p, known, -1);
        note_guess(m, p[best], m->label[best] == label);
    }
    for (int i = 0; i < m->labels; i++)
        learn_label(m, &f, i, (i == k) - p[i]);
    learn_share(m, &m->trust, trust_step, p, o.counted, k);
    learn_share(m, &m->heed, heed_step, p, o.corrected, k);
    count(m, &f, k);
    m->cases++;
}

// --- the reason (L3) -------------------------------------------------------------------

static double speaks_for(const struct learner *m, const struct features *f, isize i, int k)
{
    uint32_t at = (f->one[i].slot + (uint32_t)k) & SLOT_MASK;
    double learned = (1 + m->heed.beyond) * (double)m->weight[at] * f->value;
    if (f->one[i].times == 0)
        return learned;
    double counted = log(m->count[at] / unheard + 1) - log(m->said[k] / unheard + vocabulary);
    return learned + (1 + m->trust.beyond) * counted * f->value;
}

static bool is_named(const struct learner_guess *g, str word)
{
    for (int i = 0; i < g->words; i++)
        if (str_eq_nocase(g->word[i], word))
            return true;
    return false;
}

// L3.  Words of every text; numbers and what is shorter than three letters go without saying.
static bool says_nothing(str word)
{
    static const char *const empty[] = {
        "aber",  "alle",  "alles", "als",    "also",   "am",     "auch",  "auf",   "aus",
        "bei",   "beim",  "bin",   "bis",    "bitte",  "da",     "dann",  "das",   "dass",
        "dem",   "den",   "der",   "des",    "die",    "dies",   "diese", "doch",  "dort",
        "durch", "ein",   "eine",  "einem",  "einen",  "einer",  "etwas", "für",   "ganz",
        "gar",   "geht",  "gibt",  "habe",   "haben",  "hallo",  "hat",   "hier",  "ich",
        "ihr",   "ihre",  "immer", "ist",    "jetzt",  "kann",   "kein",  "keine", "keinen",
        "mehr",  "mein",  "meine", "mich",   "mir",    "mit",    "nach",  "nicht", "noch",
        "nur",   "oder",  "ohne",  "schon",  "sehr",   "sein",   "seit",  "sich",  "sie",
        "sind",  "über",  "und",   "uns",    "unser",  "unsere", "vom",   "von",   "vor",
        "war",   "was",   "wenn",  "wie",    "wieder", "will",   "wir",   "wird",  "zum",
        "zur",   "about", "after", "again",  "all",    "and",    "any",   "are",   "but",
        "can",   "does",  "for",   "from",   "get",    "has",    "have",  "hello", "her",
        "his",   "how",   "into",  "its",    "just",   "more",   "not",   "now",   "one",
        "only",  "our",   "out",   "please", "since",  "some",   "still", "than",  "that",
        "the",   "their", "them",  "then",   "there",  "they",   "this",  "too",   "was",
        "were",  "what",  "when",  "which",  "will",   "with",   "you",   "your"};
    bool letter = false;
    for (isize i = 0; i < word.n; i++)
        letter |= !str_is_digit(word.p[i]) && word.p[i] != '.' && word.p[i] != ',';
    for (isize i = 0; i < countof(empty); i++)
        if (str_eq_nocase(word, str_from_z(empty[i])))
            return true;
    return !letter || word.n < 3;
}

static void name_words(const struct learner *m, const struct features *f, struct arena *a,
                       int best, int next, struct learner_guess *out)
{
    double *weight = make(a, double, f->words + 1);
    for (isize i = 0; i < f->n; i++)
        weight[f->one[i].word] += speaks_for(m, f, i, best) - speaks_for(m, f, i, next);
    while (out->words < LEARNER_WORDS) {
        int most = best_of(weight, (int)f->words, -1);
        if (most < 0 || weight[most] <= 0)
            return;
        weight[most] = 0;
        if (!is_named(out, f->word[most]) && !says_nothing(f->word[most]))
            out->word[out->words++] = f->word[most];
    }
}

struct learner_guess learner_suggest(const struct learner *m, struct arena *a, str text)
{
    struct learner_guess out = {0};
    double p[LEARNER_LABELS];
    struct opinions o;
    if (m->version != LEARNER_VERSION || m->labels < 2)    // L5 L8
        return out;
    struct features f = features_of(a, text);
    scores(m, &f, p, &o);
    int best = best_of(p, m->labels, -1), next = best_of(p, m->labels, best);
    to_chances(p, m->labels);
    out.label = m->label[best];
    out.confidence = p[best];
    out.sure = f.n > 0 && p[best] >= learner_threshold(m);
    name_words(m, &f, a, best, next, &out);
    return out;
}
