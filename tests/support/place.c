#define _GNU_SOURCE
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "labelwright/base/file.h"
#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"

static const int64_t NOON = INT64_C(1795348800000); /* 2026-11-22T12:00:00Z */

static int fixed_clock(const struct lw_sys *sys, clockid_t which, struct timespec *to)
{
    const struct place *p = sys->ctx;
    (void)which;
    to->tv_sec = (time_t)(p->now_ms / 1000);
    to->tv_nsec = (long)(p->now_ms % 1000) * 1000000;
    return 0;
}

static ssize_t fixed_random(const struct lw_sys *sys, void *to, size_t n)
{
    const struct place *p = sys->ctx;
    memset(to, p->annotator ? p->annotator[0] : 0x5a, n); /* another one's journal has its own id */
    return (ssize_t)n;
}

static void make(struct place *p)
{
    *p = (struct place){.sys = lw_sys_real, .now_ms = NOON, .w = {.dir = -1}};
    assert_true(lw_locale_init());
    p->sys.clock = fixed_clock;
    p->sys.random = fixed_random;
    const char *tmp = getenv("TMPDIR");
    snprintf(p->dir, sizeof p->dir, "%.32s/lw-place-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(p->dir));
    snprintf(p->state, sizeof p->state, "%s-state", p->dir);
    setenv("XDG_STATE_HOME", p->state, 1); /* the same numbers, so the same id, for each place */
    snprintf(p->path, sizeof p->path, "%s", p->dir);
    lw_frame_init(&p->frame, 24, 80);
}

void place_write(const struct place *p, const char *name, const char *bytes, size_t n)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", p->dir, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static char *read_path(const char *path, size_t *n)
{
    struct lw_buf b = {0};
    struct lw_err err = {0};
    if (lw_file_read(&lw_sys_real, AT_FDCWD, path, NULL, SIZE_MAX / 4, &b, &err) != LW_OK)
        fail_msg("%s", err.text);
    if (n)
        *n = b.len;
    return lw_buf_take(&b);
}

char *place_read(const struct place *p, const char *name, size_t *n)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", p->dir, name);
    return read_path(path, n);
}

void place_make(struct place *p, const char *yaml, const char *jsonl)
{
    make(p);
    place_write(p, "project.yaml", yaml, strlen(yaml));
    place_write(p, "tasks.jsonl", jsonl, strlen(jsonl));
}

static void copy_in(struct place *p, const char *from, const char *name)
{
    size_t n;
    char *bytes = read_path(from, &n);
    place_write(p, name, bytes, n);
    free(bytes);
}

void place_copy(struct place *p, const char *folder)
{
    static const char *const files[] = {"project.yaml", "tasks.jsonl", "guidelines.md"};
    make(p);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *from = lw_format("%s/%s", folder, files[i]);
        if (access(from, R_OK) == 0)
            copy_in(p, from, files[i]);
        free(from);
    }
}

void place_copy_file(struct place *p, const char *file)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    make(p);
    copy_in(p, file, name);
    snprintf(p->path, sizeof p->path, "%s/%.60s", p->dir, name);
}

void place_open(struct place *p)
{
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    p->sys.ctx = p;
    p->config.annotator = lw_strdup(p->annotator ? p->annotator : "ana");
    p->config.idle_ms = 120000;
    assert_true(lw_keymap_init(&p->keys, &p->config, &problems));
    struct lw_workspace_opts opts = {.sys = &p->sys, .path = p->path, .config = &p->config};
    if (lw_workspace_open(&opts, &p->w, &problems, &err) != LW_OK)
        fail_msg("%s", problems.n ? problems.v[0] : err.text);
    assert_int_equal(lw_workspace_index_all(&p->w, NULL, NULL, &err), LW_OK);
    struct lw_sitting_opts with = {.sys = &p->sys,
        .project = p->w.project,
        .tasks = p->w.tasks,
        .journal = p->w.journal,
        .ledger = p->w.ledger,
        .dir = p->w.dir,
        .workspace = &p->w,
        .idle_ms = p->config.idle_ms,
        .only = p->only};
    if (lw_sitting_open(&with, &p->s, &err) != LW_OK)
        fail_msg("%s", err.text);
    struct lw_sync_opts sending = {.sys = &p->sys,
        .project = p->w.project,
        .config = &p->config,
        .journal = p->w.journal,
        .ledger = p->w.ledger,
        .gather_ms = 10000};
    assert_int_equal(lw_sync_open(&sending, &p->sync, &err), LW_OK);
    int rows = p->desk.rows ? p->desk.rows : 24, cols = p->desk.cols ? p->desk.cols : 80;
    lw_app_init(&p->desk, p->s, &p->keys);
    p->desk.sync = p->sync;
    lw_app_resize(&p->desk, rows, cols);
}

