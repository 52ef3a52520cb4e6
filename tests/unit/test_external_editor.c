/* A text in the user's own editor. The editors here are small shell scripts. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"

#include "labelwright/sitting/external_editor.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct lw_buf back;
static struct lw_err err;

static enum lw_code edit_with(
    struct temp_journal *temp, char *const *editor, const char *text, size_t n)
{
    struct lw_external_editor o = {&lw_sys_real, temp->dir, temp->path, editor, NULL, NULL};
    lw_buf_clear(&back);
    lw_err_clear(&err);
    return lw_external_editor_run(&o, text, n, &back, &err);
}

/* `script` finds the file in $1. */
static enum lw_code edit(struct temp_journal *temp, const char *script, const char *text)
{
    char *const editor[] = {
        (char[]){"sh"}, (char[]){"-c"}, (char *)(uintptr_t)script, (char[]){"ed"}, NULL};
    return edit_with(temp, editor, text, strlen(text));
}

/* What is left of the texts, and of what editors put beside them. */
static size_t left_over(struct temp_journal *temp)
{
    size_t n = 0;
    DIR *d = fdopendir(openat(temp->dir, ".labelwright", O_RDONLY | O_DIRECTORY));
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));)
        n += strncmp(e->d_name, "text-", 5) == 0;
    closedir(d);
    return n;
}

static void comes_back(
    struct temp_journal *temp, const char *script, const char *text, const char *expected)
{
    if (edit(temp, script, text) != LW_OK)
        fail_msg("%s: %s", script, err.text);
    assert_int_equal(back.len, strlen(expected));
    assert_memory_equal(back.data, expected, back.len);
    assert_int_equal(left_over(temp), 0);
}

static void is_refused(struct temp_journal *temp, const char *script, const char *why)
{
    assert_int_equal(edit(temp, script, "as it was"), LW_EBAD);
    if (!strstr(err.text, why))
        fail_msg("%s", err.text);
    assert_int_equal(back.len, 0);
    assert_int_equal(left_over(temp), 0);
}

static void brings_back_what_was_left_in_the_file(void **state)
{
    struct temp_journal *temp = *state;
    comes_back(temp, ":", "Tiếng Việt\n", "Tiếng Việt\n");
    comes_back(temp, "printf 'new, e\\314\\201\\n' > \"$1\"", "old\n", "new, e\xCC\x81\n");
    comes_back(temp, "printf x > \"$1.new\"; mv \"$1.new\" \"$1\"", "old", "x"); /* by a rename */
    comes_back(temp, "cp \"$1\" \"$1~\"; printf y > \"$1\"", "old", "y");
    comes_back(temp, ": > \"$1\"", "old", "");
}

static void keeps_line_ends_and_the_lack_of_the_last_one(void **state)
{
    struct temp_journal *temp = *state;
    static const char add[] = "printf '\\n' >> \"$1\"";
    comes_back(temp, ":", "a\r\nb\r\n", "a\r\nb\r\n");
    comes_back(temp, add, "a\nb", "a\nb");
    comes_back(temp, add, "a\nb\n", "a\nb\n\n");
    comes_back(temp, "printf '\\n\\n' >> \"$1\"", "a", "a\n");
    comes_back(temp, "printf '\\r\\n' >> \"$1\"", "a\r\nb", "a\r\nb");
    comes_back(temp, "printf '\\r\\n' >> \"$1\"", "a", "a\r");
    comes_back(temp, add, "", "");
}

static void an_editor_that_fails_changes_nothing(void **state)
{
    struct temp_journal *temp = *state;
    is_refused(temp, "echo x > \"$1\"; exit 3", "exited with status 3");
    is_refused(temp, "echo x > \"$1\"; kill -9 $$", "was killed (Killed)");
    is_refused(temp, "printf 'fine\\n\\351\\n' > \"$1\"", "Line 2 of the edited text is not UTF-8");
    is_refused(temp, "printf 'a\\0b' > \"$1\"", "Line 1 of the edited text is not UTF-8");
    is_refused(temp, "truncate -s 5M \"$1\"", "larger than the 4096 KiB");
    is_refused(temp, "rm \"$1\"; mkdir \"$1\"; rmdir \"$1\"; mkfifo \"$1\"", "not a regular file");
}

static void the_file_is_private_and_descriptors_stay_here(void **state)
{
    struct temp_journal *temp = *state;
    int open_here = openat(temp->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    comes_back(temp, "stat -c %a \"$1\" | tr -d '\\n' > \"$1.m\"; mv \"$1.m\" \"$1\"", "x", "600");
    comes_back(
        temp, "case $1 in /*/.labelwright/text-*.txt) printf yes > \"$1\";; esac", "x", "yes");
    /* whoever runs the test may have left some open, but none of those lead here */
    char *look = lw_format("ls -l /proc/self/fd | grep -c '%s' > \"$1\"; true", temp->path);
    comes_back(temp, look, "x", "0");
    free(look);
    close(open_here);
}

static void signals_are_as_a_new_program_expects(void **state)
{
    struct temp_journal *temp = *state;
    sigset_t some, before;
    sigemptyset(&some);
    sigaddset(&some, SIGINT);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &some, &before);
    comes_back(temp, "grep -E '^Sig(Blk|Ign)' /proc/self/status | grep -o '.......$' > \"$1\"", "x",
        "0000000\n0000000"); /* 1 to 28; some beyond are the C library's own */
    /* ^C is the editor's alone */
    comes_back(temp, "kill -INT $PPID; kill -QUIT $PPID; printf still > \"$1\"", "x", "still");
    sigset_t waits;
    sigpending(&waits);
    assert_false(sigismember(&waits, SIGINT));
    sigprocmask(SIG_SETMASK, &before, NULL);
    signal(SIGPIPE, SIG_DFL);
}

