/* Which dictionaries enchant finds, and what to install for those that are missing. Whether words
 * are right is the room spell's. */
#include "cli/doctor/doctor_internal.h"

#include "labelwright/spell/speller.h"

#include <stdlib.h>
#include <string.h>

/* "hunspell ca", each once. */
struct dictionaries {
    char **v;
    size_t n, cap;
};

/* Regions are told as their language. */
static void add(void *ctx, const char *tag, const char *by)
{
    struct dictionaries *d = ctx;
    if (d->n == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 16;
        d->v = lw_grow(d->v, d->cap, sizeof *d->v);
    }
    d->v[d->n++] = lw_format("%s %.*s", by, (int)strcspn(tag, "_-"), tag);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "; hunspell: ca es; voikko: fi" */
static void print(const struct dictionaries *d, struct lw_buf *to)
{
    const char *before = "";
    if (d->n > 0)
        qsort(d->v, d->n, sizeof *d->v, compare);
    for (size_t i = 0; i < d->n; before = d->v[i++]) {
        size_t by = strcspn(d->v[i], " ");
        if (strcmp(before, d->v[i]) == 0)
            continue;
        if (strncmp(before, d->v[i], by + 1) != 0)
            lw_buf_fmt(to, "; %.*s:", (int)by, d->v[i]);
        lw_buf_str(to, d->v[i] + by);
    }
}

bool lw_doctor_spelling(struct lw_cli *c)
{
    struct dictionaries d = {0};
    struct lw_buf list = {0};
    const char *library = lw_spelling_library();
    lw_spelling_list(add, &d);
    print(&d, &list);
    if (library)
        lw_doctor_line("spelling", "%s%s", library, d.n > 0 ? list.data : "; no dictionary");
    else
        lw_doctor_line("spelling", "enchant is missing; install libenchant-2-2 to check spelling");
    if (library && d.n == 0)
        lw_doctor_note("Install the dictionary of your language, such as hunspell-en-us, "
                       "hunspell-ca, or voikko-fi with libenchant-2-voikko.");
    lw_doctor_lacking(c->config.spelling);
    for (size_t i = 0; i < d.n; i++)
        free(d.v[i]);
    free(d.v);
    lw_buf_fini(&list);
    return true;
}
