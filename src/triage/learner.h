// SPDX-License-Identifier: GPL-3.0-or-later
// Which label fits a text, learned from texts whose label is known: a linear model over hashed
// words, pairs of words and pieces of words.  The pieces find "Druckertreiber" near "Drucker";
// case, accents and umlauts are search/stem.h's.
//
// Its score of a label is what counting says (naive Bayes: good from the first cases on) plus
// what logistic regression corrects (AdaGrad steps: better with every case).  How much each of
// the two weighs is learned too.
//
//   L1  One case is one step; the same cases in the same order make the same model.
//   L2  The model is plain arrays of one size that the caller owns: no words, no texts, no
//       names.  Nobody can read a case out of it.
//   L3  A suggestion says which words of the text decided, the strongest first, without those
//       that tell a reader nothing ("beim", "the", numbers): those that speak for this label and
//       against the next best one.
//   L4  Before a case is learned it is guessed: so the model knows how often it is right at
//       which confidence, on cases it had not seen.  It is sure of itself from the confidence
//       at which LEARNER_RIGHT per cent were right, measured on LEARNER_PROOF cases or more.
//       What is older counts less and less, so that a desk that changes is followed.
//   L5  Whoever knows one label only, or none, suggests nothing.
//   L6  At most LEARNER_LABELS labels: what comes later than that is not learned.
//   L7  Any bytes will do; what is behind LEARNER_TEXT bytes is not read.
//   L8  A model of another LEARNER_VERSION is begun anew when it learns, and suggests nothing.
//
// Pure: no database, no clock, no chance.
#pragma once

#include "base/arena.h"

enum {
    LEARNER_VERSION = 3,
    LEARNER_LABELS = 256,
    LEARNER_SLOTS = 1 << 18,
    LEARNER_TEXT = 6000,
    LEARNER_WORDS = 3,    // that are named
    LEARNER_BINS = 20,
    LEARNER_RIGHT = 80,
    LEARNER_PROOF = 25,
};

struct learner_bin {    // L4: guesses of a confidence
    int32_t guessed, right;
};

struct learner_share {    // how much one of the two ways weighs
    double beyond;        // 1
    double pace;          // squares of the steps so far
};

struct learner {
    int64_t version;    // LEARNER_VERSION: what changes a feature or this struct raises it
    int64_t cases;
    int64_t label[LEARNER_LABELS];
    int32_t labels;
    struct learner_bin bin[LEARNER_BINS];
    int32_t seen[LEARNER_LABELS];    // cases of a label
    double said[LEARNER_LABELS];     // their words
    struct learner_share trust, heed;    // of counting, of regression
    float weight[LEARNER_SLOTS];
    uint16_t count[LEARNER_SLOTS];    // how often the label said it

    // The squares of the steps so far: only learning needs it, so it stands last.
    float pace[LEARNER_SLOTS];
};

struct learner_guess {
    int64_t label;        // 0: none (L5)
    double confidence;    // 0 to 1
    bool sure;            // L4
    str word[LEARNER_WORDS];
    int words;
};

void learner_learn(struct learner *m, struct arena *a, str text, int64_t label);
struct learner_guess learner_suggest(const struct learner *m, struct arena *a, str text);

// The confidence from which it is sure; above 1 when there is none (L4).
double learner_threshold(const struct learner *m);
