/* Reads a list of words and adds to it. Which lists there are is speller.c's. */
#define _GNU_SOURCE
#include "spell/word_list_internal.h"

#include "labelwright/base/file.h"
#include "labelwright/text/utf8.h"
#include "spell/word_cut_internal.h"
#include "spell/word_forms_internal.h"

#include <fcntl.h>
#include <string.h>

enum { LIST_MAX = 4 * 1024 * 1024 };

enum lw_code lw_word_list_load(
    const struct lw_sys *sys, int dir, struct lw_word_table *to, struct lw_err *err)
{
    struct lw_buf text = {0}, key = {0};
    enum lw_code code = lw_file_read(sys, dir, LW_WORD_LIST_FILE, NULL, LIST_MAX, &text, err);
    for (size_t at = 0, end; code == LW_OK && at < text.len; at = end + 1) {
        const char *eol = memchr(text.data + at, '\n', text.len - at);
        end = eol ? (size_t)(eol - text.data) : text.len;
        size_t n = end - at;
        while (n > 0 && strchr(" \t\r", text.data[at + n - 1]))
            n--;
        if (n > LW_WORD_BYTES || !lw_utf8_valid(text.data + at, n, NULL))
            continue;
        lw_word_key(text.data + at, n, &key);
        if (key.len > 0)
            lw_word_table_put(to, key.data, key.len, 1);
    }
    lw_buf_fini(&text);
    lw_buf_fini(&key);
    return code == LW_EABSENT ? LW_OK : code;
}

/* Opens the file to add to it; with `*made`, it is new. */
static enum lw_code open_list(
    const struct lw_sys *sys, int dir, int *fd, struct stat *st, bool *made, struct lw_err *err)
{
    struct lw_err absent = {0};
    *made = false;
    enum lw_code code =
        lw_file_open_own(sys, dir, LW_WORD_LIST_FILE, NULL, O_RDWR | O_APPEND, fd, st, &absent);
    if (code != LW_EABSENT)
        return code == LW_OK ? LW_OK : lw_fail(err, code, "%s", absent.text);
    *made = true;
    st->st_size = 0;
    return lw_file_create(sys, dir, LW_WORD_LIST_FILE, NULL, O_WRONLY | O_APPEND, fd, err);
}

/* An editor may have left the last line without its end. */
static bool ends_in_line(const struct lw_sys *sys, int fd, const struct stat *st)
{
    char last;
    return st->st_size == 0 ||
           (lw_pread_all(sys, fd, &last, 1, st->st_size - 1, NULL) == LW_OK && last == '\n');
}

enum lw_code lw_word_list_append(
    const struct lw_sys *sys, int dir, const char *word, size_t n, struct lw_err *err)
{
    int fd;
    bool made;
    struct stat st = {0};
    struct lw_buf line = {0};
    enum lw_code code = open_list(sys, dir, &fd, &st, &made, err);
    if (code != LW_OK)
        return code;
    if (!ends_in_line(sys, fd, &st))
        lw_buf_char(&line, '\n');
    lw_buf_add(&line, word, n);
    lw_buf_char(&line, '\n');
    size_t done = 0;
    code = lw_write_all(sys, fd, line.data, line.len, &done, err);
    if (code != LW_OK && done > 0)
        sys->ftruncate(sys, fd, st.st_size);
    if (code == LW_OK && sys->fdatasync(sys, fd) != 0)
        code = lw_fail_errno(err, "Cannot write %s", LW_WORD_LIST_FILE);
    sys->close(sys, fd);
    if (code == LW_OK && made)
        code = lw_dir_sync(sys, dir, err);
    lw_buf_fini(&line);
    return code;
}
