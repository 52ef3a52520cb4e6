/* The samples, labeled end to end: samples/NAME.txt beside this file has the keys of one task on
 * each line, and then what the native export says of each task. With LW_WRITE=1 in the environment
 * that part is written again. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"
#include "labelwright/base/file.h"
#include "labelwright/export/export.h"

static const char MARK[] = "----\n";
static const char *source;
static struct app_fixture p;

/* ---- the file of keys */

static char *read_whole(const char *path)
{
    struct lw_buf text = {0};
    struct lw_err err = {0};
    if (lw_file_read(&lw_sys_real, AT_FDCWD, path, NULL, 1 << 20, &text, &err) != LW_OK)
        fail_msg("%s: it has the keys that label the sample", err.text);
    return lw_buf_detach(&text);
}

static uint64_t count_finished(void)
{
    struct lw_totals t = lw_ledger_totals(p.w.ledger);
    return t.done + t.skipped;
}

/* Presses a line of keys, which must finish one task. */
static void press_line(const char *name, char *keys)
{
    uint64_t finished = count_finished();
    app_fixture_press(&p, keys);
    if (count_finished() != finished + 1)
        fail_msg("%s: \"%s\" does not finish one task:\n%s", name, keys, app_fixture_screen(&p));
}

/* Lines of "#" are comments. */
static void press_all(const char *name, const char *text)
{
    char *keys = lw_strdup(text), *rest = keys, *line;
    *strstr(keys, MARK) = '\0';
    while ((line = strsep(&rest, "\n")))
        if (line[0] && line[0] != '#')
            press_line(name, line);
    free(keys);
}

/* ---- the export */

static enum lw_code add(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    (void)err;
    lw_buf_add(ctx, bytes, n);
    return LW_OK;
}

/* A line for each task: its id, state, and the answers or the reason of the skip. */
static void say_task(struct lw_buf *to, const char *line)
{
    json_t *o = json_loads(line, 0, NULL);
    const char *state = json_string_value(json_object_get(o, "state"));
    bool skipped = strcmp(state, "skipped") == 0;
    char *what = json_dumps(json_object_get(o, skipped ? "skipped" : "answers"),
        JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
    lw_buf_fmt(
        to, "%s %s %s\n", json_string_value(json_object_get(o, "task")), state, what ? what : "");
    free(what);
    json_decref(o);
}

static char *say_export(void)
{
    struct lw_buf native = {0}, said = {0};
    struct lw_export_report report;
    struct lw_err err = {0};
    struct lw_export x = {.project = p.w.project,
        .tasks = p.w.tasks,
        .journal = p.w.journal,
        .ledger = p.w.ledger,
        .write = add,
        .ctx = &native};
    if (lw_export_run("native", &x, &report, &err) != LW_OK)
        fail_msg("%s", err.text);
    char *all = lw_buf_detach(&native), *rest = all, *line;
    while ((line = strsep(&rest, "\n")))
        if (line[0])
            say_task(&said, line);
    free(all);
    return lw_buf_detach(&said);
}

/* ---- one sample */

static bool check_export(const char *path, const char *text)
{
    char *said = say_export();
    const char *golden = strstr(text, MARK) + strlen(MARK);
    bool same = strcmp(said, golden) == 0;
    if (!same && getenv("LW_WRITE")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fprintf(f, "%.*s%s", (int)(golden - text), text, said);
        fclose(f);
    } else if (!same) {
        print_error("%s: the export is\n%s", path, said);
    }
    free(said);
    return same || getenv("LW_WRITE");
}

/* Keys that wait for a picture need one. */
static bool needs_pictures(const char *name, const char *text)
{
    if (!strstr(text, "work:") || lw_picture_can_show())
        return false;
    printf("skip: %s: built without libraries for pictures\n", name);
    return true;
}

static bool label_sample(const char *name)
{
    char *path = lw_format("%s/tests/screens/samples/%s.txt", source, name);
    char *folder = lw_format("%s/samples/%s", source, name), *text = read_whole(path);
    if (!strstr(text, MARK))
        fail_msg("%s has no line of ----", path);
    if (needs_pictures(name, text)) {
        free(text);
        free(folder);
        free(path);
        return true;
    }
    app_fixture_copy(&p, folder);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    press_all(name, text);
    if (!lw_sitting_view(p.s)->finished)
        fail_msg("%s: tasks are open after the last key", name);
    bool same = check_export(path, text);
    app_fixture_end(&p);
    free(text);
    free(folder);
    free(path);
    return same;
}

static int is_sample(const struct dirent *e)
{
    return e->d_type == DT_DIR && e->d_name[0] != '.';
}

static void every_sample_is_labeled_and_exported(void **state)
{
    (void)state;
    struct dirent **names;
    char *folder = lw_format("%s/samples", source);
    int n = scandir(folder, &names, is_sample, alphasort), wrong = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        wrong += !label_sample(names[i]->d_name);
        free(names[i]);
    }
    free(names);
    free(folder);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    source = getenv("LW_SOURCE");
    if (!source)
        source = ".";
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_sample_is_labeled_and_exported)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
