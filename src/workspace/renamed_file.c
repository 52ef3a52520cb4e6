/* A data file that was renamed: finds the folder with its labels, and gives it the new name. Asking
 * the user is the command's.
 *
 * A folder beside the file fits when the file that it names is gone and records it labeled are in
 * this file, by SHA-256: one pass over the first 64 MiB of the file, for each such folder. */
#define _GNU_SOURCE
#include "labelwright/workspace/renamed_file.h"
#include "workspace/project_template_internal.h"
#include "workspace/typed_path_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/format/detect.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/ledger/task_marks.h"
#include "labelwright/project/project.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PROJECT_MAX = 256 * 1024, SEARCH_BYTES = 64 * 1024 * 1024, NAMES_MOST = 1000 };

static const char suffix[] = ".labelwright", file_name[] = "project.yaml";

/* ---- paths */

/* "dir/" with its slash, "" for the working folder. */
static char *dir_of(const char *path)
{
    return lw_strndup(path, (size_t)(lw_path_base(path) - path));
}

static bool is_kind(const char *path, mode_t kind)
{
    struct stat st;
    return stat(path, &st) == 0 && (st.st_mode & S_IFMT) == kind;
}

/* The data file that PATH is or belongs to; NULL for anything else. */
static char *data_of(const char *path)
{
    struct stat st;
    char *data = lw_path_trim(path);
    size_t n = strlen(data), cut = sizeof suffix - 1;
    if (n > cut && strcmp(data + n - cut, suffix) == 0 && is_kind(data, S_IFDIR))
        data[n - cut] = '\0';
    char *real = lstat(data, &st) == 0 && S_ISLNK(st.st_mode) ? realpath(data, NULL) : NULL;
    if (real) {
        free(data);
        data = real;
    }
    if (is_kind(data, S_IFREG))
        return data;
    free(data);
    return NULL;
}

/* ---- project.yaml */

static bool read_project(const struct lw_sys *sys, const char *folder, struct lw_buf *to)
{
    char *file = lw_format("%s/%s", folder, file_name);
    bool there = lw_file_read(sys, AT_FDCWD, file, NULL, PROJECT_MAX, to, NULL) == LW_OK && to->len;
    free(file);
    return there;
}

/* The file next to the folder that is its first task file: "X" of "../X"; NULL for another one. */
static char *names_beside(const struct lw_buf *text)
{
    struct lw_problems none = {0};
    struct lw_yaml *y = lw_yaml_parse(file_name, text->data, text->len, &none);
    const struct lw_yaml *tasks = y ? lw_yaml_get(y, "tasks") : NULL;
    const struct lw_yaml *first =
        tasks && tasks->kind == LW_YAML_LIST && tasks->n > 0 ? tasks->item[0] : NULL;
    const struct lw_yaml *file =
        first && first->kind == LW_YAML_MAP ? lw_yaml_get(first, "file") : first;
    bool beside = file && file->kind == LW_YAML_SCALAR && strncmp(file->text, "../", 3) == 0 &&
                  file->text[3] && !strchr(file->text + 3, '/');
    char *name = beside ? lw_strdup(file->text + 3) : NULL;
    lw_yaml_free(y);
    lw_problems_fini(&none);
    return name;
}

/* ---- labels of the file */

static void add_entry(void *ctx, const struct lw_entry *e)
{
    lw_keys_add(ctx, e->record);
}

static void add_journal(const struct lw_sys *sys, int dir, const char *name, struct lw_keys *to)
{
    struct lw_ledger *ledger = lw_ledger_new();
    struct lw_journal *j = NULL;
    struct lw_journal_opts opts = {.sys = sys, .dir = dir, .name = name, .read_only = true};
    lw_ledger_follow(ledger, &opts);
    if (lw_journal_open(&opts, &j, NULL) == LW_OK)
        lw_ledger_each(ledger, add_entry, to);
    lw_journal_close(j);
    lw_ledger_free(ledger);
}

struct names {
    const char *begin, *end; /* the names start and end with these */
    char *v[NAMES_MOST];
    size_t n;
};

static void add_name(void *ctx, const char *name)
{
    struct names *to = ctx;
    size_t n = strlen(name), end = strlen(to->end);
    if (to->n < NAMES_MOST && strncmp(name, to->begin, strlen(to->begin)) == 0 && n > end &&
        strcmp(name + n - end, to->end) == 0)
        to->v[to->n++] = lw_strdup(name);
}

