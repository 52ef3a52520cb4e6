/* Where the record of a label is now, and whether it has changed. */
#define _GNU_SOURCE
#include "export/export_internal.h"
#include "labelwright/base/hash.h"
#include "labelwright/json/json_members.h"

#include <stdlib.h>
#include <string.h>

enum { TWINS_MAX = 64 }; /* how many tasks with the same id are checked; each is read */

/* The id without the "~2" of a twin; new, or NULL. */
static char *base_of(const struct lw_buf *line)
{
    struct lw_member m;
    size_t n = 0;
    char *id = lw_member_find(line->data, line->data + line->len, "task", &m)
                   ? lw_member_text(&m, &n)
                   : NULL;
    char *tilde = id ? strrchr(id, '~') : NULL;
    if (tilde && tilde[1] && strspn(tilde + 1, "0123456789") == strlen(tilde + 1))
        *tilde = '\0';
    return id;
}

static bool is_at(struct lw_export_state *x, const struct lw_submitted *s, size_t position,
    struct lw_export_now *to)
{
    struct lw_err unused = {0};
    to->position = position;
    if (lw_tasks_locate(x->with->tasks, position, &to->at, &unused) == LW_OK)
        return to->at.record == s->record;
    to->at.file = NULL;
    return false;
}

/* Tasks with the same id differ only by the order of their records: when that changes, so do "t",
 * "t~2" and "t~3". So the labeled one is found by its content. */
bool lw_export_find_twin(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_export_now *to)
{
    char *base = lw_tasks_duplicates(x->with->tasks, NULL) > 0 ? base_of(&x->line) : NULL;
    bool found = false, more = base != NULL;
    for (int i = 1; more && !found && i <= TWINS_MAX; i++) {
        char *id = i == 1 ? lw_strdup(base) : lw_format("%s~%d", base, i);
        size_t position;
        more = lw_tasks_find(x->with->tasks, lw_fingerprint(id, strlen(id)), &position);
        found = more && is_at(x, s, position, to);
        free(id);
    }
    free(base);
    to->place = LW_PLACE_SAME;
    return found;
}

static struct lw_export_now find_now(struct lw_export_state *x, const struct lw_submitted *s)
{
    struct lw_export_now now = {.place = LW_PLACE_SAME}, twin = {0};
    if (!x->with->tasks)
        return (struct lw_export_now){.place = LW_PLACE_MISSING};
    if (s->position != SIZE_MAX && is_at(x, s, s->position, &now))
        return now;
    if (lw_export_find_twin(x, s, &twin))
        return twin;
    now.place = now.at.file ? LW_PLACE_CHANGED : LW_PLACE_MISSING;
    return now;
}

struct lw_export_now lw_export_now(struct lw_export_state *x, const struct lw_submitted *s)
{
    struct lw_export_now now = find_now(x, s);
    if (now.place != LW_PLACE_SAME)
        lw_export_lose(x, now.place == LW_PLACE_CHANGED ? LW_LOSS_ALTERED : LW_LOSS_MISSING);
    return now;
}

const char *lw_export_now_word(const struct lw_export_now *now)
{
    static const char *const words[] = {"same", "changed", "missing"};
    return words[now->place];
}
