#define _GNU_SOURCE
#include "trial.h"
#include "wait.h"

#include "labelwright/base/file.h"
#include "labelwright/text/glyph.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { WORDS_MAX = 32 };

/* ---- the folder ---- */

static void write_file(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "w");
    if (!f)
        fail_msg("cannot write %s", path);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static bool read_file(const char *path, struct lw_buf *to)
{
    struct lw_err err = {0};
    lw_buf_clear(to);
    return lw_file_read(&lw_sys_real, AT_FDCWD, path, NULL, SIZE_MAX / 4, to, &err) == LW_OK;
}

static void put(const struct trial *t, const char *name, const void *bytes, size_t n)
{
    char *path = lw_format("%s/%s", t->dir, name);
    write_file(path, bytes, n);
    free(path);
}

static void copy(const struct trial *t, const char *from, const char *name)
{
    struct lw_buf bytes = {0};
    if (!read_file(from, &bytes))
        fail_msg("cannot read %s", from);
    put(t, name, bytes.data, bytes.len);
    lw_buf_fini(&bytes);
}

static void make(struct trial *t)
{
    const char *tmp = getenv("TMPDIR"), *program = getenv("LW_PROGRAM");
    *t = (struct trial){0};
    assert_true(lw_locale_init());
    assert_non_null(program);
    snprintf(t->program, sizeof t->program, "%s", program);
    snprintf(t->dir, sizeof t->dir, "%.32s/lw-trial-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(t->dir));
    snprintf(t->path, sizeof t->path, "%s", t->dir);
    snprintf(t->project, sizeof t->project, "%s", t->dir);
    snprintf(t->config, sizeof t->config, "XDG_CONFIG_HOME=%s/config", t->dir);
    /* What tests type at once, and what a loaded machine bunches, are keys. */
    trial_settings(t, "config.yaml", "annotator: ana\ndigit_guard_ms: 0\npaste_guard: false\n");
}

void trial_make(struct trial *t, const char *yaml, const char *jsonl, size_t n)
{
    make(t);
    put(t, "project.yaml", yaml, strlen(yaml));
    put(t, "tasks.jsonl", jsonl, n);
}

void trial_copy(struct trial *t, const char *sample)
{
    static const char *const files[] = {"project.yaml", "tasks.jsonl", "guidelines.md"};
    const char *source = getenv("LW_SOURCE");
    assert_non_null(source);
    make(t);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *from = lw_format("%s/samples/%s/%s", source, sample, files[i]);
        copy(t, from, files[i]);
        free(from);
    }
}

void trial_copy_file(struct trial *t, const char *file)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    make(t);
    copy(t, file, name);
    snprintf(t->path, sizeof t->path, "%s/%.120s", t->dir, name);
    snprintf(t->project, sizeof t->project, "%s.labelwright", t->path);
}

void trial_settings(const struct trial *t, const char *name, const char *text)
{
    static const char *const folders[] = {
        "config", "config/labelwright", "config/labelwright/themes"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *folder = lw_format("%s/%s", t->dir, folders[i]);
        mkdir(folder, 0700);
        free(folder);
    }
    char *path = lw_format("config/labelwright/%s", name);
    put(t, path, text, strlen(text));
    free(path);
}

void trial_remove(struct trial *t)
{
    char *command = lw_format("rm -rf '%s'", t->dir);
    assert_int_equal(system(command), 0);
    free(command);
}

/* ---- the program ---- */

const char **trial_env(const struct trial *t, const char *const *env)
{
    const char **all = lw_alloc((WORDS_MAX + 2) * sizeof *all);
    size_t n = 0;
    all[n++] = t->config;
    for (; env && *env && n < WORDS_MAX; env++)
        all[n++] = *env;
    return all;
}

struct lw_pty *trial_start(const struct trial *t, int rows, int cols, const char *const *env)
{
    const char **all = trial_env(t, env);
    struct lw_pty *p =
        lw_pty_start(rows, cols, all, (const char *const[]){t->program, t->path, NULL});
    free(all);
    return p;
}

static bool started(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    const char *screen = lw_pty_screen(p);
    return strstr(screen, "BEFORE YOU START") || strstr(screen, "? help");
}

