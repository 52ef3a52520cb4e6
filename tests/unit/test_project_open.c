/* Opening a path: a project, a project file, or a bare data file, which gets a project beside it.
 */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/project/project.h"
#include "labelwright/project/question.h"
#include "labelwright/workspace/project_open.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define PAIR "{\"id\":\"t\",\"prompt\":\"p\",\"responses\":[{\"text\":\"x\"},{\"text\":\"y\"}]}\n"
#define ONE "{\"id\":\"t\",\"prompt\":\"p\",\"responses\":[{\"text\":\"x\"}]}\n"
#define SOUND "labelwright: 1\ntasks: [tasks.jsonl]\nquestions: [{name: q, type: text}]\n"

static char *old_folder, *folder;

static int enter_folder(void **state)
{
    (void)state;
    old_folder = getcwd(NULL, 0);
    folder = lw_strdup("/tmp/lw-project-XXXXXX");
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

static int leave_folder(void **state)
{
    (void)state;
    int failed = chdir(old_folder);
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
    free(old_folder);
    return failed;
}

static void put_bytes(const char *path, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static void put(const char *path, const char *text)
{
    put_bytes(path, text, strlen(text));
}

static void make_dir(const char *path)
{
    assert_int_equal(mkdir(path, 0700), 0);
}

static struct lw_project *opens(const char *path, bool made)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_project *project = NULL;
    bool was_made = !made;
    if (lw_project_open(&lw_sys_real, path, false, &project, &was_made, &p, &err) != LW_OK)
        fail_msg("%s: %s", path, p.n ? p.v[0] : err.text);
    assert_non_null(project);
    assert_int_equal(was_made, made);
    assert_int_equal(err.code, LW_OK);
    return project;
}

static void refuses_by(
    const struct lw_sys *sys, const char *path, enum lw_code code, const char *part)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_project *project = NULL;
    bool made = true;
    assert_int_equal(lw_project_open(sys, path, false, &project, &made, &p, &err), code);
    assert_null(project);
    assert_false(made);
    assert_int_equal(err.code, code);
    if (!strstr(err.text, part))
        fail_msg("wanted \"%s\" in \"%s\"", part, err.text);
    assert_int_equal(p.n > 0, code == LW_EBAD);
    lw_problems_fini(&p);
}

static void refuses(const char *path, enum lw_code code, const char *part)
{
    refuses_by(&lw_sys_real, path, code, part);
}

/* "name type target" of each question. */
static void has_questions(const struct lw_project *p, const char *wanted)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < p->nquestions; i++)
        lw_buf_fmt(&b, "%s %s %s%s; ", p->question[i].name, lw_qtype_name(p->question[i].type),
            lw_target_name(p->question[i].on), p->question[i].required ? "!" : "");
    assert_string_equal(b.data, wanted);
    lw_buf_fini(&b);
}

