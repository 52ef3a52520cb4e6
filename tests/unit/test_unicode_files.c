/* Unicode's own test files for line breaks (UAX #14), graphemes and words (UAX #29), every line.
 * What differs is counted below, with why; a new difference fails, and so does one that is gone.
 * The counts are those of Debian 12: Unicode 15.0 and libunistring 1.0. */
#define _GNU_SOURCE
#include "fixtures/break_properties.h"
#include "fixtures/shared_data.h"

#include <locale.h>
#include <unistring/version.h>
#include <uniwbrk.h>

#define FOLDER "/usr/share/unicode/auxiliary/"

enum { CPS_MAX = 64 };

/* One line of a file: "× 0020 ÷ 0041 ÷ # × [0.3] SPACE (SP) ÷ [18.0] …". */
struct sample {
    char s[4 * CPS_MAX];
    size_t n, at[CPS_MAX]; /* where each character starts */
    char32_t cp[CPS_MAX];
    int count;
    bool breaks[CPS_MAX];      /* before each of them */
    const char *rule[CPS_MAX]; /* "18.0]": why */
};

static void read_rules(struct sample *to, char *notes)
{
    int i = 0;
    for (char *p = notes; (p = strstr(p, " [")) && i < to->count; p++)
        to->rule[i++] = p + 2;
    assert_int_equal(i, to->count);
}

static void read_sample(struct sample *to, char *line)
{
    char *notes = strchr(line, '#'), *save;
    assert_non_null(notes);
    *notes++ = '\0';
    *to = (struct sample){0};
    bool breaks = false;
    for (char *t = strtok_r(line, " \t\n", &save); t; t = strtok_r(NULL, " \t\n", &save)) {
        if (strcmp(t, "÷") == 0 || strcmp(t, "×") == 0) {
            breaks = strcmp(t, "÷") == 0;
            continue;
        }
        assert_true(to->count < CPS_MAX);
        int i = to->count++;
        to->cp[i] = (char32_t)strtoul(t, NULL, 16);
        to->at[i] = to->n;
        to->breaks[i] = breaks;
        to->n += lw_utf8_encode(to->cp[i], to->s + to->n);
    }
    read_rules(to, notes);
}

/* ---- the differences we know */

static struct difference {
    const char *rule;
    bool file_breaks;
    int count;
    const char *why;
    int seen;
} known[] = {
    {"14.0", false, 12, "a mark behind \"( \": libunistring takes it for a letter. Shown as a sign",
        0},
    {"16.0", false, 5, "\") \" and a small kana: libunistring forgets the spaces", 0},
    {"18.0", true, 273, "blanks that begin a line are its indent: we keep them with what follows",
        0},
    {"20.01", true, 4, "U+FFFC and its like are ideographs for libunistring", 0},
    {"20.02", true, 13, "the same", 0},
    {"29.0", false, 7,
        "a mark stands between, or what follows is no letter: joins_letter() has neither", 0},
    {"30.11", false, 1, "a flag letter with a mark between: libunistring counts from anew", 0},
    {"999.0", true, 34,
        "LB25 by the file's longer pattern, which breaks a.|2 and %|(; and U+0308 after a space",
        0},
};

static void note_difference(const struct sample *l, int i)
{
    struct difference *end = known + sizeof known / sizeof *known;
    for (struct difference *d = known; d < end; d++)
        if (d->file_breaks == l->breaks[i] && strncmp(l->rule[i], d->rule, strlen(d->rule)) == 0 &&
            l->rule[i][strlen(d->rule)] == ']') {
            d->seen++;
            return;
        }
    fail_msg("a difference of a new kind at %d: %s", i, l->rule[0]);
}

static void hold_differences(void)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].seen != known[i].count)
            fail_msg("rule %s: %d differences, not %d (%s)", known[i].rule, known[i].seen,
                known[i].count, known[i].why);
}

/* ---- the files */

static void lines_of(struct sample *l)
{
    char may_break[sizeof l->s] = "";
    lw_find_breaks(l->s, l->n, may_break);
    for (int i = 1; i < l->count; i++) {
        /* What must break is no business of breaks.c. */
        bool must = lw_line_end(l->s + l->at[i - 1], l->n - l->at[i - 1]) ||
                    strchr("\v\f\r", l->s[l->at[i - 1]]);
        if (!must && may_break[l->at[i]] != l->breaks[i])
            note_difference(l, i);
    }
}

static void graphemes_of(struct sample *l)
{
    for (int i = 1; i < l->count; i++) {
        size_t at = l->at[i];
        assert_int_equal(lw_grapheme_at(l->s, l->n, at) == at, l->breaks[i]);
        assert_int_equal(lw_grapheme_next(l->s, l->n, l->at[i - 1]) == at, l->breaks[i]);
        assert_int_equal(
            lw_grapheme_prev(l->s, l->n, at) == l->at[i - 1], i == 1 || l->breaks[i - 1]);
    }
}

/* text/diff.c asks it. */
static void words_of(struct sample *l)
{
    char breaks[sizeof l->s];
    u8_wordbreaks((const uint8_t *)l->s, l->n, breaks);
    for (int i = 1; i < l->count; i++)
        assert_int_equal(breaks[l->at[i]], l->breaks[i]);
}

static void each_line(const char *name, int lines, void (*check)(struct sample *))
{
    FILE *f = fopen(name, "r");
    char *line = NULL;
    size_t cap = 0;
    int seen = 0;
    if (!f || getline(&line, &cap, f) <= 0 || !strstr(line, "-15.0.0.txt") ||
        _libunistring_version != 0x010000) {
        print_message("skip: %s is not that of Unicode 15.0, or libunistring is not 1.0\n", name);
        skip();
    }
    while (getline(&line, &cap, f) > 0)
        if (*line != '#') {
            struct sample sample;
            read_sample(&sample, line);
            check(&sample);
            seen++;
        }
    assert_int_equal(seen, lines);
    free(line);
    fclose(f);
}

static void line_breaks(void **state)
{
    (void)state;
    each_line(FOLDER "LineBreakTest.txt", 7654, lines_of);
    hold_differences();
}

static void grapheme_breaks(void **state)
{
    (void)state;
    each_line(FOLDER "GraphemeBreakTest.txt", 602, graphemes_of);
}

static void word_breaks(void **state)
{
    (void)state;
    each_line(FOLDER "WordBreakTest.txt", 1823, words_of);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_breaks),
        cmocka_unit_test(grapheme_breaks),
        cmocka_unit_test(word_breaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
