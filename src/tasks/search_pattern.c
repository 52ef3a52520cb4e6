/* Finds a row of bytes. Two of its bytes, those that are rarest in texts, are compared in blocks;
 * the others only where both of them fit. */
#include "tasks/search_pattern_internal.h"

#include <string.h>

/* ---- making it */

static bool allows(const struct lw_pattern *p, size_t at, unsigned char c)
{
    return p->set[at][c / 32] >> c % 32 & 1;
}

void lw_pattern_allow(struct lw_pattern *p, size_t at, unsigned char c)
{
    p->set[at][c / 32] |= UINT32_C(1) << c % 32;
    p->n = at + 1 > p->n ? at + 1 : p->n;
}

/* How often a byte stands in texts, roughly: letters by their order, the first bytes of characters
 * of two and three bytes as often as common letters. */
static int commonness(unsigned char c)
{
    static const char letters[] = " etaoinsrhldcumfpgwybvkxjqz";
    const char *at = c < 0x80 && c ? strchr(letters, c | (c >= 'A' && c <= 'Z' ? 0x20 : 0)) : NULL;
    if (at)
        return (int)(sizeof letters - (size_t)(at - letters));
    return c >= 0xC0 ? 26 : c >= 0x80 ? 8 : c >= '0' && c <= '9' ? 6 : c == '\\' ? 20 : 4;
}

/* How common it is that the byte at a place fits; a large number where it has too many values. */
static int commonness_at(
    const struct lw_pattern *p, size_t at, unsigned char value[LW_PATTERN_VALUES])
{
    enum { NEVER = 1000 };
    int sum = 0, n = 0;
    for (int c = 0; c < 256; c++) {
        if (!allows(p, at, (unsigned char)c))
            continue;
        if (n < LW_PATTERN_VALUES)
            value[n] = (unsigned char)c;
        sum += n++ == 0 ? commonness((unsigned char)c) : 2;
    }
    for (int i = n; i > 0 && i < LW_PATTERN_VALUES; i++)
        value[i] = value[0];
    return n > LW_PATTERN_VALUES ? NEVER : sum;
}

void lw_pattern_done(struct lw_pattern *p)
{
    int best[2] = {10000, 10000};
    for (size_t at = 0; at < p->n; at++) {
        unsigned char value[LW_PATTERN_VALUES];
        int common = commonness_at(p, at, value);
        int k = common < best[0] ? 0 : common < best[1] ? 1 : -1;
        if (k < 0)
            continue;
        if (k == 0) {
            best[1] = best[0];
            p->probe[1] = p->probe[0];
            memcpy(p->value[1], p->value[0], sizeof value);
        }
        best[k] = common;
        p->probe[k] = at;
        memcpy(p->value[k], value, sizeof value);
    }
    if (p->n == 1) {
        p->probe[1] = p->probe[0];
        memcpy(p->value[1], p->value[0], sizeof p->value[0]);
    }
}

/* ---- finding it */

static bool is_at(const struct lw_pattern *p, const char *s)
{
    size_t i = 0;
    while (i < p->n && allows(p, i, (unsigned char)s[i]))
        i++;
    return i == p->n;
}

static size_t find_among(const struct lw_pattern *p, const char *s, size_t from, size_t to)
{
    while (from < to && !is_at(p, s + from))
        from++;
    return from;
}

size_t lw_pattern_find(const struct lw_pattern *p, const char *s, size_t n, size_t from)
{
    lw_bytes v[2][LW_PATTERN_VALUES];
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < LW_PATTERN_VALUES; i++)
            v[k][i] = lw_bytes_of(p->value[k][i]);
    if (n < p->n)
        return n;
    size_t end = n - p->n + 1; /* of the places where it may begin */
    for (; from + LW_BYTES <= end; from += LW_BYTES) {
        lw_bytes a = lw_bytes_at(s + from + p->probe[0]), b = lw_bytes_at(s + from + p->probe[1]);
        lw_bytes fits = (lw_bytes)((a == v[0][0]) | (a == v[0][1]) | (a == v[0][2])) &
                        (lw_bytes)((b == v[1][0]) | (b == v[1][1]) | (b == v[1][2]));
        if (!lw_bytes_any(fits))
            continue;
        size_t at = find_among(p, s, from, from + LW_BYTES);
        if (at < from + LW_BYTES)
            return at;
    }
    from = find_among(p, s, from, end);
    return from < end ? from : n;
}
