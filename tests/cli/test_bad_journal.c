/* Folders where labels cannot be saved, and journals that are damaged or belong to somebody else:
 * nothing is lost, nothing is written in the wrong place, and the message says how to fix it. Tests
 * that need root print that they are skipped without it. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define LABEL_A "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n"
#define LABEL_B "{\"task\":\"b\",\"answers\":{\"quality\":5}}\n"
#define JOURNAL "p/journal/000001.jsonl"
#define NOBODY "setpriv --reuid 65534 --regid 65534 --clear-groups "
#define DISK "unshare -m sh -ec 'mkdir -p disk; mount -t tmpfs -o size=1m none disk; cd disk; "

static bool works_here(struct run *r, const char *command)
{
    run_shell(r, 0, "%s >/dev/null 2>&1; echo $?", command);
    bool works = strcmp(r->out, "0\n") == 0;
    if (!works)
        print_message("SKIPPED: this does not work here: %s\n", command);
    return works;
}

/* Labeling through a shell command, in which $LW is the program, with digits taken at once. */
static struct lw_pty *label_by(const char *command)
{
    char *program = lw_format("LW=%s", getenv("LW_PROGRAM"));
    const char *env[] = {program, "USER=ana", "XDG_CONFIG_HOME=/proc/self/cwd/c", NULL};
    struct lw_pty *p =
        lw_pty_start(24, 80, env, (const char *const[]){"/bin/sh", "-c", command, NULL});
    free(program);
    return p;
}

static void take_digits_at_once(const char *folder)
{
    char *path = lw_format("%s/c/labelwright", folder), *file = lw_format("%s/config.yaml", path);
    char *command = lw_format("mkdir -p '%s'", path);
    assert_int_equal(system(command), 0);
    run_put(file, "digit_guard_ms: 0\n");
    free(command);
    free(file);
    free(path);
}

static void leave(struct lw_pty *p, int status)
{
    lw_pty_type(p, "q\r");
    assert_int_equal(lw_pty_wait_exit(p), status);
    lw_pty_free(p);
}

static void labeling_ends(const char *command, int status, const char *said)
{
    struct lw_pty *p = label_by(command);
    if (lw_pty_wait_exit(p) != status)
        lw_pty_fail(p, "the exit status is not %d: %s", status, command);
    if (!strstr(lw_pty_output(p, 0), said))
        lw_pty_fail(p, "the terminal lacks: %s", said);
    lw_pty_free(p);
}

/* ---- permissions */

static void a_file_that_may_not_be_read_is_told(void **state)
{
    struct run *r = *state;
    if (geteuid() == 0 && !works_here(r, NOBODY "\"$LW\" --version"))
        skip();
    const char *as = geteuid() == 0 ? NOBODY : "";
    run_put("t.jsonl", RUN_TASKS);
    assert_int_equal(chmod("t.jsonl", 0), 0);
    assert_int_equal(chmod(".", 0777), 0);
    run_shell(r, 3, "%s\"$LW\" status t.jsonl", as);
    run_says(r, "t.jsonl: cannot open: Permission denied");
    labeling_ends(geteuid() == 0 ? "exec " NOBODY "\"$LW\" t.jsonl" : "exec \"$LW\" t.jsonl", 3,
        "t.jsonl: cannot open: Permission denied");
    assert_int_equal(run_count("."), 1);
}

static void a_folder_that_may_not_be_written_names_the_cure(void **state)
{
    struct run *r = *state;
    if (geteuid() != 0 || !works_here(r, NOBODY "\"$LW\" --version"))
        skip();
    run_put("t.jsonl", RUN_TASKS);
    run_project("p");
    run_shell(r, 3, NOBODY "\"$LW\" record t.jsonl < /dev/null");
    run_says(r,
        "t.jsonl.labelwright: cannot create this folder: Permission denied. Labels are saved next "
        "to the data file. To work on a copy somewhere else: labelwright new DIR --like FILE");
    r->in = LABEL_A;
    run_shell(r, 3, NOBODY "\"$LW\" record p");
    run_says(r, "journal: cannot create the folder: Permission denied. Labels are saved in the "
                "project folder: copy the project to a place where you can write.");
    labeling_ends("exec " NOBODY "\"$LW\" p", 3, "copy the project to a place where");
    run_shell(r, 0, NOBODY "\"$LW\" status p");
    run_prints(r, "3 in all: 0 done");
    assert_int_equal(run_count("."), 2);
    assert_int_equal(run_count("p"), 2);
}