static void free_names(struct names *n)
{
    while (n->n > 0)
        free(n->v[--n->n]);
}

/* Collects the records that any annotator labeled. */
static void labeled_records(const struct lw_sys *sys, const char *folder, struct lw_keys *to)
{
    struct names journals = {.begin = "journal", .end = ""};
    int dir = lw_dir_open(sys, AT_FDCWD, folder);
    if (dir < 0)
        return;
    sys->list(sys, dir, add_name, &journals);
    for (size_t i = 0; i < journals.n; i++)
        add_journal(sys, dir, journals.v[i], to);
    free_names(&journals);
    sys->close(sys, dir);
    lw_keys_sort(to);
}

static uint64_t record_key(const struct lw_raw_record *raw)
{
    char hash[LW_SHA256_HEX];
    lw_sha256_hex(raw->s, (size_t)raw->n, hash);
    hash[16] = '\0';
    return strtoull(hash, NULL, 16);
}

static uint64_t count_matches(
    struct lw_lines *file, const struct lw_record_reader *source, const struct lw_keys *labeled)
{
    uint64_t matches = 0, last = file->size < SEARCH_BYTES ? file->size : SEARCH_BYTES;
    struct lw_raw_record raw;
    for (uint64_t at = source->begin; at < last; at = raw.next) {
        if (lw_record_reader_get(source, file, at, &raw, NULL) != LW_OK)
            break;
        if (!raw.blank && raw.n <= LW_RECORD_MAX)
            matches += lw_keys_have(labeled, record_key(&raw));
    }
    return matches;
}

static uint64_t matches_in(
    const struct lw_sys *sys, const char *data, const struct lw_keys *labeled)
{
    struct stat st;
    struct lw_record_reader source = {0};
    struct lw_lines file = {.sys = sys, .name = data};
    uint64_t matches = 0;
    if (labeled->n == 0 || lw_detect_open(sys, data, data, &file.fd, &st, NULL) != LW_OK)
        return 0;
    file.size = (uint64_t)st.st_size;
    if (lw_detect(&file, NULL, &source, NULL) == LW_OK)
        matches = count_matches(&file, &source, labeled);
    lw_record_reader_fini(&source);
    lw_lines_fini(&file);
    sys->close(sys, file.fd);
    return matches;
}

/* ---- finding */

/* The file that the folder's project names next to it, if it does not exist; else NULL. */
static char *missing_of(const struct lw_sys *sys, const char *folder)
{
    struct lw_buf text = {0};
    char *was = read_project(sys, folder, &text) ? names_beside(&text) : NULL;
    char *dir = dir_of(folder), *path = was ? lw_format("%s%s", dir, was) : NULL;
    struct stat st;
    if (path && lstat(path, &st) == 0) {
        free(was);
        was = NULL;
    }
    free(path);
    free(dir);
    lw_buf_fini(&text);
    return was;
}

static void set_found(struct lw_renamed_file *to, char *folder, char *was, uint64_t labels)
{
    free(to->folder);
    free(to->was);
    to->folder = folder;
    to->was = was;
    to->labels = labels;
}

/* If there are several, the one with the most labels. */
static void try_folder(const struct lw_sys *sys, char *folder, struct lw_renamed_file *to)
{
    struct lw_keys labeled = {0};
    char *was = missing_of(sys, folder);
    if (was)
        labeled_records(sys, folder, &labeled);
    uint64_t labels = was ? matches_in(sys, to->data, &labeled) : 0;
    lw_keys_fini(&labeled);
    if (labels > to->labels) {
        set_found(to, folder, was, labels);
        return;
    }
    free(was);
    free(folder);
}

static void try_folders_beside(const struct lw_sys *sys, struct lw_renamed_file *to)
{
    static struct names folders;
    folders = (struct names){.begin = "", .end = suffix};
    char *dir = dir_of(to->data);
    int fd = lw_dir_open(sys, AT_FDCWD, *dir ? dir : ".");
    if (fd >= 0) {
        sys->list(sys, fd, add_name, &folders);
        sys->close(sys, fd);
    }
    for (size_t i = 0; i < folders.n; i++)
        try_folder(sys, lw_format("%s%s", dir, folders.v[i]), to);
    free_names(&folders);
    free(dir);
}

