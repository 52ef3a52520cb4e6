/* Is the first row of a table a header, and what are its columns called? Spreadsheets, pandas and
 * survey tools write headers with empty cells, duplicates, numbers and whole questions. So a header
 * is recognised less by its own look than by its difference from the rows below. */
#include "format/csv_header_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/member_use.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 64, KNOWN_SCORE = 3 };

static const char *text_at(const json_t *cells, size_t i)
{
    const char *s = json_string_value(json_array_get(cells, i));
    return s ? s : "";
}

char *lw_csv_header_name(const char *s)
{
    struct lw_buf b = {0};
    bool gap = false;
    if (strncmp(s, "\xef\xbb\xbf", 3) == 0)
        s += 3;
    for (; *s; s++) {
        bool blank = strchr(" \t\r\n", *s) || (s[0] == '\xc2' && s[1] == '\xa0');
        s += s[0] == '\xc2' && blank;
        if (gap && !blank && b.len)
            lw_buf_char(&b, ' ');
        gap = blank;
        if (!blank)
            lw_buf_char(&b, *s);
    }
    return lw_buf_detach(&b);
}

static bool is_number(const char *s)
{
    size_t n = strlen(s);
    return n > 0 && strspn(s, "0123456789.,+-%") == n;
}

static bool is_name(const char *s)
{
    size_t n = strlen(s);
    return n > 0 && n <= NAME_MAX_BYTES && !is_number(s) && !strpbrk(s, "?!") && s[n - 1] != '.';
}

static bool is_question(const char *s)
{
    size_t n = strlen(s);
    while (n > 0 && s[n - 1] == ' ')
        n--;
    return n > 0 && s[n - 1] == '?';
}

bool lw_csv_header_is_known(const char *name)
{
    enum lw_member_use use = lw_member_use_of(name);
    return is_name(name) && use != LW_USE_NONE && !strpbrk(name, ",;\t|\"");
}

/* The cells below a cell of the first row. */
struct below {
    size_t filled, numbers, questions, texts, bytes;
    bool again; /* the same as in the first row */
};

static bool same_row(const json_t *a, const json_t *b)
{
    return json_equal(a, b);
}

static struct below count_below(const json_t *rows, size_t column)
{
    struct below to = {0};
    const json_t *first = json_array_get(rows, 0);
    for (size_t i = 1; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const char *s = text_at(row, column);
        if (!*s || same_row(row, first)) /* joined files repeat their header */
            continue;
        to.filled++;
        to.numbers += is_number(s);
        to.questions += is_question(s);
        to.texts += strchr(s, ' ') != NULL;
        to.bytes += strlen(s);
        to.again = to.again || strcmp(s, text_at(first, column)) == 0;
    }
    return to;
}

/* Several words above texts that are not much longer: one of them, rather than their name. */
static bool is_one_of(const char *name, const struct below *b)
{
    return strchr(name, ' ') && 2 * b->texts > b->filled &&
           2 * strlen(name) * b->filled >= b->bytes;
}

static int score_of(const char *name, const struct below *b)
{
    int score = b->again ? -2 : 0;
    if (is_name(name))
        score += is_one_of(name, b) ? -1 : 1;
    else if (is_question(name))
        score += 5 * b->questions < b->filled ? 2 : -1;
    else
        score += 2 * b->texts > b->filled ? -2 : -1;
    return score + (b->filled > 0 && 2 * b->numbers > b->filled ? 2 : 0);
}

/* 0, 1, 2 or 1, 2, 3: what libraries call columns without names; or marks, or years. */
static bool in_sequence(char *const *name, size_t n, long *first)
{
    long last = 0;
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        char *end;
        if (!is_number(name[i]))
            continue;
        long v = strtol(name[i], &end, 10); /* what is too large becomes LONG_MAX */
        if (*end || v == LONG_MAX || (found && v != last + 1))
            return false;
        *first = found ? *first : v;
        last = v;
        found++;
    }
    return found > 1;
}