static void a_read_only_disk_can_be_looked_at(void **state)
{
    struct run *r = *state;
    if (!works_here(r, DISK "mount -o remount,ro .'"))
        skip();
    run_project("p");
    run_fed(r, 0, LABEL_A, "record p");
    run_shell(r, 0, "cp -r p new; rm -r new/journal new/.labelwright");
    run_put("t.jsonl", RUN_TASKS);
    take_digits_at_once(".");
#define READ_ONLY DISK "cp -r ../p ../new ../c ../t.jsonl .; mount -o remount,ro .; "
    run_shell(
        r, 0, READ_ONLY "\"$LW\" status p; \"$LW\" verify p; \"$LW\" export --format native p'");
    run_prints(r, "1 done");
    run_shell(r, 3, READ_ONLY "echo \"{}\" | \"$LW\" record p'");
    run_says(
        r, "View only: the journal cannot be written (lock: cannot open: Read-only file system).");
    run_says(r, "Nothing saved: the journal cannot be written.");
    run_shell(r, 3, READ_ONLY "echo \"{}\" | \"$LW\" record new'");
    run_says(r, "journal: cannot create the folder: Read-only file system. Labels are saved");
    run_shell(r, 0, READ_ONLY "\"$LW\" status t.jsonl'"); /* looking makes nothing */
    run_prints(r, "3 left");
    run_shell(r, 3, READ_ONLY "\"$LW\" record t.jsonl < /dev/null'");
    run_says(r, "t.jsonl.labelwright: cannot create this folder: Read-only file system.");
    struct lw_pty *p = label_by(READ_ONLY "\"$LW\" p'");
    lw_pty_wait_text(p, "View only: the journal cannot be written");
    lw_pty_wait_text(p, "Two?");
    lw_pty_type(p, "4\r");
    lw_pty_wait_text(p, "View only: this disk cannot be written; nothing is saved.");
    leave(p, 0);
}

/* ---- a full disk */

/* The folder `disk` as the program in its own mount namespace sees it. */
static char *inside(const struct lw_pty *p, const char *name)
{
    char *here = getcwd(NULL, 0);
    char *path = lw_format("/proc/%d/root%s/disk/%s", lw_pty_pid(p), here, name);
    free(here);
    return path;
}

static void fill(const char *path)
{
    char bytes[1024] = {0};
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    while (write(fd, bytes, sizeof bytes) > 0)
        ;
    close(fd);
}

static void type_long_note(struct lw_pty *p)
{
    char *note = lw_alloc(9001);
    memset(note, 'w', 9000);
    lw_pty_type(p, "m\033[200~");
    lw_pty_type(p, note);
    lw_pty_type(p, "\033[201~\r");
    free(note);
}

static void a_full_disk_keeps_the_answers_until_there_is_room(void **state)
{
    struct run *r = *state;
    if (!works_here(r, DISK "true'"))
        skip();
    run_project("p");
    take_digits_at_once(".");
    struct lw_pty *p = label_by("exec " DISK "cp -r ../p ../c .; exec \"$LW\" p'");
    lw_pty_wait_text(p, "One?");
    char *filler = inside(p, "filler"), *journal = inside(p, JOURNAL);
    fill(filler);
    lw_pty_type(p, "1");
    type_long_note(p);
    lw_pty_wait_text(p, "wwww");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "Not saved: disk full.");
    lw_pty_wait_text(p, "One?");
    assert_int_equal(unlink(filler), 0);
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "Saved task 1");
    char *text = run_get(journal, NULL);
    assert_non_null(strstr(text, "\"answers\":{\"quality\":1,\"why\":\"wwww"));
    assert_null(strstr(strstr(text, "\"annotate\"") + 1, "\"annotate\""));
    free(text);
    free(filler);
    free(journal);
    leave(p, 0);
}

static void a_full_disk_leaves_no_half_made_project(void **state)
{
    struct run *r = *state;
    if (!works_here(r, DISK "true'"))
        skip();
    run_put("t.jsonl", RUN_TASKS);
    run_shell(r, 3,
        DISK "cp ../t.jsonl .; dd if=/dev/zero of=filler bs=1k 2>/dev/null || :; "
             "\"$LW\" record t.jsonl < /dev/null || { code=$?; ls -A; exit $code; }'");
    run_says(r, "No space left on device. Free some space and try again.");
    assert_string_equal(r->out, "filler\nt.jsonl\n");
}

static void a_full_disk_refuses_recorded_labels_one_by_one(void **state)
{
    struct run *r = *state;
    if (!works_here(r, DISK "true'"))
        skip();
    run_project("p");
    struct lw_buf in = {0};
    for (int i = 0; i < 20; i++)
        lw_buf_str(&in, LABEL_A);
    run_put("in", in.data);
    lw_buf_fini(&in);
    run_shell(r, 0,
        DISK "cp -r ../p .; \"$LW\" record p < /dev/null; "
             "dd if=/dev/zero of=filler bs=1k 2>/dev/null || :; "
             "\"$LW\" record p < ../in || echo status $?; "
             "rm filler; \"$LW\" verify p; \"$LW\" record p < ../in'");
    run_prints(r, "{\"task\":\"a\",\"error\":\"Not saved: ");
    run_prints(r, "No space left on device\"}\nstatus 3\nOK: ");
}

/* ---- journals */

static void labeled(struct run *r)
{
    run_project("p");
    run_fed(r, 0, LABEL_A, "record p");
}