bool lw_renamed_file_find(const struct lw_sys *sys, const char *path, struct lw_renamed_file *to)
{
    *to = (struct lw_renamed_file){.data = data_of(path)};
    if (!to->data)
        return false;
    char *own = lw_format("%s%s", to->data, suffix);
    struct stat st;
    bool has_own = lstat(own, &st) == 0;
    char *was = has_own ? missing_of(sys, own) : NULL;
    if (was)
        set_found(to, lw_strdup(own), was, 0);
    else if (!has_own)
        try_folders_beside(sys, to);
    free(own);
    return to->folder != NULL;
}

void lw_renamed_file_fini(struct lw_renamed_file *m)
{
    free(m->data);
    free(m->folder);
    free(m->was);
    *m = (struct lw_renamed_file){0};
}

static bool moved_together(const struct lw_renamed_file *m)
{
    size_t n = strlen(m->data);
    return strncmp(m->folder, m->data, n) == 0 && strcmp(m->folder + n, suffix) == 0;
}

char *lw_renamed_file_describe(const struct lw_renamed_file *m)
{
    const char *now = lw_path_base(m->data);
    if (moved_together(m))
        return lw_format("%s/%s names ../%s, which no longer exists: was it renamed to %s?",
            m->folder, file_name, m->was, now);
    return lw_format("%s has labels for %" PRIu64
                     " record%s of %s. They were made for %s, which no longer exists: was it "
                     "renamed? To start without these labels, move that folder away.",
        m->folder, m->labels, m->labels == 1 ? "" : "s", now, m->was);
}

/* ---- applying */

static void replace_in(struct lw_buf *text, const char *was, const char *now)
{
    struct lw_buf to = {0};
    size_t n = strlen(was);
    for (const char *at = text->data, *next; at; at = next) {
        next = strstr(at, was);
        lw_buf_add(&to, at, next ? (size_t)(next - at) : strlen(at));
        if (next)
            lw_buf_str(&to, now);
        next = next ? next + n : NULL;
    }
    lw_buf_fini(text);
    *text = to;
}

/* The name of the file in quotes, as it was made, or without, as a person may have written it. */
static void rename_in(struct lw_buf *text, const char *was, const char *now)
{
    static const char *const forms[][2] = {{"", ""}, {"../", ""}, {"../", "plain"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char *a = lw_format("%s%s", forms[i][0], was), *b = lw_format("%s%s", forms[i][0], now);
        char *from = *forms[i][1] ? lw_format("file: %s\n", a) : lw_yaml_quoted(a);
        char *to = lw_yaml_quoted(b);
        if (*forms[i][1] && to) {
            char *line = lw_format("file: %s\n", to);
            free(to);
            to = line;
        }
        if (from && to)
            replace_in(text, from, to);
        free(a);
        free(b);
        free(from);
        free(to);
    }
}

static enum lw_code rewrite(const struct lw_sys *sys, const char *folder,
    const struct lw_renamed_file *m, struct lw_err *err)
{
    struct lw_buf text = {0};
    const char *now = lw_path_base(m->data);
    char *named = NULL;
    if (read_project(sys, folder, &text)) {
        rename_in(&text, m->was, now);
        named = names_beside(&text);
    }
    enum lw_code code =
        named && strcmp(named, now) == 0
            ? LW_OK
            : lw_fail(err, LW_EBAD, "%s/%s: write the new name of the file there: file: \"../%s\"",
                  folder, file_name, now);
    int dir = code == LW_OK ? lw_dir_open(sys, AT_FDCWD, folder) : -1;
    if (code == LW_OK && dir < 0)
        code = lw_fail_errno(err, "%s: cannot open the folder", folder);
    if (code == LW_OK)
        code = lw_file_replace(sys, dir, file_name, text.data, text.len, true, err);
    if (dir >= 0)
        sys->close(sys, dir);
    free(named);
    lw_buf_fini(&text);
    return code;
}

enum lw_code lw_renamed_file_apply(
    const struct lw_sys *sys, const struct lw_renamed_file *m, struct lw_err *err)
{
    char *own = lw_format("%s%s", m->data, suffix);
    enum lw_code code = LW_OK;
    if (strcmp(own, m->folder) != 0 && sys->renameat(sys, AT_FDCWD, m->folder, own) != 0)
        code = lw_fail_errno(err, "%s: cannot rename it to %s", m->folder, own);
    if (code == LW_OK)
        code = rewrite(sys, own, m, err);
    free(own);
    return code;
}
