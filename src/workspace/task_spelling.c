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

static void add(char **v, size_t *n, const char *tag)
{
    size_t i = 0;
    while (i < *n && strcmp(v[i], tag) != 0)
        i++;
    if (i == *n && *n < NAMED_MAX)
        v[(*n)++] = lw_strdup(tag);
}

/* Adds the language if it is one; data also has "python" there, and what nobody knows. */
static void add_named(char **v, size_t *n, const json_t *name)
{
    char tag[LW_LANGUAGE_TAG_MAX];
    const char *s = json_string_value(name);
    if (s && lw_spell_language_find(s, tag))
        add(v, n, tag);
}

static void add_of_record(char **v, size_t *n, const json_t *record)
{
    static const char *const members[] = {"lang", "language"};
    size_t before = *n;
    for (size_t i = 0; i < sizeof members / sizeof *members && *n == before; i++) {
        const json_t *named = json_object_get(record, members[i]);
        add_named(v, n, named);
        for (size_t k = 0; k < json_array_size(named); k++)
            add_named(v, n, json_array_get(named, k));
    }
}

static void add_set(
    char **v, size_t *n, const struct lw_project *project, const struct lw_config *config)
{
    char *const *set = project ? project->spelling : NULL;
    set = set || !config ? set : config->spelling;
    for (; set && *set; set++)
        add(v, n, *set);
}

char **lw_spelling_languages(
    const json_t *record, const struct lw_project *project, const struct lw_config *config)
{
    char **v = lw_alloc((NAMED_MAX + 1) * sizeof *v);
    size_t n = 0;
    add_of_record(v, &n, record);
    if (n == 0)
        add_set(v, &n, project, config);
    return v;
}

char **lw_spelling_languages_of_notes(
    const json_t *record, const struct lw_project *project, const struct lw_config *config)
{
    char **v = lw_alloc((NAMED_MAX + 1) * sizeof *v);
    size_t n = 0;
    add_set(v, &n, project, config);
    if (n > 0)
        add_of_record(v, &n, record);
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
