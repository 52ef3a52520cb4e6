/* Tokens from a program, a file or .netrc: what is taken, and what is refused. */
#define _GNU_SOURCE
#include "fixtures/failing_disk.h"
#include "labelwright/base/buf.h"
#include "labelwright/net/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static char *folder;
static char origin[] = "https://labels.example.org";

static int set_up(void **state)
{
    (void)state;
    folder = lw_strdup("/tmp/lw-secret-XXXXXX");
    return mkdtemp(folder) ? chdir(folder) : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char *command = lw_format("rm -r %s", folder);
    int status = system(command);
    free(command);
    free(folder);
    return status || chdir("/");
}

static void put(const char *name, const char *text, mode_t mode)
{
    FILE *f = fopen(name, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    assert_int_equal(chmod(name, mode), 0);
}

static enum lw_credentials_state wait_for(struct lw_credentials *c)
{
    while (lw_credentials_work(c) == LW_CREDENTIALS_WAITING) {
        struct pollfd fd[LW_CREDENTIALS_FDS];
        lw_credentials_fds(c, fd);
        assert_in_range(lw_credentials_due_ms(c), 0, 1000);
        poll(fd, LW_CREDENTIALS_FDS, lw_credentials_due_ms(c));
    }
    assert_int_equal(lw_credentials_due_ms(c), -1);
    return lw_credentials_work(c);
}

static struct lw_endpoint by_shell(char *script, char **words)
{
    static char sh[] = "sh", dash_c[] = "-c";
    words[0] = sh;
    words[1] = dash_c;
    words[2] = script;
    words[3] = NULL;
    return (struct lw_endpoint){.origin = origin, .token_command = words};
}

/* What the shell script gives: the header, or a part of the message. */
static void gives(const char *script, const char *header)
{
    char *text = lw_strdup(script), *words[4];
    const struct lw_endpoint e = by_shell(text, words);
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    if (wait_for(c) != LW_CREDENTIALS_READY)
        fail_msg("%s", lw_credentials_error(c)->text);
    assert_string_equal(lw_credentials_header(c), header);
    assert_string_equal(lw_credentials_token(c), header + strlen("Authorization: Bearer "));
    lw_credentials_free(c);
    free(text);
}

static void fails(const char *script, const char *said)
{
    char *text = lw_strdup(script), *words[4];
    const struct lw_endpoint e = by_shell(text, words);
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    assert_int_equal(wait_for(c), LW_CREDENTIALS_FAILED);
    if (!strstr(lw_credentials_error(c)->text, said))
        fail_msg("said: %s", lw_credentials_error(c)->text);
    assert_null(lw_credentials_header(c));
    assert_null(lw_credentials_token(c));
    lw_credentials_free(c);
    free(text);
}

static void has_none_where_none_is_named(void **state)
{
    (void)state;
    const struct lw_endpoint e = {.origin = origin};
    const struct lw_endpoint *const ends[] = {NULL, &e};
    for (size_t i = 0; i < COUNT(ends); i++) {
        struct lw_credentials *c = lw_credentials_new(&lw_sys_real, ends[i], 0);
        assert_int_equal(wait_for(c), LW_CREDENTIALS_NONE);
        lw_credentials_refresh(c);
        assert_int_equal(wait_for(c), LW_CREDENTIALS_NONE);
        assert_null(lw_credentials_header(c));
        lw_credentials_free(c);
    }
    lw_credentials_free(NULL);
}

static void takes_the_first_line(void **state)
{
    (void)state;
    gives("echo abc", "Authorization: Bearer abc");
    gives("printf abc", "Authorization: Bearer abc");
    gives("printf ' \\t abc~!{} \\r\\nuser: ana\\n\\0'", "Authorization: Bearer abc~!{}");
}

static void says_what_is_no_token(void **state)
{
    (void)state;
    fails("echo", "sh gives no token: the first line is empty.");
    fails("true", "sh gives no token");
    fails("printf '\\nabc\\n'", "sh gives no token");
    fails("echo Bearer abc", "The first line of sh is not a token: character 7 is not a visible");
    fails("printf 'ab\\303\\251'", "character 3 is not");
    fails("printf 'a\\033[2Jb'", "character 2 is not");
    fails("printf 'half\\0of it\\n'", "character 5 is not");
    fails("printf '\\0abc\\n'", "character 1 is not");
}

static void shows_what_a_failing_program_says(void **state)
{
    (void)state;
    fails("echo abc; echo 'No secret key.' >&2; exit 7",
        "The token_command of https://labels.example.org (sh) ended with status 7: No secret key. "
        "Try it in a shell");
    fails("kill -9 $$", "was killed by signal 9.");
    fails("yes >&2 & yes | head -c 1000000 >&2; kill $!; exit 1", "ended with status 1: y");
}

static void bounds_the_output(void **state)
{
    (void)state;
    fails("yes", "prints more than 16384 bytes");
    fails("head -c 16385 /dev/zero | tr '\\0' a", "prints more than 16384 bytes");
}

/* ---- time: the program is real, the clock is not */

struct hand_clock {
    struct lw_sys sys;
    int64_t ms;
};

static int read_hand_clock(const struct lw_sys *sys, clockid_t which, struct timespec *to)
{
    const struct hand_clock *h = sys->ctx;
    (void)which;
    *to = (struct timespec){.tv_sec = h->ms / 1000, .tv_nsec = h->ms % 1000 * 1000000};
    return 0;
}

static void runs_out_of_time(const char *script, int limit_ms, const char *said)
{
    struct hand_clock h = {.sys = lw_sys_real, .ms = 5000};
    int most = limit_ms ? limit_ms : 60 * 1000;
    char *text = lw_strdup(script), *words[4];
    const struct lw_endpoint e = by_shell(text, words);
    h.sys.clock = read_hand_clock;
    h.sys.ctx = &h;
    struct lw_credentials *c = lw_credentials_new(&h.sys, &e, limit_ms);
    assert_in_range(lw_credentials_due_ms(c), 1, 50);
    h.ms += most - 1;
    assert_int_equal(lw_credentials_work(c), LW_CREDENTIALS_WAITING);
    assert_int_equal(lw_credentials_due_ms(c), 1);
    h.ms += 1;
    assert_int_equal(lw_credentials_due_ms(c), 0);
    assert_int_equal(lw_credentials_work(c), LW_CREDENTIALS_FAILED);
    if (!strstr(lw_credentials_error(c)->text, said))
        fail_msg("said: %s", lw_credentials_error(c)->text);
    assert_null(lw_credentials_header(c));
    lw_credentials_free(c);
    free(text);
}

static void ends_a_program_at_its_time_limit(void **state)
{
    (void)state;
    runs_out_of_time("exec sleep 1000", 100, "did not end within 100 ms");
    runs_out_of_time("exec sleep 1000", 0, "did not end within 60000 ms");
    runs_out_of_time("yes >&2", 100, "did not end within 100 ms");
    runs_out_of_time("exec >&- 2>&-; exec sleep 1000", 100, "did not end within 100 ms");
}

/* What the program started is killed with it: the far end of the fifo is gone then. */
static void kills_what_the_program_started(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("fifo", 0600), 0);
    int fd = open("fifo", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    char *words[4], script[] = "(echo started; exec sleep 1000) >fifo & wait", byte[8];
    const struct lw_endpoint e = by_shell(script, words);
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&p, 1, -1), 1);
    assert_int_equal(read(fd, byte, sizeof byte), 8);
    assert_int_equal(lw_credentials_work(c), LW_CREDENTIALS_WAITING);
    lw_credentials_free(c);
    assert_int_equal(poll(&p, 1, -1), 1);
    assert_int_equal(read(fd, byte, sizeof byte), 0);
    close(fd);
}

