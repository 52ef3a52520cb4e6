/* Which languages a task's texts are in, by its record and the settings, and the folders of added
 * words. Words themselves are looked up in the room spell. */
#define _GNU_SOURCE
#include "labelwright/workspace/task_spelling.h"

#include "labelwright/base/file.h"
#include "labelwright/project/state_dir.h"
#include "labelwright/spell/spell_language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- languages */

enum { NAMED_MAX = 8 };

/* Adds the language if it is one; data also has "python" there, and what nobody knows. */
static void add_named(char **v, size_t *n, const json_t *name)
{
    char tag[LW_LANGUAGE_TAG_MAX];
    const char *s = json_string_value(name);
    if (s && *n < NAMED_MAX && lw_spell_language_find(s, tag))
        v[(*n)++] = lw_strdup(tag);
}

static size_t read_named(const json_t *record, char **v)
{
    static const char *const members[] = {"lang", "language"};
    size_t n = 0;
    for (size_t i = 0; i < sizeof members / sizeof *members && n == 0; i++) {
        const json_t *named = json_object_get(record, members[i]);
        add_named(v, &n, named);
        for (size_t k = 0; k < json_array_size(named); k++)
            add_named(v, &n, json_array_get(named, k));
    }
    return n;
}

char **lw_spelling_languages(
    const json_t *record, const struct lw_project *project, const struct lw_config *config)
{
    char **v = lw_alloc((NAMED_MAX + 1) * sizeof *v);
    if (read_named(record, v) > 0)
        return v;
    char *const *set = project ? project->spelling : NULL;
    set = set || !config ? set : config->spelling;
    for (size_t n = 0; set && set[n] && n < NAMED_MAX; n++)
        v[n] = lw_strdup(set[n]);
    return v;
}

/* ---- folders */

static int config_folder(const struct lw_spelling_folders *f, bool make)
{
    const char *slash = f->config_file ? strrchr(f->config_file, '/') : NULL;
    if (!slash || *f->config_file != '/') {
        errno = ENOENT;
        return -1;
    }
    char *path = lw_strndup(f->config_file, (size_t)(slash - f->config_file));
    int fd = lw_dir_open_path(f->sys, path, make);
    free(path);
    return fd;
}

int lw_spelling_folder(void *ctx, enum lw_word_list_of which, bool make)
{
    const struct lw_spelling_folders *f = ctx;
    int fd = -1;
    if (which == LW_WORDS_USER)
        return config_folder(f, make);
    errno = EROFS;
    if (f->project >= 0 && lw_state_dir(f->sys, f->project, NULL, make, &fd, NULL) != LW_OK)
        fd = -1;
    return fd;
}
