/* The characters that find.c folds, as a table, for who looks for them in bytes. */
#include "labelwright/text/fold_rows.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/find.h"
#include "labelwright/text/utf8.h"

#include <string.h>
#include <unictype.h>
#include <uninorm.h>

enum { FIRST = 0x80, LAST = 0x1FFFF };

/* Neither case nor parts: the characters of Chinese, and the syllables of Korean and Yi, which stay
 * what they are. */
static bool is_plain(char32_t cp)
{
    return (cp >= 0x3400 && cp < 0x4DC0) || (cp >= 0x4E00 && cp <= 0xA48C) ||
           (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0xD800 && cp <= 0xF8FF);
}

/* Quicker than to fold it. */
static bool may_change(char32_t cp)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int tag;
    return uc_is_property(cp, UC_PROPERTY_CHANGES_WHEN_CASEFOLDED) ||
           uc_decomposition(cp, &tag, parts) >= 0 || lw_fold_joins(cp) ||
           uc_is_property(cp, UC_PROPERTY_DEFAULT_IGNORABLE_CODE_POINT);
}

/* The texts stand one behind the other; they are found when none moves any more. */
static void add_row(struct lw_fold_row **rows, size_t *n, struct lw_buf *texts, char32_t cp)
{
    char s[4];
    size_t before = texts->len;
    lw_fold(s, lw_utf8_encode(cp, s), texts);
    if ((*n & (*n - 1)) == 0)
        *rows = lw_grow(*rows, *n ? 2 * *n : 1, sizeof **rows);
    (*rows)[(*n)++] = (struct lw_fold_row){
        .cp = cp, .n = (unsigned char)(texts->len - before), .joins = lw_fold_joins(cp)};
}

static void find_texts(struct lw_fold_row *rows, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++) {
        rows[i].s = text;
        text += rows[i].n;
    }
}

const struct lw_fold_row *lw_fold_rows(size_t *n)
{
    static struct lw_fold_row *rows;
    static struct lw_buf texts;
    static size_t count;
    if (!rows) {
        for (char32_t cp = FIRST; cp <= LAST; cp++)
            if (!is_plain(cp) && may_change(cp) && lw_fold_changes(cp))
                add_row(&rows, &count, &texts, cp);
        find_texts(rows, count, texts.data);
    }
    *n = count;
    return rows;
}
