/* Lines of a journal by their places, with its files kept open. A line is read alone, unless it
 * stands closely behind the last one: then the bytes that follow are read with it. Each line's hash
 * is checked, whatever it was read with. */
#define _GNU_SOURCE
#include "labelwright/journal/line_reader.h"

#include "journal/journal_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

/* NEAR: how far behind the last line a line may begin to be read with what follows it. */
enum { FILES = 64, WINDOW = 128 * 1024, NEAR = 16 * 1024 };

struct kept_file {
    uint32_t segment; /* 0: none */
    int fd;
};

struct lw_line_reader {
    const struct lw_journal *j;
    struct kept_file file[FILES];
    struct lw_pos last; /* the line read last */
    char *window;
    uint32_t segment; /* of the window */
    uint64_t at;      /* where it begins there */
    size_t n;
    struct lw_buf alone; /* a line that is not in it */
};

struct lw_line_reader *lw_line_reader_new(const struct lw_journal *j)
{
    struct lw_line_reader *r = lw_alloc(sizeof *r);
    r->j = j;
    return r;
}

void lw_line_reader_free(struct lw_line_reader *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < FILES; i++)
        if (r->file[i].segment)
            r->j->sys->close(r->j->sys, r->file[i].fd);
    free(r->window);
    lw_buf_fini(&r->alone);
    free(r);
}

/* A file takes the place of another one when there are more than FILES. */
static enum lw_code open_segment(
    struct lw_line_reader *r, uint32_t segment, int *fd, struct lw_err *err)
{
    struct kept_file *f = &r->file[segment % FILES];
    char name[LW_SEGMENT_NAME];
    struct stat st;
    if (f->segment != segment) {
        if (f->segment)
            r->j->sys->close(r->j->sys, f->fd);
        *f = (struct kept_file){0};
        lw_segment_name(segment, name);
        enum lw_code code =
            lw_journal_file(r->j->sys, r->j->folder, name, O_RDONLY, &f->fd, &st, err);
        if (code != LW_OK)
            return code;
        f->segment = segment;
    }
    *fd = f->fd;
    return LW_OK;
}

static bool is_in_window(const struct lw_line_reader *r, struct lw_pos pos)
{
    return r->n > 0 && pos.segment == r->segment && pos.offset >= r->at &&
           pos.offset + pos.len <= r->at + r->n;
}

static bool follows(const struct lw_line_reader *r, struct lw_pos pos)
{
    uint64_t end = r->last.offset + r->last.len;
    return pos.segment == r->last.segment && pos.offset >= end && pos.offset - end < NEAR &&
           pos.len <= WINDOW;
}

/* Afterwards the window begins with the line, unless reading failed: then it is read alone. */
static void move_window(struct lw_line_reader *r, int fd, struct lw_pos pos)
{
    if (!r->window)
        r->window = lw_alloc(WINDOW);
    ssize_t n = r->j->sys->pread(r->j->sys, fd, r->window, WINDOW, (off_t)pos.offset);
    r->segment = pos.segment;
    r->at = pos.offset;
    r->n = n > 0 ? (size_t)n : 0;
}

/* Only the newline is not read. */
static enum lw_code read_alone(
    struct lw_line_reader *r, int fd, struct lw_pos pos, const char **text, struct lw_err *err)
{
    lw_buf_clear(&r->alone);
    *text = lw_buf_room(&r->alone, pos.len - 1);
    return lw_pread_all(r->j->sys, fd, r->alone.data, pos.len - 1, (off_t)pos.offset, err);
}

/* Where the line begins: in the window, or read alone. */
static enum lw_code find(
    struct lw_line_reader *r, struct lw_pos pos, const char **text, struct lw_err *err)
{
    int fd = -1;
    if (pos.len < 2 || pos.len > LW_LINE_MAX)
        return LW_EUSAGE;
    if (!is_in_window(r, pos)) {
        enum lw_code code = open_segment(r, pos.segment, &fd, err);
        if (code != LW_OK)
            return code;
        if (follows(r, pos))
            move_window(r, fd, pos);
    }
    r->last = pos;
    if (!is_in_window(r, pos))
        return read_alone(r, fd, pos, text, err);
    *text = r->window + (pos.offset - r->at);
    return LW_OK;
}

bool lw_line_reader_glance(struct lw_line_reader *r, struct lw_pos pos, struct lw_journal_line *to)
{
    const char *text;
    struct lw_err unused = {0};
    return find(r, pos, &text, &unused) == LW_OK && lw_journal_line_glance(text, pos.len - 1, to);
}

enum lw_code lw_line_reader_line(
    struct lw_line_reader *r, struct lw_pos pos, struct lw_journal_line *to, struct lw_err *err)
{
    const char *text;
    struct lw_err why = {0};
    if (find(r, pos, &text, &why) == LW_OK && !lw_journal_line_check(text, pos.len - 1, to))
        return LW_OK;
    lw_buf_clear(&r->alone);
    enum lw_code code = lw_journal_text(r->j, pos, &r->alone, err); /* which says why */
    if (code == LW_OK && lw_journal_line_check(r->alone.data, r->alone.len, to))
        return lw_fail(err, LW_EBAD, "the line was changed while it was read");
    return code;
}
