/* Whether a chunk that was read as Markdown would show every word of it. Markdown drops some in
 * silence: cells beyond those of a table's head, definitions, the names of references. */
#include "markup/markdown_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c & 0x80;
}

/* The chunk is [at, end) of the source. */
static void mark(char *seen, size_t at, size_t end, size_t from, size_t len)
{
    if (from >= at && from < end)
        memset(seen + (from - at), 1, len < end - from ? len : end - from);
}

/* The name in a "<br>", which is shown as a line end. */
static bool is_line_break(const char *s, size_t at, size_t n)
{
    return at > 0 && s[at - 1] == '<' && n - at >= 2 && strncasecmp(s + at, "br", 2) == 0;
}

bool lw_markdown_loses_words(const struct lw_markdown *m, const char *s, size_t at, size_t n,
    const struct lw_formula *formula, size_t nformulas)
{
    char *seen = lw_alloc(n + 1);
    bool lost = false;
    for (size_t i = 0; i < m->flow.nspans; i++)
        mark(seen, at, at + n, m->flow.span[i].at, m->flow.span[i].len);
    for (size_t i = 0; i < m->nblocks; i++)
        mark(seen, at, at + n, m->block[i].at, m->block[i].len);
    for (size_t i = 0; i < nformulas; i++)
        mark(seen, at, at + n, formula[i].at, formula[i].len);
    for (size_t i = 0; i < n && !lost; i++) {
        if (seen[i] || !is_word(s[at + i]))
            continue;
        bool line_break = is_line_break(s + at, i, n);
        lost = !line_break;
        i += line_break;
    }
    free(seen);
    return lost;
}
