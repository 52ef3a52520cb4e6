/* Words across all tasks. The bytes of the files are looked at in pieces of many records at once,
 * for what may be the needle (search_probe.c); a record is parsed only where something is found in
 * it, or where its id is made and may hold the needle. */
#include "labelwright/tasks/search.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/record.h"
#include "labelwright/text/find.h"
#include "tasks/search_probe_internal.h"
#include "tasks/tasks_internal.h"

#include <stdlib.h>
#include <string.h>

enum { ONE_RECORD = 16 * 1024 };

/* Costs. */
enum { LOOK = 1, READ = 20, READ_BYTES = 400, HASH_BYTES = 100, PARSE = 20, PARSE_BYTES = 40 };

struct lw_search {
    struct lw_tasks *tasks;
    struct lw_needle needle;
    struct lw_probe *probe;           /* NULL when every record must be parsed */
    const struct lw_tasks_file *file; /* the one that `lines` reads */
    struct lw_lines lines;
    struct lw_buf unquoted;
    size_t position; /* behind the last one that was looked at; 0 for none */
    uint64_t offset; /* of the last one */
    bool hex;        /* the needle may stand in an id that is made of a hash, or in its suffix */
    bool tilde;      /* or in both */
};

static bool all_of(const char *s, size_t n, const char *set)
{
    size_t i = 0;
    while (i < n && s[i] && strchr(set, s[i]))
        i++;
    return i == n;
}

struct lw_search *lw_search_new(struct lw_tasks *t, const char *needle, size_t n)
{
    struct lw_search *m = lw_alloc(sizeof *m);
    lw_needle_init(&m->needle, needle, n);
    struct lw_span folded = {
        m->needle.folded.data ? m->needle.folded.data : "", m->needle.folded.len};
    m->tasks = t;
    m->probe = lw_probe_new(folded);
    m->hex = all_of(folded.s, folded.n, "0123456789abcdefABCDEF");
    m->tilde = memchr(folded.s, '~', folded.n) != NULL;
    m->lines.fd = -1;
    return m;
}

void lw_search_free(struct lw_search *m)
{
    if (!m)
        return;
    lw_lines_fini(&m->lines);
    lw_buf_fini(&m->unquoted);
    lw_needle_fini(&m->needle);
    lw_probe_free(m->probe);
    free(m);
}

static bool holds(struct lw_search *m, const char *s, size_t n)
{
    size_t len;
    return lw_find(&m->needle, s, n, 0, &len) < n;
}

/* ---- the bytes of a record */

static void move_to(struct lw_search *m, const struct lw_tasks_file *f)
{
    if (m->file == f)
        return;
    lw_lines_fini(&m->lines);
    m->file = f;
    m->lines = (struct lw_lines){.sys = m->tasks->sys, .fd = f->lines.fd, .name = f->name};
    m->lines.size = f->lines.size;
    m->lines.window_max = m->tasks->order ? ONE_RECORD : LW_WINDOW;
}

/* In a random order only the record itself is looked at. */
static bool read_window(struct lw_search *m, uint64_t from, uint64_t to, size_t *cost)
{
    struct lw_lines *r = &m->lines;
    const char *s;
    size_t n;
    if (r->n > 0 && !m->tasks->order && from >= r->at && to <= r->at + r->n)
        return true;
    if (lw_lines_peek(r, from, &s, &n, NULL) != LW_OK || to - from > n)
        return false;
    n = m->tasks->order ? (size_t)(to - from) : n;
    lw_probe_set(m->probe, (struct lw_span){s, n}, m->file->reader.container != LW_ROWS);
    *cost += READ + n / READ_BYTES;
    return true;
}

/* Quotes taken out: what a cell holds stands there in one piece then, however it was quoted. */
static bool row_stands(struct lw_search *m, const char *s, size_t n)
{
    const char *end = s + n, *quote;
    lw_buf_clear(&m->unquoted);
    for (; (quote = memchr(s, '"', (size_t)(end - s))); s = quote + 1)
        lw_buf_add(&m->unquoted, s, (size_t)(quote - s));
    lw_buf_add(&m->unquoted, s, (size_t)(end - s));
    return lw_probe_stands(m->probe, (struct lw_span){m->unquoted.data, m->unquoted.len});
}

