/* The state of an open journal: what it is, its notes, blocking and closing it. Reads and writes no
 * line. */
#include "journal/journal_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum lw_journal_mode lw_journal_mode(const struct lw_journal *j)
{
    return j->mode;
}

const char *lw_journal_owner(const struct lw_journal *j)
{
    return j->owner;
}

const char *lw_journal_id(const struct lw_journal *j)
{
    return j->id;
}

const char *lw_journal_annotator(const struct lw_journal *j)
{
    return j->annotator;
}

uint64_t lw_journal_seed(const struct lw_journal *j)
{
    char digits[17] = {0};
    memcpy(digits, j->id, 16);
    return strtoull(digits, NULL, 16);
}

int lw_journal_project(const struct lw_journal *j)
{
    return j->dir;
}

struct lw_mark lw_journal_head(const struct lw_journal *j)
{
    return j->last;
}

uint64_t lw_journal_read_from(const struct lw_journal *j)
{
    return j->read_from;
}

uint64_t lw_journal_highest(const struct lw_journal *j)
{
    return j->next_seq - 1;
}

const char *const *lw_journal_notes(const struct lw_journal *j, size_t *n)
{
    *n = j->n_notes;
    return (const char *const *)j->note;
}

const char *lw_journal_damage(const struct lw_journal *j)
{
    return j->damage;
}

void lw_journal_note(struct lw_journal *j, const char *fmt, ...)
{
    enum { MOST = 50 };
    if (j->n_notes == MOST)
        return;
    char text[700];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    j->note = lw_grow(j->note, j->n_notes + 1, sizeof *j->note);
    bool last = j->n_notes == MOST - 1;
    j->note[j->n_notes++] = lw_strdup(last ? "There is more: run `labelwright verify`." : text);
}

enum lw_code lw_journal_block(struct lw_journal *j, const struct lw_err *why)
{
    j->mode = LW_JOURNAL_BLOCKED;
    lw_journal_note(j,
        "No more labels can be saved (%s). Saved labels are safe and can be exported. Fix this, "
        "then open the project again.",
        why->text);
    return LW_EIO;
}

const char *lw_journal_name(const struct lw_journal *j)
{
    return j->name;
}

void lw_journal_replace(struct lw_journal *j, struct lw_journal *now)
{
    struct lw_journal was = *j;
    *j = *now;
    *now = was;
    lw_journal_close(now);
}

void lw_journal_close(struct lw_journal *j)
{
    if (!j)
        return;
    const int fd[] = {j->fd, j->folder, j->lock};
    for (size_t i = 0; i < sizeof fd / sizeof *fd; i++)
        if (fd[i] >= 0)
            j->sys->close(j->sys, fd[i]);
    for (size_t i = 0; i < j->n_notes; i++)
        free(j->note[i]);
    free(j->note);
    free(j->damage);
    free(j->batch);
    lw_buf_fini(&j->lines);
    lw_buf_fini(&j->written);
    free(j->name);
    free(j->annotator);
    free(j->owner);
    free(j);
}
