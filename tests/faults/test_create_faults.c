/* `labelwright new` on a disk that fails: every call fails in turn, once, for ever, or is the last.
 * Whatever happens, a project is there as a whole or not at all, nothing that was there is changed,
 * and the next try on a sound disk succeeds. */
#define _GNU_SOURCE
#include "fixtures/failing_disk.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/workspace/create.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define RECORD "{\"id\":\"t1\",\"prompt\":\"P\",\"responses\":[\"A\",\"B\"]}\n"
#define ANSWER "{\"question_id\":1,\"model_id\":\"m\",\"choices\":[{\"turns\":[\"x\"]}]}\n"
#define QUESTION "{\"question_id\":1,\"turns\":[\"P\",\"Q\"]}\n"

/* ---- the folder that a test works in */

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fputs(text, f) >= 0, 1);
    assert_int_equal(fclose(f), 0);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind;
    return at->level == 0 ? 0 : remove(path);
}

static void wipe(void)
{
    assert_int_equal(nftw(".", remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

/* "p.1a2b3c4d" and "project.yaml.1a2b3c4d.tmp" may stay behind where removing them failed. */
static bool is_leftover(const char *name)
{
    const char *dot = strncmp(name, "p.", 2) == 0               ? name + 2
                      : strncmp(name, "project.yaml.", 13) == 0 ? name + 13
                                                                : NULL;
    return dot && strspn(dot, "0123456789abcdef") == 8 && (!dot[8] || strcmp(dot + 8, ".tmp") == 0);
}

static void describe(const char *path, bool leftovers, struct lw_buf *to)
{
    struct dirent **entry;
    int n = scandir(path, &entry, NULL, alphasort);
    assert_true(n >= 0);
    for (int i = 0; i < n; i++) {
        const char *name = entry[i]->d_name;
        char *below = lw_format("%s/%s", path, name);
        if (name[0] != '.' && (leftovers || !is_leftover(name))) {
            struct stat st;
            assert_int_equal(lstat(below, &st), 0);
            lw_buf_fmt(to, "%s:\n", below);
            if (S_ISDIR(st.st_mode))
                describe(below, leftovers, to);
            else
                assert_int_equal(
                    lw_file_read(&lw_sys_real, AT_FDCWD, below, NULL, 1 << 20, to, NULL), LW_OK);
        }
        free(below);
        free(entry[i]);
    }
    free(entry);
}

/* All names and bytes of the folder, except caches (.labelwright); new. */
static char *state(bool leftovers)
{
    struct lw_buf to = {0};
    lw_buf_str(&to, "");
    describe(".", leftovers, &to);
    return lw_buf_detach(&to);
}

/* ---- what is made */

static void prepare_sample(void)
{
    mkdir("sample", 0700);
    mkdir("sample/texts", 0700);
    mkdir("sample/journal", 0700);
    write_file("sample/project.yaml", "labelwright: 1\n");
    write_file("sample/a.jsonl", RECORD);
    write_file("sample/texts/guide.md", "# Guide\n");
    write_file("sample/journal/000001.jsonl", "not copied\n");
}

static enum lw_code make_from_sample(const struct lw_sys *sys, struct lw_err *err)
{
    return lw_create_from(sys, "p", "sample", err);
}

static void prepare_file(void)
{
    write_file("a.jsonl", RECORD);
}

static enum lw_code make_around_file(const struct lw_sys *sys, struct lw_err *err)
{
    const char *const data[] = {"a.jsonl"};
    return lw_create_like(sys, "p", data, 1, NULL, NULL, NULL, err);
}

static void prepare_two(void)
{
    write_file("questions.jsonl", QUESTION);
    write_file("answers.jsonl", ANSWER);
}

static enum lw_code make_around_two(const struct lw_sys *sys, struct lw_err *err)
{
    const char *const data[] = {"questions.jsonl", "answers.jsonl"};
    return lw_create_like(sys, "p", data, 2, NULL, NULL, NULL, err);
}

static void prepare_inside(void)
{
    mkdir("p", 0700);
    write_file("p/a.jsonl", RECORD);
    write_file("p/mine.txt", "mine\n");
}

static enum lw_code make_inside(const struct lw_sys *sys, struct lw_err *err)
{
    const char *const data[] = {"p/a.jsonl"};
    return lw_create_like(sys, "p", data, 1, NULL, NULL, NULL, err);
}

static void prepare_taken(void)
{
    prepare_file();
    prepare_inside();
    write_file("p/project.yaml", "mine\n");
}

/* ---- the sweep */

struct plan {
    const char *name;
    enum fault_how how;
    int error;
    bool half; /* of a write, half is written first */
};

static const struct plan plans[] = {
    {"EIO once", FAULT_ONCE, EIO, false},
    {"EIO for ever", FAULT_EVER, EIO, false},
    {"ENOSPC half written", FAULT_ONCE, ENOSPC, true},
    {"ENOSPC for ever", FAULT_EVER, ENOSPC, false},
    {"EINTR once", FAULT_ONCE, EINTR, false},
    {"cannot refuse to replace", FAULT_ONCE, EINVAL, false},
    {"killed", FAULT_CRASH, EIO, false},
    {"killed in the middle of a write", FAULT_CRASH, EIO, true},
};

struct work {
    void (*prepare)(void);
    enum lw_code (*make)(const struct lw_sys *sys, struct lw_err *err);
    char *before, *after; /* states; `after` NULL where nothing can be made */
};

/* `other` is as good; NULL for none. */
static void expect_state(const char *want, const char *other, bool leftovers, const char *what)
{
    char *now = state(leftovers);
    if (strcmp(now, want) != 0 && !(other && strcmp(now, other) == 0))
        fail_msg("%s: the folder holds\n%s\nnot\n%s", what, now, want);
    free(now);
}

/* False when all was made before call `at`. */
static bool run(const struct work *w, const struct plan *p, unsigned long at)
{
    struct faults f;
    struct lw_err err = {0};
    char what[200];
    snprintf(what, sizeof what, "%s at call %lu", p->name, at);
    wipe();
    w->prepare();
    faults_init(&f);
    f.fail_at = at;
    f.how = p->how;
    f.error = p->error;
    f.half = p->half;
    enum lw_code code = w->make(&f.sys, &err);
    bool reached = f.calls >= at;
    faults_fini(&f);
    if (code == LW_OK && !w->after)
        fail_msg("%s: made in place of another", what);
    if (code != LW_OK && !err.text[0])
        fail_msg("%s: fails without a word", what);
    const char *killed = p->how == FAULT_CRASH ? w->after : NULL; /* after all was there */
    expect_state(
        code == LW_OK ? w->after : w->before, killed, p->how == FAULT_ONCE && w->after, what);
    if (w->after) {
        w->make(&lw_sys_real, &err); /* again, on a sound disk */
        expect_state(w->after, NULL, false, what);
    }
    return reached;
}

static void sweep(void (*prepare)(void),
    enum lw_code (*make)(const struct lw_sys *sys, struct lw_err *err), bool possible)
{
    struct work w = {prepare, make, NULL, NULL};
    struct lw_err err = {0};
    wipe();
    prepare();
    w.before = state(true);
    enum lw_code code = make(&lw_sys_real, &err);
    if ((code == LW_OK) != possible)
        fail_msg("on a sound disk: %s", err.text);
    if (possible)
        w.after = state(true);
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        for (unsigned long at = 1; run(&w, &plans[i], at); at++)
            ;
    free(w.before);
    free(w.after);
}

/* ---- tests */

static void a_sample_is_copied_whole_or_not_at_all(void **state)
{
    (void)state;
    sweep(prepare_sample, make_from_sample, true);
}

static void a_project_around_a_file_is_made_whole_or_not_at_all(void **state)
{
    (void)state;
    sweep(prepare_file, make_around_file, true);
}

static void a_project_around_two_files_is_made_whole_or_not_at_all(void **state)
{
    (void)state;
    sweep(prepare_two, make_around_two, true);
}

static void a_folder_of_data_gets_a_whole_project_or_none(void **state)
{
    (void)state;
    sweep(prepare_inside, make_inside, true);
}

static void what_is_in_the_way_is_never_replaced(void **state)
{
    (void)state;
    sweep(prepare_taken, make_around_file, false);
    sweep(prepare_taken, make_inside, false);
}

static int enter(void **state)
{
    static char dir[] = "/tmp/lw-create-XXXXXX";
    *state = mkdtemp(dir);
    return *state && chdir(dir) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    wipe();
    return chdir("/") == 0 ? rmdir(*state) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sample_is_copied_whole_or_not_at_all),
        cmocka_unit_test(a_project_around_a_file_is_made_whole_or_not_at_all),
        cmocka_unit_test(a_project_around_two_files_is_made_whole_or_not_at_all),
        cmocka_unit_test(a_folder_of_data_gets_a_whole_project_or_none),
        cmocka_unit_test(what_is_in_the_way_is_never_replaced),
    };
    return cmocka_run_group_tests(tests, enter, leave);
}