/* As gpg-agent and ssh-agent do: they live on, with the pipe in their hands. */
static void waits_for_no_daemon_that_it_leaves(void **state)
{
    (void)state;
    gives("sleep 1000 & echo $! >daemon; echo abc", "Authorization: Bearer abc");
    FILE *f = fopen("daemon", "r");
    int pid = 0;
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%d", &pid), 1);
    fclose(f);
    assert_int_equal(kill(pid, SIGKILL), 0);
}

static void holds_up_nobody(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("fifo", 0600), 0);
    char *words[4], script[] = "cat fifo";
    const struct lw_endpoint e = by_shell(script, words);
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(lw_credentials_work(c), LW_CREDENTIALS_WAITING);
    lw_credentials_refresh(c); /* does not begin a second one */
    int fd = open("fifo", O_WRONLY | O_CLOEXEC);
    assert_int_equal(write(fd, "abc\n", 4), 4);
    close(fd);
    assert_int_equal(wait_for(c), LW_CREDENTIALS_READY);
    assert_string_equal(lw_credentials_header(c), "Authorization: Bearer abc");
    lw_credentials_free(c);
}

static void gives_the_program_no_shell_and_no_terminal(void **state)
{
    (void)state;
    static char echo[] = "echo", dollar[] = "$HOME;`id`*";
    char *words[] = {echo, dollar, NULL};
    const struct lw_endpoint e = {.origin = origin, .token_command = words};
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    assert_int_equal(wait_for(c), LW_CREDENTIALS_READY);
    assert_string_equal(lw_credentials_header(c), "Authorization: Bearer $HOME;`id`*");
    lw_credentials_free(c);
    setenv("GPG_TTY", "/dev/tty", 1);
    gives("(: </dev/tty) 2>/dev/null || echo none${GPG_TTY}", "Authorization: Bearer none");
    unsetenv("GPG_TTY");
    gives("cat; echo end", "Authorization: Bearer end");
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);    /* of whoever runs this test */
    c = lw_credentials_new(&lw_sys_real, &e, 0); /* its pipes stand open beside the next ones */
    gives("ls /proc/self/fd | tr -d '\\n'", "Authorization: Bearer 0123");
    lw_credentials_free(c);
    signal(SIGPIPE, SIG_IGN);
    gives("sh -c 'kill -PIPE $$'; echo $?", "Authorization: Bearer 141");
}