void place_close(struct place *p)
{
    int rows = p->desk.rows, cols = p->desk.cols;
    lw_app_fini(&p->desk);
    p->desk.rows = rows;
    p->desk.cols = cols;
    lw_sync_close(p->sync);
    p->sync = NULL;
    lw_sitting_close(p->s);
    p->s = NULL;
    lw_workspace_close(&p->w);
    lw_keymap_fini(&p->keys);
    free(p->config.annotator);
    p->config.annotator = NULL;
}

static ssize_t dead(const struct lw_sys *sys, int fd, const void *from, size_t n)
{
    (void)sys, (void)fd, (void)from, (void)n;
    errno = EIO;
    return -1;
}

void place_crash(struct place *p)
{
    /* Every call that could change the disk fails from here on; closing then frees memory only. */
    p->sys.write = dead;
    struct lw_sys alive = lw_sys_real;
    alive.clock = fixed_clock;
    alive.random = fixed_random;
    place_close(p);
    p->sys = alive;
}

void place_remove(struct place *p)
{
    char *command = lw_format("rm -rf '%s' '%s'", p->dir, p->state);
    assert_int_equal(system(command), 0);
    free(command);
    lw_frame_fini(&p->frame);
}

static void press(struct place *p, struct lw_key key, const char *paste)
{
    lw_app_key(&p->desk, key, paste, paste ? strlen(paste) : 0);
}

static void type(struct place *p, const char *text)
{
    for (size_t n = strlen(text), at = 0; at < n;) {
        struct lw_key key = {.name = LW_KEY_CHAR};
        at += lw_utf8_decode(text + at, n - at, &key.ch);
        if (key.ch == '_')
            key = (struct lw_key){.name = LW_KEY_SPACE};
        press(p, key, NULL);
    }
}

static void paste(struct place *p, const char *text)
{
    char *lines = lw_strdup(text);
    for (char *c = lines; *c; c++)
        *c = *c == '_' ? '\n' : *c;
    press(p, (struct lw_key){.name = LW_KEY_PASTE}, lines);
    free(lines);
}

/* Sends what is due, as the loop does between keys. */
static void send_some(struct place *p)
{
    for (int i = 0; i < 1000 && lw_sync_due_ms(p->sync) == 0; i++)
        lw_sync_step(p->sync);
    lw_app_sent(&p->desk);
}

static void press_named(struct place *p, const char *name)
{
    struct lw_key key;
    if (strncmp(name, "type:", 5) == 0)
        type(p, name + 5);
    else if (strncmp(name, "paste:", 6) == 0)
        paste(p, name + 6);
    else if (strncmp(name, "wait:", 5) == 0)
        p->now_ms += atoi(name + 5);
    else if (strcmp(name, "send:") == 0)
        send_some(p);
    else if (lw_key_parse(name, &key))
        press(p, key, NULL);
    else
        fail_msg("no key is called \"%s\"", name);
}

void place_press(struct place *p, const char *keys)
{
    char *copy = lw_strdup(keys), *rest = copy;
    for (char *name; (name = strtok_r(rest, " \n", &rest));)
        press_named(p, name);
    free(copy);
}

const char *place_screen(struct place *p)
{
    static struct lw_buf text;
    lw_app_draw(&p->desk, &p->frame);
    lw_buf_clear(&text);
    lw_frame_print(&p->frame, false, &text);
    return text.data;
}

bool place_shows(struct place *p, const char *text)
{
    return strstr(place_screen(p), text) != NULL;
}