/* A hole is a column without a name: the first, of an index; or at the end, with nothing below. */
static int score_of_holes(char *const *name, size_t n, const json_t *rows)
{
    for (size_t i = 1; i < n; i++)
        if (!*name[i] && count_below(rows, i).filled > 0)
            return -3;
    return 0;
}

static bool decide(const json_t *rows, char *const *name, size_t n)
{
    int score = score_of_holes(name, n, rows);
    long first = 0;
    bool known = false, sequence = in_sequence(name, n, &first);
    size_t named = 0, numbers = 0;
    for (size_t i = 0; i < n; i++) {
        struct below b = count_below(rows, i);
        if (!*name[i])
            continue;
        named++;
        numbers += is_number(name[i]);
        known = known || (lw_csv_header_is_known(name[i]) && !b.again);
        if (!is_number(name[i]))
            score += score_of(name[i], &b);
        else if (!sequence)
            score -= 2 * b.numbers > b.filled ? 2 : 1;
    }
    if (sequence && numbers == named && (first == 0 || first == 1))
        return true;
    return named > 0 && score + (known ? KNOWN_SCORE : 0) > 0;
}

bool lw_csv_has_header(const json_t *rows)
{
    const json_t *first = json_array_get(rows, 0);
    size_t n = json_array_size(first);
    char **name = lw_alloc((n + 1) * sizeof *name);
    for (size_t i = 0; i < n; i++)
        name[i] = lw_csv_header_name(text_at(first, i));
    bool is = decide(rows, name, n);
    for (size_t i = 0; i < n; i++)
        free(name[i]);
    free(name);
    return is;
}

static bool is_taken(char *const *column, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(column[i], name) == 0)
            return true;
    return false;
}

void lw_csv_header_columns(const json_t *cells, char **column, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *name = lw_csv_header_name(text_at(cells, i));
        if (!*name) {
            free(name);
            name = lw_format("%zu", i + 1);
        }
        column[i] = name;
        for (int nth = 2; is_taken(column, i, column[i]); nth++) {
            if (column[i] != name)
                free(column[i]);
            column[i] = lw_format("%s~%d", name, nth);
        }
        if (column[i] != name)
            free(name);
    }
}

/* Every cell is a Qualtrics column id. */
static bool has_import_ids(const json_t *row)
{
    static const char begin[] = "{\"ImportId\"";
    size_t n = json_array_size(row), with = 0;
    for (size_t i = 0; i < n; i++)
        if (*text_at(row, i)) {
            if (strncmp(text_at(row, i), begin, sizeof begin - 1) != 0)
                return false;
            with++;
        }
    return with > 0;
}

/* The second row names columns that the first does not, and has nothing where all others do. */
static bool names_parts(const json_t *rows)
{
    const json_t *first = json_array_get(rows, 0), *second = json_array_get(rows, 1);
    size_t named = 0, n = json_array_size(rows);
    for (size_t i = 1; i < json_array_size(first); i++)
        named += !*text_at(first, i) && *text_at(second, i);
    bool parts = named > 0 && n > 2 && *text_at(first, 0) && !*text_at(second, 0);
    for (size_t i = 2; i < n && parts; i++)
        parts = *text_at(json_array_get(rows, i), 0);
    return parts;
}

size_t lw_csv_header_rows(json_t *rows)
{
    enum { ROWS_MAX = 2 };
    json_t *first = json_array_get(rows, 0), *second = json_array_get(rows, 1);
    for (size_t i = 1; i <= ROWS_MAX; i++)
        if (has_import_ids(json_array_get(rows, i)))
            return i;
    if (!names_parts(rows))
        return 0;
    for (size_t i = 0; i < json_array_size(first); i++)
        if (!*text_at(first, i) && *text_at(second, i))
            json_array_set(first, i, json_array_get(second, i));
    return 1;
}