static void put_script(struct temp_journal *temp, const char *name, const char *script)
{
    int fd = openat(temp->dir, name, O_WRONLY | O_CREAT | O_TRUNC, 0755);
    assert_true(fd >= 0 && write(fd, script, strlen(script)) == (ssize_t)strlen(script));
    close(fd);
}

static void finds_the_editor_where_it_is_named(void **state)
{
    struct temp_journal *temp = *state;
    char *path = lw_format("%s:/usr/bin:/bin", temp->path), *old = lw_strdup(getenv("PATH"));
    put_script(temp, "one", "#!/bin/sh\nprintf \"one $#\" > \"$1\"\n");
    put_script(temp, "two", "#!/bin/sh\nprintf \"two $1 $2\" > \"$3\"\n");
    setenv("PATH", path, 1);
    char *const own[] = {(char[]){"two"}, (char[]){"a b"}, (char[]){"$c"}, NULL};
    setenv("VISUAL", "two  -n 2", 1);
    setenv("EDITOR", "one", 1);
    assert_int_equal(edit_with(temp, own, "x", 1), LW_OK);
    assert_string_equal(back.data, "two a b $c"); /* no shell looks at it */
    assert_int_equal(edit_with(temp, NULL, "x", 1), LW_OK);
    assert_string_equal(back.data, "two -n 2");
    setenv("VISUAL", "  ", 1);
    assert_int_equal(edit_with(temp, NULL, "x", 1), LW_OK);
    assert_string_equal(back.data, "one 1");
    setenv("EDITOR", "none-such -x", 1);
    assert_int_equal(edit_with(temp, NULL, "x", 1), LW_EABSENT);
    assert_string_equal(
        err.text, "Cannot start none-such (from $EDITOR): No such file or directory.");
    unsetenv("VISUAL");
    unsetenv("EDITOR");
    setenv("PATH", temp->path, 1);
    assert_int_equal(edit_with(temp, NULL, "x", 1), LW_EABSENT);
    assert_non_null(strstr(err.text, "No editor found"));
    put_script(temp, "vi", "#!/bin/sh\nprintf vi > \"$1\"\n");
    assert_int_equal(edit_with(temp, NULL, "x", 1), LW_OK);
    assert_string_equal(back.data, "vi");
    put_script(temp, "nano", "#!/bin/sh\nprintf nano > \"$1\"\n");
    assert_int_equal(edit_with(temp, NULL, "x", 1), LW_OK);
    assert_string_equal(back.data, "nano");
    setenv("PATH", old, 1);
    assert_int_equal(left_over(temp), 0);
    free(path);
    free(old);
}

static void make_seen(void *path)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    close(fd);
}

/* The time of the last read from the terminal tells that keys are typed there; the editor here
 * waits until that was noticed. */
static void use_of_the_terminal_is_told_while_it_runs(void **state)
{
    struct temp_journal *temp = *state;
    char *terminal = lw_format("%s/terminal", temp->path), *seen = lw_format("%s/seen", temp->path);
    char *script = lw_format(
        "touch -a -t 200001010000 %s; until [ -e %s ]; do sleep 0.02; done", terminal, seen);
    char *const editor[] = {(char[]){"sh"}, (char[]){"-c"}, script, (char[]){"ed"}, NULL};
    struct lw_external_editor o = {&lw_sys_real, temp->dir, temp->path, editor, make_seen, seen};
    make_seen(terminal);
    int before = dup(STDIN_FILENO), fd = open(terminal, O_RDONLY);
    dup2(fd, STDIN_FILENO);
    assert_int_equal(lw_external_editor_run(&o, "x", 1, &back, &err), LW_OK);
    dup2(before, STDIN_FILENO);
    close(before);
    close(fd);
    unlink(terminal);
    unlink(seen);
    free(script);
    free(seen);
    free(terminal);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, temp_journal_setup, temp_journal_teardown)
    const struct CMUnitTest tests[] = {
        T(brings_back_what_was_left_in_the_file),
        T(keeps_line_ends_and_the_lack_of_the_last_one),
        T(an_editor_that_fails_changes_nothing),
        T(the_file_is_private_and_descriptors_stay_here),
        T(signals_are_as_a_new_program_expects),
        T(finds_the_editor_where_it_is_named),
        T(use_of_the_terminal_is_told_while_it_runs),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    lw_buf_fini(&back);
    return failed;
}