static void says_which_program_is_not_there(void **state)
{
    (void)state;
    static char name[] = "no-such-program";
    char *words[] = {name, NULL};
    const struct lw_endpoint e = {.origin = origin, .token_command = words};
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    assert_int_equal(lw_credentials_work(c), LW_CREDENTIALS_FAILED);
    assert_string_equal(lw_credentials_error(c)->text,
        "cannot start \"no-such-program\", the token_command of https://labels.example.org: No "
        "such file or directory");
    lw_credentials_free(c);
}

static void reads_it_again(void **state)
{
    (void)state;
    char *words[4], script[] = "cat token";
    const struct lw_endpoint e = by_shell(script, words);
    put("token", "old\n", 0600);
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    assert_int_equal(wait_for(c), LW_CREDENTIALS_READY);
    static const struct {
        const char *token, *header;
    } again[] = {{"old\n", "Authorization: Bearer old"}, {"newer\n", "Authorization: Bearer newer"},
        {"", NULL}, {"new\n", "Authorization: Bearer new"}};
    for (size_t i = 0; i < COUNT(again); i++) {
        put("token", again[i].token, 0600);
        lw_credentials_refresh(c);
        assert_null(lw_credentials_header(c));
        wait_for(c);
        if (again[i].header)
            assert_string_equal(lw_credentials_header(c), again[i].header);
        else
            assert_null(lw_credentials_header(c));
    }
    lw_credentials_free(c);
}

/* ---- a program that is not there: only its exit and its end are made up */

static pid_t no_child(const struct lw_sys *sys, pid_t pid, int *status, int options)
{
    (void)sys, (void)pid, (void)status, (void)options;
    errno = ECHILD;
    return -1;
}

static int write_token(const struct lw_sys *sys, const struct lw_child *child, pid_t *pid)
{
    (void)sys;
    *pid = 1;
    return write(child->out, "abc\n", 4) == 4 ? 0 : EIO;
}

static int cannot_spawn(const struct lw_sys *sys, const struct lw_child *child, pid_t *pid)
{
    (void)sys, (void)child, (void)pid;
    return EAGAIN;
}

/* Whoever ignores SIGCHLD gets no status: what came through the pipe counts. */
static void takes_the_token_of_a_program_without_a_status(void **state)
{
    (void)state;
    struct lw_sys sys = lw_sys_real;
    char *words[4], script[] = "true";
    const struct lw_endpoint e = by_shell(script, words);
    sys.spawn = write_token;
    sys.waitpid = no_child;
    struct lw_credentials *c = lw_credentials_new(&sys, &e, 0);
    assert_int_equal(lw_credentials_work(c), LW_CREDENTIALS_READY);
    assert_string_equal(lw_credentials_header(c), "Authorization: Bearer abc");
    lw_credentials_free(c);
}

static void tells_that_no_program_can_be_started(void **state)
{
    (void)state;
    struct lw_sys sys = lw_sys_real;
    char *words[4], script[] = "true";
    const struct lw_endpoint e = by_shell(script, words);
    sys.spawn = cannot_spawn;
    struct lw_credentials *c = lw_credentials_new(&sys, &e, 0);
    assert_int_equal(lw_credentials_work(c), LW_CREDENTIALS_FAILED);
    assert_non_null(strstr(lw_credentials_error(c)->text, "Resource temporarily unavailable"));
    lw_credentials_free(c);
}

/* ---- files */

/* NULL when the file is taken; else what is said. A new string. */
static char *try_file(const char *name)
{
    char *path = lw_format("%s/%s", folder, name), *said = NULL;
    const struct lw_endpoint e = {.origin = origin, .token_file = path};
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    if (lw_credentials_work(c) == LW_CREDENTIALS_READY)
        assert_string_equal(lw_credentials_header(c), "Authorization: Bearer abc");
    else
        said = lw_strdup(lw_credentials_error(c)->text);
    lw_credentials_free(c);
    free(path);
    return said;
}

static void refuses_file(const char *name, const char *why)
{
    char *said = try_file(name);
    assert_non_null(said);
    if (!strstr(said, folder) || !strstr(said, why))
        fail_msg("said: %s", said);
    free(said);
}