static void opens_a_folder_however_it_is_named(void **state)
{
    (void)state;
    make_dir("catalan");
    put("catalan/project.yaml", SOUND);
    static const struct {
        const char *path, *file;
    } rows[] = {
        {"catalan", "catalan/project.yaml"},
        {"catalan/", "catalan/project.yaml"},
        {"catalan///", "catalan/project.yaml"},
        {"catalan/project.yaml", "catalan/project.yaml"},
        {"./catalan/.", "./catalan/./project.yaml"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_project *p = opens(rows[i].path, false);
        assert_string_equal(p->file, rows[i].file);
        assert_string_equal(p->title, "catalan");
        lw_project_free(p);
    }
    assert_int_equal(chdir("catalan"), 0);
    struct lw_project *p = opens("project.yaml", false);
    assert_string_equal(p->title, "catalan");
    lw_project_free(p);
}

static void makes_questions_by_the_number_of_responses(void **state)
{
    (void)state;
#define NOTE "note text task; "
#define PROBLEMS "problems tags response; "
    static const struct {
        const char *record, *questions;
    } rows[] = {
        {"{\"prompt\":\"p\"}\n", "quality rating task!; " NOTE},
        {ONE, "quality rating response!; " PROBLEMS NOTE},
        {PAIR, "better compare task!; " PROBLEMS NOTE},
        {"{\"prompt\":\"p\",\"responses\":[{\"text\":\"x\"},{\"text\":\"y\"},{\"text\":\"z\"}]}",
            "ranking rank task!; quality rating response; " PROBLEMS NOTE},
        {"{\"chosen\":\"\\n\\nHuman: q\\n\\nAssistant: x\",\"rejected\":\"\\n\\nHuman: "
         "q\\n\\nAssistant: y\"}\n",
            "better compare task!; " PROBLEMS NOTE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *name = lw_format("data%zu.jsonl", i);
        put(name, rows[i].record);
        struct lw_project *p = opens(name, true);
        has_questions(p, rows[i].questions);
        lw_project_free(p);
        free(name);
    }
}

static void makes_a_project_that_is_found_again(void **state)
{
    (void)state;
    put("a.jsonl", PAIR);
    struct lw_project *p = opens("a.jsonl", true);
    assert_string_equal(p->dir, "a.jsonl.labelwright");
    assert_string_equal(p->title, "a.jsonl");
    assert_string_equal(p->tasks[0].path, "../a.jsonl");
    lw_project_free(p);
    struct stat st;
    assert_int_equal(stat("a.jsonl.labelwright", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    assert_int_equal(stat("a.jsonl.labelwright/project.yaml", &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    static const char *const again[] = {"a.jsonl", "a.jsonl/", "./a.jsonl", "a.jsonl.labelwright",
        "a.jsonl.labelwright/", "a.jsonl.labelwright/project.yaml"};
    for (size_t i = 0; i < 6; i++)
        if (i != 1)
            lw_project_free(opens(again[i], false));
    assert_int_equal(chdir("a.jsonl.labelwright"), 0);
    lw_project_free(opens(".", false));
    lw_project_free(opens("project.yaml", false));
}

static void gives_options_letters_that_do_not_clash(void **state)
{
    (void)state;
    put("a.jsonl", ONE);
    struct lw_project *p = opens("a.jsonl", true);
    static const char *const wanted[] = {
        "inaccurate", "harmful", "ignores_request", "evasive", "language", "formatting"};
    const struct lw_question *q = &p->question[1];
    assert_int_equal(q->noptions, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(q->option[i].path, wanted[i]);
        assert_non_null(q->option[i].help);
        assert_true(q->option[i].key > 0);
    }
    lw_project_free(p);
}

static void steps_over_records_that_cannot_be_read(void **state)
{
    (void)state;
    put("a.jsonl", "\xEF\xBB\xBF\n  \r\n{broken\n[1]\n{\"what\":1}\n" PAIR);
    struct lw_project *p = opens("a.jsonl", true);
    has_questions(p, "better compare task!; problems tags response; note text task; ");
    lw_project_free(p);
}

static void finishes_what_was_begun(void **state)
{
    (void)state;
    put("a.jsonl", PAIR);
    make_dir("a.jsonl.labelwright");
    lw_project_free(opens("a.jsonl.labelwright", true));
    lw_project_free(opens("a.jsonl.labelwright", false));
}

static void writes_any_name_that_is_text(void **state)
{
    (void)state;
    static const char *const names[] = {"a b.jsonl", "it's \"quoted\".jsonl", "- a: [b].jsonl",
        "한국어 😀.jsonl", "back\\slash.jsonl", "new\nline\t.jsonl", "%1 %s %2.jsonl", ".hidden",
        "\u2028sync: {to: 'file:box'}\u2029.jsonl",
        "\xC2\x85"
        "order: random.jsonl",
        "\xC2\x9B"
        "2J\x7F\ufeff\u202etxt.jsonl"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        put(names[i], ONE);
        struct lw_project *p = opens(names[i], true);
        assert_string_equal(p->title, names[i]);
        assert_int_equal(p->nsync, 0);
        assert_false(p->random_order);
        assert_string_equal(p->tasks[0].path + 3, names[i]);
        lw_project_free(p);
        lw_project_free(opens(names[i], false));
    }
    put("latin\xe9.jsonl", ONE);
    refuses("latin\xe9.jsonl", LW_EBAD, "Rename the file.");
}

static void follows_a_link_to_the_data(void **state)
{
    (void)state;
    make_dir("far");
    make_dir("near");
    put("far/a.jsonl", ONE);
    assert_int_equal(symlink("../far/a.jsonl", "near/link.jsonl"), 0);
    struct lw_project *p = opens("near/link.jsonl", true);
    assert_non_null(strstr(p->dir, "/far/a.jsonl.labelwright"));
    lw_project_free(p);
}

static void refuses_what_is_no_data(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *part;
    } rows[] = {
        {"", 0, "a is empty. Write tasks as JSON objects"},
        {"\n \n\n", 4, "a is empty (only blank lines)"},
        {"\x7f"
         "ELF\0\0\0",
            7, "a is binary. This version reads CSV, TSV and JSON"},
        {"\x1f\x8b\x08\x00", 4, "a is compressed (gzip): unpack it first."},
        {"PK\x03\x04", 4, "a is a ZIP archive"},
        {"\xff\xfe{\0", 4, "a is UTF-16 text. Say so:  --encoding utf-16"},
        {"hello\n", 6, "a: no record can be read."},
        {"\n[1]\n", 5, "a: no record can be read."},
        {"{\"what\":1}\n", 11, "a: no known format has the members \"what\"."},
        {"{\"prompt\":7}\n", 13, "a: no record can be read as native"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_bytes("a", rows[i].bytes, rows[i].n);
        refuses("a", LW_EBAD, rows[i].part);
    }
    assert_int_equal(access("a.labelwright", F_OK), -1);
}

static void refuses_what_is_no_file(void **state)
{
    (void)state;
    make_dir("empty");
    assert_int_equal(mkfifo("fifo", 0600), 0);
    put("notes.yaml", "a: 1\n");
    assert_int_equal(symlink("loop", "loop"), 0);
    refuses("", LW_EUSAGE, "No path given.");
    refuses("absent.jsonl", LW_EABSENT, "absent.jsonl: no such file or folder.");
    refuses("empty", LW_EABSENT, "empty has no project.yaml.");
    refuses("empty/project.yaml", LW_EABSENT, "no such file or folder.");
    refuses("fifo", LW_EBAD, "fifo is not a file or a folder.");
    refuses("/dev/null", LW_EBAD, "is not a file or a folder.");
    refuses("notes.yaml", LW_EBAD, "YAML, not data.");
    refuses("loop", LW_EIO, "loop: cannot access it");
    refuses("notes.yaml/x", LW_EIO, "cannot access it");
}

static void refuses_a_project_file_that_is_none(void **state)
{
    (void)state;
    make_dir("p");
    assert_int_equal(mkfifo("p/project.yaml", 0600), 0);
    refuses("p", LW_EBAD, "p/project.yaml: not a regular file");
    unlink("p/project.yaml");
    make_dir("p/project.yaml");
    refuses("p", LW_EBAD, "p/project.yaml: not a regular file");
    rmdir("p/project.yaml");
    put("p/project.yaml", "");
    refuses("p", LW_EBAD, "p/project.yaml has mistakes: 3.");
    put("a.jsonl", ONE);
    put("a.jsonl.labelwright", "");
    refuses("a.jsonl", LW_EIO, "a.jsonl.labelwright");
}

static void refuses_links_that_leave_the_folder(void **state)
{
    (void)state;
    make_dir("p");
    make_dir("p/in");
    make_dir("out");
    put("out/secret.md", "s");
    put("p/in/tasks.jsonl", ONE);
    put("p/project.yaml", "labelwright: 1\ntasks: [link/tasks.jsonl]\nguidelines: guide.md\n"
                          "questions: [{name: q, type: text}]\nsync: {to: \"file:box/new\"}\n");
    assert_int_equal(symlink("in", "p/link"), 0);
    lw_project_free(opens("p", false));
    assert_int_equal(symlink("../out/secret.md", "p/guide.md"), 0);
    refuses("p", LW_EREFUSED, "p/project.yaml: guide.md leaves the project folder");
    unlink("p/guide.md");
    assert_int_equal(symlink("../out/not-there-yet", "p/guide.md"), 0);
    refuses("p", LW_EREFUSED, "guide.md leaves the project folder");
    unlink("p/guide.md");
    assert_int_equal(symlink("../out", "p/box"), 0);
    refuses("p", LW_EREFUSED, "box/new leaves the project folder");
    unlink("p/box");
    unlink("p/link");
    assert_int_equal(symlink("/etc", "p/link"), 0);
    refuses("p", LW_EREFUSED, "link/tasks.jsonl leaves the project folder");
}

static void names_only_the_real_file_beside(void **state)
{
    (void)state;
    make_dir("x.jsonl.labelwright");
    put("secret", ONE);
    put("x.jsonl.labelwright/project.yaml",
        "labelwright: 1\ntasks: [../x.jsonl]\nquestions: [{name: q, type: text}]\n");
    struct lw_project *p = opens("x.jsonl.labelwright", false);
    struct lw_err err = {0};
    char *path = lw_project_path(p, "../x.jsonl", &err);
    assert_non_null(path);
    assert_string_equal(strrchr(path, '/'), "/x.jsonl");
    free(path);
    assert_null(lw_project_path(p, "../secret", &err));
    assert_int_equal(err.code, LW_EREFUSED);
    lw_project_free(p);
    assert_int_equal(symlink("secret", "x.jsonl"), 0);
    refuses("x.jsonl.labelwright", LW_EREFUSED, "../x.jsonl leaves the project folder");
}

static void keeps_paths_inside(void **state)
{
    (void)state;
    make_dir("p");
    put("p/project.yaml", SOUND);
    put("p-twin", "");
    struct lw_project *p = opens("p", false);
    static const char *const good[] = {"tasks.jsonl", "a/b/c", "./a", ".", "..."};
    static const char *const bad[] = {"", "/etc/passwd", "..", "../p", "../p-twin", "a/../../b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char *path = lw_project_path(p, good[i], NULL);
        assert_non_null(path);
        free(path);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct lw_err err = {0};
        assert_null(lw_project_path(p, bad[i], &err));
        assert_int_equal(err.code, LW_EREFUSED);
    }
    lw_project_free(p);
}

/* A disk that does not take what is written: which call fails, and how. */
static int failing_call;

static int fails_mkdirat(const struct lw_sys *s, int dir, const char *name, mode_t mode)
{
    if (failing_call != 1)
        return lw_sys_real.mkdirat(s, dir, name, mode);
    errno = EACCES;
    return -1;
}

static int fails_fdatasync(const struct lw_sys *s, int fd)
{
    (void)s, (void)fd;
    errno = failing_call == 2 ? ENOSPC : EROFS;
    return -1;
}

static void names_the_cure_where_it_cannot_write(void **state)
{
    (void)state;
    static const char *const part[] = {
        ("a.jsonl.labelwright: cannot create this folder: Permission denied. Labels are "
         "saved next to the data file."),
        "No space left on device. Free some space and try again.",
        "Read-only file system. Labels are saved next to the data file.",
    };
    static const enum lw_code codes[] = {LW_EIO, LW_EFULL, LW_EIO};
    put("a.jsonl", ONE);
    struct lw_sys sys = lw_sys_real;
    sys.mkdirat = fails_mkdirat;
    sys.fdatasync = fails_fdatasync;
    for (failing_call = 1; failing_call <= 3; failing_call++) {
        refuses_by(&sys, "a.jsonl", codes[failing_call - 1], part[failing_call - 1]);
        assert_int_equal(access("a.jsonl.labelwright/project.yaml", F_OK), -1);
    }
    lw_project_free(opens("a.jsonl", true));
}

static int synced;

static int counts_fsync(const struct lw_sys *s, int fd)
{
    synced++;
    return lw_sys_real.fsync(s, fd);
}

static void puts_the_folder_itself_on_the_disk(void **state)
{
    (void)state;
    put("a.jsonl", ONE);
    struct lw_sys sys = lw_sys_real;
    sys.fsync = counts_fsync;
    synced = 0;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_project *project = NULL;
    bool made;
    assert_int_equal(lw_project_open(&sys, "a.jsonl", false, &project, &made, &p, &err), LW_OK);
    assert_int_equal(synced, 2); /* the folder above, and the folder */
    lw_project_free(project);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(opens_a_folder_however_it_is_named),
        TEST(makes_questions_by_the_number_of_responses),
        TEST(makes_a_project_that_is_found_again),
        TEST(gives_options_letters_that_do_not_clash),
        TEST(steps_over_records_that_cannot_be_read),
        TEST(finishes_what_was_begun),
        TEST(writes_any_name_that_is_text),
        TEST(follows_a_link_to_the_data),
        TEST(refuses_what_is_no_data),
        TEST(refuses_what_is_no_file),
        TEST(refuses_a_project_file_that_is_none),
        TEST(refuses_links_that_leave_the_folder),
        TEST(names_only_the_real_file_beside),
        TEST(keeps_paths_inside),
        TEST(names_the_cure_where_it_cannot_write),
        TEST(puts_the_folder_itself_on_the_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
