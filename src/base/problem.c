/* The list of mistakes in a file that a person wrote. Each is one sentence behind "file:line:col:
 * "; which mistakes there are is found by those who read the file. */
#include "labelwright/base/problem.h"
#include "labelwright/base/buf.h"

#include "labelwright/base/err.h"
#include <stdarg.h>
#include <stdbool.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_problem(struct lw_problems *to, const char *file, int line, int col, const char *fmt, ...)
{
    char text[LW_ERR_MAX];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
    to->v[to->n++] = line > 0 ? lw_format("%s:%d:%d: %s", file, line, col, text)
                              : lw_format("%s: %s", file, text);
}

void lw_problems_fini(struct lw_problems *p)
{
    for (size_t i = 0; i < p->n; i++)
        free(p->v[i]);
    free(p->v);
    *p = (struct lw_problems){0};
}

/* ---- parts */

bool lw_problem_split(const char *sentence, struct lw_problem_parts *to)
{
    for (const char *s = strchr(sentence, ':'); s; s = strchr(s + 1, ':')) {
        int n = 0;
        if (sscanf(s, ":%9d:%9d: %n", &to->line, &to->col, &n) != 2 || n == 0)
            continue;
        to->file_n = (size_t)(s - sentence);
        to->message = s + n;
        return to->line > 0 && to->col > 0;
    }
    return false;
}

static bool ends_sentence(const char *s)
{
    return (*s == '.' || *s == '?') && s[1] == ' ' && !islower((unsigned char)s[2]);
}

const char *lw_problem_cure(const char *message)
{
    char quote = '\0';
    for (const char *s = message; *s; s++) {
        if (quote ? *s == quote : *s == '"' || *s == '`')
            quote = quote ? '\0' : *s;
        else if (!quote && ends_sentence(s))
            return s + 2;
    }
    return message + strlen(message);
}

/* ---- words that are nearly right */

enum { WORD_MAX = 63 }; /* a longer word is not a misspelt key */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Damerau-Levenshtein (optimal string alignment), ignoring case. */
static size_t distance(const char *a, size_t na, const char *b, size_t nb)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= nb; j++)
        last[j] = j;
    for (size_t i = 1; i <= na; i++) {
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t change = last[j - 1] + !same_letter(a[i - 1], b[j - 1]);
            now[j] = least(change, least(last[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                same_letter(a[i - 2], b[j - 1]))
                now[j] = least(now[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = last;
        last = now;
        now = spare;
    }
    return last[nb];
}

const char *lw_nearest(const char *s, const char *const *words)
{
    const char *best = NULL;
    size_t best_distance = WORD_MAX, n = strlen(s);
    for (; n <= WORD_MAX && *words; words++) {
        size_t len = strlen(*words);
        if (len > WORD_MAX)
            continue;
        size_t limit = (len > n ? len : n) / 3; /* "on" is not near "to", "lable" is to "label" */
        size_t d = distance(s, n, *words, len);
        if (d <= limit && d < best_distance) {
            best = *words;
            best_distance = d;
        }
    }
    return best;
}
