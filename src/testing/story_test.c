// SPDX-License-Identifier: GPL-3.0-or-later
// Every file of tests/stories is a test; the folder is read, so none can be forgotten.
#include "testing/story.h"

#include <dirent.h>

static int is_story(const struct dirent *d)
{
    return str_ends(str_from_z(d->d_name), S(".story"));
}

static void every_story(struct world *w)
{
    struct dirent **names;
    int n = scandir("tests/stories", &names, is_story, alphasort);
    check(n > 0);
    for (int i = 0; i < n; i++) {
        check(story_play(
            w, arena_z(&w->kept, arena_fmt(&w->kept, "tests/stories/%s", names[i]->d_name))));
        free(names[i]);
    }
    if (n > 0)
        free(names);
}

const struct test story_tests[] = {T(every_story), {0}};