static void a_journal_of_another_under_our_name_is_refused(void **state)
{
    struct run *r = *state;
    labeled(r);
    assert_int_equal(rename("p/journal", "p/journal-joe"), 0);
    run_fed(r, 0, LABEL_A, "record --annotator maria p");
    char *before = run_get("p/journal-joe/000001.jsonl", NULL);
    run_fed(r, 1, LABEL_A, "record --annotator joe p");
    run_says(r, "journal-joe belongs to annotator ana.");
    labeling_ends("exec \"$LW\" --annotator joe p", 1, "journal-joe belongs to annotator ana.");
    char *after = run_get("p/journal-joe/000001.jsonl", NULL);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void a_damaged_journal_is_told_and_goes_on_in_a_new_segment(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "sed -i '3s/\"quality\":4/\"quality\":5/' " JOURNAL);
    char *before = run_get(JOURNAL, NULL);
    take_digits_at_once(".");
    struct lw_pty *p = label_by("exec \"$LW\" p");
    lw_pty_wait_text(p, "journal/000001.jsonl:3: its hash does not match");
    lw_pty_wait_text(p, "One?"); /* the damaged label does not count */
    lw_pty_type(p, "3\r");
    lw_pty_wait_text(p, "Saved task 1");
    leave(p, 0);
    char *after = run_get(JOURNAL, NULL);
    assert_string_equal(after, before);
    free(before);
    free(after);
    assert_true(run_has("p/journal/000002.jsonl"));
    run_shell(r, 0, "grep -c '\"type\":\"recovered\"' p/journal/000002.jsonl");
    run_fed(r, 0, LABEL_B, "record p");
}

static void a_folder_that_holds_no_journal_is_left_alone(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_put(JOURNAL, "hello\n");
    run_fed(r, 1, LABEL_A, "record p");
    run_says(r, "journal contains no journal line. Move the folder away to start a new journal.");
    labeling_ends("exec \"$LW\" p", 1, "Move the folder away");
    char *text = run_get(JOURNAL, NULL);
    assert_string_equal(text, "hello\n");
    free(text);
}

static void a_symlinked_journal_is_refused(void **state)
{
    struct run *r = *state;
    labeled(r);
    assert_int_equal(rename(JOURNAL, "elsewhere"), 0);
    assert_int_equal(symlink("../../elsewhere", JOURNAL), 0);
    char *before = run_get("elsewhere", NULL);
    run_fed(r, 3, LABEL_B, "record p");
    run_says(r, "journal/000001.jsonl must be a real file, not a symbolic link");
    run_shell(r, 3, "\"$LW\" verify p");
    run_says(r, "journal/000001.jsonl must be a real file, not a symbolic link");
    labeling_ends(
        "exec \"$LW\" p", 3, "journal/000001.jsonl must be a real file, not a symbolic link");
    char *after = run_get("elsewhere", NULL);
    assert_string_equal(after, before);
    free(before);
    free(after);
    run_shell(r, 0,
        "rm " JOURNAL "; mv elsewhere " JOURNAL "; mv p/journal away; ln -s ../away p/journal");
    run_fed(r, 3, LABEL_B, "record p");
    run_says(r, "journal must be a real folder, not a symbolic link or a file");
}

static void a_strangers_journal_is_read_but_never_written(void **state)
{
    struct run *r = *state;
    if (geteuid() != 0) {
        print_message("SKIPPED: only root can give files away\n");
        skip();
    }
    labeled(r);
    assert_int_equal(chown(JOURNAL, 65534, 65534), 0);
    char *before = run_get(JOURNAL, NULL);
    run_fed(r, 3, LABEL_B, "record p");
    run_says(
        r, "journal/000001.jsonl belongs to another user. Only its owner can write a journal.");
    labeling_ends("exec \"$LW\" p", 3, "journal/000001.jsonl belongs to another user");
    run_shell(r, 0, "\"$LW\" verify p && \"$LW\" status p");
    char *after = run_get(JOURNAL, NULL);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void a_journal_that_others_can_read_is_closed_to_them_with_a_word(void **state)
{
    struct run *r = *state;
    struct stat st;
    labeled(r);
    assert_int_equal(chmod(JOURNAL, 0644), 0);
    run_shell(r, 0, "\"$LW\" verify p");
    run_says(r, "journal/000001.jsonl: other users can read it (mode 0644); fix: chmod 600.");
    run_fed(r, 0, LABEL_B, "record p");
    run_says(r, "Other users could read 1 journal file. Fixed: now private (mode 0600).");
    assert_int_equal(stat(JOURNAL, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_that_may_not_be_read_is_told),
        TEST(a_folder_that_may_not_be_written_names_the_cure),
        TEST(a_read_only_disk_can_be_looked_at),
        TEST(a_full_disk_keeps_the_answers_until_there_is_room),
        TEST(a_full_disk_leaves_no_half_made_project),
        TEST(a_full_disk_refuses_recorded_labels_one_by_one),
        TEST(a_journal_of_another_under_our_name_is_refused),
        TEST(a_damaged_journal_is_told_and_goes_on_in_a_new_segment),
        TEST(a_folder_that_holds_no_journal_is_left_alone),
        TEST(a_symlinked_journal_is_refused),
        TEST(a_strangers_journal_is_read_but_never_written),
        TEST(a_journal_that_others_can_read_is_closed_to_them_with_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