static void reads_a_file_of_the_users_own(void **state)
{
    (void)state;
    static const mode_t closed[] = {0600, 0400, 0700};
    for (size_t i = 0; i < COUNT(closed); i++) {
        remove("token");
        put("token", "abc\nmore\n", closed[i]);
        assert_null(try_file("token"));
    }
    static const mode_t open_to_others[] = {0640, 0604, 0620, 0602, 0610, 0601, 0644};
    for (size_t i = 0; i < COUNT(open_to_others); i++) {
        remove("token");
        put("token", "abc\n", open_to_others[i]);
        refuses_file("token", "other users can read or change it (mode 6");
    }
}

static void refuses_files_that_are_none(void **state)
{
    (void)state;
    put("token", "abc\n", 0600);
    assert_int_equal(symlink("token", "link"), 0);
    refuses_file("link", "is a symbolic link");
    assert_int_equal(mkfifo("fifo", 0600), 0);
    refuses_file("fifo", "is not a regular file");
    assert_int_equal(mkdir("dir", 0700), 0);
    refuses_file("dir", "is not a regular file");
    refuses_file("missing", "No such file or directory");
    put("empty", "", 0600);
    refuses_file("empty", "gives no token");
    put("words", "Token abc\n", 0600);
    refuses_file("words", "character 6 is not a visible");
    put("large", "", 0600);
    assert_int_equal(truncate("large", 16385), 0);
    refuses_file("large", "is too long for a secret");
}

/* Every call for the file fails in turn: no secret then, the reason is told, nothing stays open. */
static void tells_why_a_file_cannot_be_read(void **state)
{
    (void)state;
    char *path = lw_format("%s/%s", folder, "token");
    const struct lw_endpoint e = {.origin = origin, .token_file = path};
    enum lw_credentials_state got = LW_CREDENTIALS_FAILED;
    unsigned long failed = 0;
    put("token", "abc\n", 0600);
    for (unsigned long at = 1; got != LW_CREDENTIALS_READY; at++) {
        struct faults f;
        faults_init(&f);
        f.fail_at = at;
        f.how = FAULT_ONCE;
        f.error = EIO;
        struct lw_credentials *c = lw_credentials_new(&f.sys, &e, 0);
        got = lw_credentials_work(c);
        bool closing = f.n_traces > 0 && f.trace[f.n_traces - 1].call == CALL_close;
        if (got == LW_CREDENTIALS_FAILED) {
            failed++;
            assert_null(lw_credentials_header(c));
            assert_non_null(strstr(lw_credentials_error(c)->text, "Input/output error"));
            assert_true(closing || failed == 1); /* the first call opens it */
        }
        lw_credentials_free(c);
        faults_fini(&f);
    }
    assert_int_equal(failed, 4); /* open, check, read, read its end */
    free(path);
}

static void refuses_a_strangers_file(void **state)
{
    (void)state;
    put("token", "abc\n", 0600);
    if (geteuid() != 0)
        skip();
    assert_int_equal(chown("token", 65534, (gid_t)-1), 0);
    refuses_file("token", "belongs to another user");
}

static void looks_at_netrc(void **state)
{
    (void)state;
    char *old = lw_strdup(getenv("HOME"));
    setenv("HOME", folder, 1);
    const struct lw_endpoint e = {.origin = origin, .netrc = true};
    static const struct {
        mode_t mode;
        enum lw_credentials_state state;
    } ways[] = {
        {0, LW_CREDENTIALS_FAILED}, {0600, LW_CREDENTIALS_NONE}, {0644, LW_CREDENTIALS_FAILED}};
    for (size_t i = 0; i < COUNT(ways); i++) {
        if (ways[i].mode)
            put(".netrc", "machine labels.example.org login ana password abc\n", ways[i].mode);
        struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
        assert_int_equal(lw_credentials_work(c), ways[i].state);
        assert_null(lw_credentials_header(c));
        lw_credentials_free(c);
    }
    if (old)
        setenv("HOME", old, 1);
    free(old);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(has_none_where_none_is_named),
        TEST(takes_the_first_line),
        TEST(says_what_is_no_token),
        TEST(shows_what_a_failing_program_says),
        TEST(bounds_the_output),
        TEST(ends_a_program_at_its_time_limit),
        TEST(kills_what_the_program_started),
        TEST(waits_for_no_daemon_that_it_leaves),
        TEST(holds_up_nobody),
        TEST(gives_the_program_no_shell_and_no_terminal),
        TEST(says_which_program_is_not_there),
        TEST(takes_the_token_of_a_program_without_a_status),
        TEST(tells_that_no_program_can_be_started),
        TEST(reads_it_again),
        TEST(reads_a_file_of_the_users_own),
        TEST(refuses_files_that_are_none),
        TEST(tells_why_a_file_cannot_be_read),
        TEST(refuses_a_strangers_file),
        TEST(looks_at_netrc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