/* Reading the record again may have moved the window. */
static bool made_id_holds(struct lw_search *m, uint64_t from, size_t *cost)
{
    char id[LW_ID_MAX + 1];
    struct lw_raw_record raw;
    struct lw_lines *r = &m->lines;
    uint64_t at = r->at;
    if (lw_record_reader_get(&m->file->reader, r, from, &raw, NULL) != LW_OK || raw.blank ||
        raw.at != from || raw.n > LW_RECORD_MAX)
        return true;
    *cost += (size_t)raw.n / HASH_BYTES;
    bool held = holds(m, id, lw_record_reader_id(&m->file->reader, raw.s, (size_t)raw.n, NULL, id));
    r->n = r->at == at ? r->n : 0;
    return held;
}

/* Whether the id may hold the needle where the bytes of the record do not. */
static bool may_be_made(
    struct lw_search *m, size_t position, uint64_t from, struct lw_span bytes, size_t *cost)
{
    char id[LW_ID_MAX + 1];
    const struct lw_record_reader *reader = &m->file->reader;
    const char *member = reader->format->id_member;
    if (!m->hex && !m->tilde)
        return false;
    if (lw_index_suffix(m->tasks->index, position))
        return true;
    bool plain = member && reader->container != LW_ROWS && !reader->wrap && !reader->columns;
    if (plain && lw_record_find_id(member, bytes.s, bytes.n, id) > 0)
        return false; /* the record's own */
    return made_id_holds(m, from, cost);
}

/* Of the one behind the last it is known already. */
static uint64_t offset_of(struct lw_search *m, size_t position)
{
    const struct lw_index *x = m->tasks->index;
    bool next = m->position > 0 && position == m->position;
    m->offset = next ? m->offset + lw_index_stride(x, position - 1) : lw_index_offset(x, position);
    m->position = position + 1;
    return m->offset;
}

/* True, too, when it cannot be told without loading it. */
static bool may_mention(struct lw_search *m, size_t position, size_t *cost)
{
    struct lw_tasks *t = m->tasks;
    *cost += LOOK;
    if (!m->probe || t->njoins > 0 || position >= t->index->n)
        return true;
    const struct lw_tasks_file *f = &t->file[lw_tasks_file_of(t, position)];
    uint64_t from = offset_of(m, position) - f->start;
    uint64_t to = lw_tasks_end_of(t, position, from, f);
    if (f->reader.format->answers || from >= to) /* it adds "Turn 1" */
        return true;
    move_to(m, f);
    if (!read_window(m, from, to, cost))
        return true;
    size_t at = (size_t)(from - m->lines.at), end = (size_t)(to - m->lines.at);
    if (lw_probe_between(m->probe, at, end))
        return true;
    struct lw_span bytes = {m->lines.window + at, end - at};
    return (f->reader.container == LW_ROWS && row_stands(m, bytes.s, bytes.n)) ||
           may_be_made(m, position, from, bytes, cost);
}

/* ---- a task */

static bool parts_mention(struct lw_search *m, const struct lw_parts *parts)
{
    bool found = false;
    for (size_t i = 0; i < lw_parts_count(parts) && !found; i++) {
        struct lw_part p = lw_parts_at(parts, i);
        bool named = p.name.s && p.kind != LW_PART_OTHER && holds(m, p.name.s, p.name.n);
        found = named || (p.text.s && holds(m, p.text.s, p.text.n));
    }
    return found;
}

static bool task_mentions(struct lw_search *m, const struct lw_task *t)
{
    bool found = holds(m, t->id, strlen(t->id)) || parts_mention(m, t->parts);
    for (size_t i = 0; i < t->nturns && !found; i++)
        found =
            holds(m, t->turn[i].text.s, t->turn[i].text.n) || parts_mention(m, t->turn[i].parts);
    for (size_t i = 0; i < t->nresponses && !found; i++)
        found = holds(m, t->response[i].text.s, t->response[i].text.n) ||
                parts_mention(m, t->response[i].parts);
    for (size_t i = 0; i < t->nsteps && !found; i++)
        found = holds(m, t->step[i].text.s, t->step[i].text.n);
    return found;
}

bool lw_search_in(struct lw_search *m, size_t position, size_t *cost)
{
    struct lw_task *t;
    if (!may_mention(m, position, cost))
        return false;
    *cost += PARSE;
    if (lw_tasks_load_texts(m->tasks, position, false, &t, NULL) != LW_OK)
        return false;
    *cost += t->record.len / PARSE_BYTES;
    bool found = task_mentions(m, t);
    lw_task_free(t);
    return found;
}
