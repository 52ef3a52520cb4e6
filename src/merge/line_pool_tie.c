/* Links each line to the one before it, and applies the receipts in each chain. */
#include "merge/line_pool_internal.h"

#include <stdlib.h>
#include <string.h>

static void tie(struct lw_pool *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct lw_pool_line *line = &p->line[i];
        const struct lw_pool_line *prev = lw_pool_find(p, line->l.prev);
        if (prev && prev->l.seq < line->l.seq)
            line->before = (size_t)(prev - p->line) + 1;
        else if (line->before && p->line[line->before - 1].l.seq >= line->l.seq)
            line->before = 0;
    }
}

/* ---- the members of lines about sending */

struct words {
    json_t *json;
    const char *to, *sha256;
    uint64_t first, last, of, events;
};

static struct words read_words(const struct lw_pool_line *line)
{
    struct words w = {.json = json_loadb(line->l.text, line->l.len, 0, NULL)};
    const char *to = json_string_value(json_object_get(w.json, "to"));
    const char *sha256 = json_string_value(json_object_get(w.json, "sha256"));
    w.to = to ? to : "";
    w.sha256 = sha256 ? sha256 : "";
    w.first = (uint64_t)json_integer_value(json_object_get(w.json, "first"));
    w.last = (uint64_t)json_integer_value(json_object_get(w.json, "last"));
    w.events = (uint64_t)json_integer_value(json_object_get(w.json, "events"));
    w.of = (uint64_t)json_integer_value(json_object_get(w.json, "of"));
    return w;
}

static uint32_t bit_of(const struct lw_project *project, const char *to)
{
    for (size_t i = 0; i < project->nsync && i < LW_POOL_TARGETS; i++)
        if (strcmp(project->sync[i].key, to) == 0)
            return 1u << i;
    return 0;
}

static struct lw_pool_line *before(const struct lw_pool *p, const struct lw_pool_line *line)
{
    return line->before ? &p->line[line->before - 1] : NULL;
}

static bool same_batch(const struct words *batch, const struct words *receipt)
{
    return batch->first == receipt->first && batch->last == receipt->last && batch->first > 0 &&
           strcmp(batch->sha256, receipt->sha256) == 0;
}

static void park(const struct lw_pool *p, struct lw_pool_line *line, uint64_t of, uint32_t bit)
{
    while (line && line->l.seq > of)
        line = before(p, line);
    if (line && line->l.seq == of) {
        line->parked |= bit;
        line->sent &= ~bit;
    }
}

/* Goes from the receipt back to its batch and through the batch's lines. What was parked between
 * the two did not arrive. */
static void arrive(
    struct lw_pool *p, struct lw_pool_line *line, const struct words *receipt, uint32_t bit)
{
    struct lw_pool_line *at = before(p, line), *parked = NULL;
    bool found = false;
    for (; at && at->l.seq > receipt->last && !found; at = before(p, at)) {
        struct words w = {0};
        if (at->l.type != LW_EV_BATCH && at->l.type != LW_EV_PARKED)
            continue;
        w = read_words(at);
        if (strcmp(w.to, receipt->to) == 0 && at->l.type == LW_EV_PARKED)
            parked = parked ? parked : at;
        else if (strcmp(w.to, receipt->to) == 0 && !(found = same_batch(&w, receipt)))
            at = NULL;
        json_decref(w.json);
        if (!at)
            return;
    }
    bool whole = receipt->events == receipt->last - receipt->first + 1;
    if (found && whole) {
        p->whole = lw_grow(p->whole, p->nwhole + 1, sizeof *p->whole);
        p->whole[p->nwhole++] = (struct lw_pool_whole){bit, receipt->first, receipt->last};
    }
    /* Lines restored since then were not in a batch that lacked some. */
    for (; found && at && at->l.seq >= receipt->first; at = before(p, at))
        if (at->l.seq <= receipt->last && (whole || at->here)) {
            at->sent |= bit;
            at->parked &= ~bit;
        }
    for (at = found ? parked : NULL; at && at->l.seq > receipt->last; at = before(p, at)) {
        struct words w = {0};
        if (at->l.type == LW_EV_BATCH)
            break;
        if (at->l.type != LW_EV_PARKED)
            continue;
        w = read_words(at);
        if (strcmp(w.to, receipt->to) == 0)
            park(p, at, w.of, bit);
        json_decref(w.json);
    }
}

bool lw_pool_was_whole(const struct lw_pool *p, uint32_t bit, uint64_t seq)
{
    for (size_t i = 0; i < p->nwhole; i++)
        if (p->whole[i].bit == bit && seq >= p->whole[i].first && seq <= p->whole[i].last)
            return true;
    return false;
}

static int by_seq(const void *a, const void *b)
{
    const struct lw_pool_line *const *x = a, *const *y = b;
    return ((*x)->l.seq > (*y)->l.seq) - ((*x)->l.seq < (*y)->l.seq);
}

/* A `merged` event lists the ends it dropped. */
static void leave(struct lw_pool *p, const struct lw_pool_line *merged)
{
    size_t i;
    json_t *hash, *json = json_loadb(merged->l.text, merged->l.len, 0, NULL);
    json_array_foreach(json_object_get(json, "left"), i, hash)
    {
        bool fits = json_string_length(hash) == LW_SHA256_HEX - 1;
        struct lw_pool_line *line = fits ? lw_pool_find(p, json_string_value(hash)) : NULL;
        for (; line && !line->here && !line->left; line = before(p, line))
            line->left = true;
    }
    json_decref(json);
}

void lw_pool_tie(struct lw_pool *p, const struct lw_project *project)
{
    struct lw_pool_line **told = lw_alloc((p->n + 1) * sizeof *told);
    size_t n = 0;
    tie(p);
    for (size_t i = 0; i < p->n; i++)
        if (p->line[i].l.type == LW_EV_RECEIPT || p->line[i].l.type == LW_EV_PARKED)
            told[n++] = &p->line[i];
    qsort(told, n, sizeof *told, by_seq);
    for (size_t i = 0; i < p->n; i++)
        if (p->line[i].l.type == LW_EV_MERGED && p->line[i].here)
            leave(p, &p->line[i]);
    for (size_t i = 0; i < n; i++) {
        struct words w = read_words(told[i]);
        uint32_t bit = bit_of(project, w.to);
        if (bit && told[i]->l.type == LW_EV_RECEIPT)
            arrive(p, told[i], &w, bit);
        else if (bit && w.of)
            park(p, told[i], w.of, bit);
        json_decref(w.json);
    }
    free(told);
}