struct lw_pty *trial_open(const struct trial *t, int rows, int cols, const char *const *env)
{
    struct lw_pty *p = trial_start(t, rows, cols, env);
    lw_pty_wait(p, started, NULL, "a task, or what must be read before");
    if (strstr(lw_pty_screen(p), "BEFORE YOU START"))
        lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "? help");
    return p;
}

void trial_leave(struct lw_pty *p)
{
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

void trial_kill(struct lw_pty *p)
{
    lw_pty_signal(p, SIGKILL);
    assert_int_equal(lw_pty_wait_exit(p), 128 + SIGKILL);
    lw_pty_free(p);
}

static void run_child(const struct trial *t, const char *const *words, int out)
{
    const char *argv[WORDS_MAX + 3] = {t->program};
    const char **env = trial_env(t, NULL);
    int n = 1;
    for (; *words && n < WORDS_MAX; words++)
        argv[n++] = *words;
    argv[n] = t->path;
    dup2(out, STDOUT_FILENO);
    execve(t->program, (char *const *)(uintptr_t)argv, lw_test_env(env));
    _exit(127);
}

int trial_run(const struct trial *t, const char *const *words, struct lw_buf *out)
{
    int fd[2], status = -1;
    struct lw_buf dropped = {0}, *to = out ? out : &dropped;
    assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        run_child(t, words, fd[1]);
    close(fd[1]);
    lw_buf_clear(to);
    for (ssize_t n; (n = read(fd[0], lw_buf_room(to, 4096), 4096)) > 0;)
        to->len += (size_t)n;
    lw_buf_add(to, "", 0);
    close(fd[0]);
    waitpid(pid, &status, 0);
    lw_buf_fini(&dropped);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- what it left on the disk ---- */

static void add_lines(json_t *to, const char *path)
{
    struct lw_buf bytes = {0};
    if (!read_file(path, &bytes))
        fail_msg("cannot read %s", path);
    for (char *line = bytes.data, *end; (end = strchr(line, '\n')); line = end + 1) {
        json_error_t e;
        json_t *event = json_loadb(line, (size_t)(end - line), JSON_REJECT_DUPLICATES, &e);
        if (!event)
            fail_msg("%s: %s: %.200s", path, e.text, line);
        json_array_append_new(to, event);
    }
    lw_buf_fini(&bytes);
}

json_t *trial_journal(const struct trial *t)
{
    json_t *events = json_array();
    for (int segment = 1;; segment++) {
        char *path = lw_format("%s/journal/%06d.jsonl", t->project, segment);
        bool there = access(path, F_OK) == 0;
        if (there)
            add_lines(events, path);
        free(path);
        if (!there)
            return events;
    }
}

const char *trial_type(const json_t *event)
{
    const char *type = json_string_value(json_object_get(event, "type"));
    return type ? type : "";
}

size_t trial_count(const json_t *events, const char *type)
{
    size_t i, n = 0;
    json_t *event;
    json_array_foreach(events, i, event) n += strcmp(trial_type(event), type) == 0;
    return n;
}

static bool is_json(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot, ".json") == 0;
}

json_t *trial_drafts(const struct trial *t)
{
    json_t *drafts = json_array();
    char *folder = lw_format("%s/.labelwright/drafts", t->project);
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        char *path = lw_format("%s/%s", folder, e->d_name);
        json_t *draft = is_json(e->d_name) ? json_load_file(path, 0, NULL) : NULL;
        if (draft)
            json_array_append_new(drafts, draft);
        free(path);
    }
    if (d)
        closedir(d);
    free(folder);
    return drafts;
}

static bool has_draft(const struct trial *t, const char *text)
{
    json_t *drafts = trial_drafts(t);
    char *all = json_dumps(drafts, JSON_COMPACT);
    bool has = strstr(all, text) != NULL;
    free(all);
    json_decref(drafts);
    return has;
}

void trial_wait_draft(const struct trial *t, const char *text)
{
    int64_t deadline = lw_test_now_ms() + LW_PTY_PATIENCE_MS;
    while (!has_draft(t, text)) {
        if (lw_test_now_ms() > deadline)
            fail_msg("waited in vain for a draft with: %s", text);
        lw_test_pause(10);
    }
}
