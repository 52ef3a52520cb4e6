/* What stands in the shell after a session that saved labels: the line that exports them, to be
 * copied as it is. What the screens say before is the front ends'. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/base/buf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A word as a shell reads it. */
static void add_word(const char *word, struct lw_buf *to)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "%+,-./:=@_";
    lw_buf_str(to, " ");
    if (*word && word[strspn(word, plain)] == '\0') {
        lw_buf_str(to, word);
        return;
    }
    lw_buf_str(to, "'");
    for (; *word; word++)
        if (*word == '\'')
            lw_buf_str(to, "'\\''");
        else
            lw_buf_add(to, word, 1);
    lw_buf_str(to, "'");
}

/* A file for each project, or one that copies the lines of two loses the labels of the first;
 * export itself replaces only what it wrote of the same project. */
static void add_file(const char *path, struct lw_buf *to)
{
    size_t end = strlen(path), begin;
    while (end > 0 && path[end - 1] == '/')
        end--;
    for (begin = end; begin > 0 && path[begin - 1] != '/';)
        begin--;
    const char *dot = memrchr(path + begin, '.', end - begin);
    size_t n = dot ? (size_t)(dot - path) - begin : end - begin;
    char *file = n > 0 && path[begin] != '-' ? lw_format("%.*s-labels.jsonl", (int)n, path + begin)
                                             : lw_strdup("labels.jsonl");
    add_word(file, to);
    free(file);
}

size_t lw_cli_saved(const struct lw_workspace *w)
{
    size_t labels, repeats;
    lw_ledger_entries(w->ledger, &labels);
    lw_ledger_repeats(w->ledger, &repeats);
    return labels + repeats;
}

void lw_cli_say_export(const struct lw_cli *c, const struct lw_workspace *w, size_t before)
{
    struct lw_buf line = {0};
    if (lw_cli_saved(w) == before)
        return;
    add_word(program_invocation_name, &line); /* samples/try runs one that is not in the PATH */
    lw_buf_str(&line, " export");
    if (c->value[LW_OPT_ANNOTATOR]) {
        lw_buf_str(&line, " --annotator");
        add_word(c->value[LW_OPT_ANNOTATOR], &line);
    }
    add_word(c->path, &line);
    lw_buf_str(&line, " -o");
    add_file(c->path, &line);
    lw_cli_print("Your labels are saved. To export them:\n ", line.data);
    lw_buf_fini(&line);
}
