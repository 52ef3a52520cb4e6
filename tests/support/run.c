#define _GNU_SOURCE
#include "run.h"
#include "wait.h"

#include "labelwright/base/buf.h"
#include "shared.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char *folder, *before, *state_folder; /* XDG_STATE_HOME, beside it */

int run_enter(void **state)
{
    const char *tmp = getenv("TMPDIR");
    folder = lw_format("%s/lw-run-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    before = getcwd(NULL, 0);
    *state = lw_alloc(sizeof(struct run));
    if (!mkdtemp(folder))
        return -1;
    state_folder = lw_format("%s-state", folder);
    setenv("XDG_STATE_HOME", state_folder, 1);
    /* Others may look in: some tests run the program as another user. */
    return chmod(folder, 0755) == 0 && chdir(folder) == 0 ? 0 : -1;
}

int run_leave(void **state)
{
    struct run *r = *state;
    char *command =
        lw_format("chmod -R u+rwx '%s'; rm -rf '%s' '%s'", folder, folder, state_folder);
    int failed = chdir(before) != 0 || system(command) != 0;
    free(command);
    free(folder);
    free(state_folder);
    free(before);
    free(r->out);
    free(r->err);
    free(r);
    return failed;
}

/* ---- running */

static int temporary(const void *bytes, size_t n)
{
    char name[] = "/tmp/lw-stream-XXXXXX";
    int fd = mkostemp(name, O_CLOEXEC);
    assert_true(fd >= 0);
    unlink(name);
    assert_int_equal(write(fd, bytes, n), n);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static char *take(int fd, size_t *n)
{
    struct stat st;
    assert_int_equal(fstat(fd, &st), 0);
    *n = (size_t)st.st_size;
    char *bytes = lw_alloc(*n + 1);
    assert_int_equal(pread(fd, bytes, *n, 0), *n);
    close(fd);
    return bytes;
}

static void become(const char *command, const int fd[3], const char *const *extra)
{
    const char *all[64] = {"USER=ana", lw_format("LW=%s", getenv("LW_PROGRAM"))};
    for (size_t n = 2; extra && *extra && n < 62; n++)
        all[n] = *extra++;
    for (int i = 0; i < 3; i++)
        dup2(fd[i], i);
    char *argv[] = {"sh", "-c", (char *)(uintptr_t)command, NULL};
    execve("/bin/sh", argv, lw_test_env(all));
    _exit(127);
}

static void run(struct run *r, const char *command)
{
    size_t n = r->in && !r->in_n ? strlen(r->in) : r->in_n;
    int fd[3] = {temporary(r->in ? r->in : "", n), temporary("", 0), temporary("", 0)};
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        become(command, fd, r->env);
    while (waitpid(pid, &status, 0) < 0)
        assert_int_equal(errno, EINTR);
    r->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    close(fd[0]);
    free(r->out);
    free(r->err);
    r->out = take(fd[1], &r->out_n);
    r->err = take(fd[2], &r->err_n);
}

static void show(const struct run *r)
{
    print_error(
        "status %d\n---- stdout\n%.4000s\n---- stderr\n%.4000s\n----\n", r->status, r->out, r->err);
}

static void run_and_check(struct run *r, int status, const char *command)
{
    run(r, command);
    if (r->status == status)
        return;
    show(r);
    fail_msg("exit status %d, not %d: %s", r->status, status, command);
}

void run_shell(struct run *r, int status, const char *fmt, ...)
{
    va_list ap;
    char *command;
    va_start(ap, fmt);
    assert_true(vasprintf(&command, fmt, ap) >= 0);
    va_end(ap);
    run_and_check(r, status, command);
    free(command);
}

void run_fed(struct run *r, int status, const char *in, const char *fmt, ...)
{
    va_list ap;
    char *words;
    va_start(ap, fmt);
    assert_true(vasprintf(&words, fmt, ap) >= 0);
    va_end(ap);
    char *command = lw_format("exec \"$LW\" %s", words);
    r->in = in;
    run_and_check(r, status, command);
    r->in = NULL;
    free(command);
    free(words);
}

/* ---- what it said */

static void expect(const struct run *r, bool holds, const char *what, const char *text)
{
    if (holds)
        return;
    show(r);
    fail_msg("%s: %s", what, text);
}

void run_says(const struct run *r, const char *text)
{
    expect(r, strstr(r->err, text) != NULL, "stderr lacks", text);
}

void run_says_not(const struct run *r, const char *text)
{
    expect(r, strstr(r->err, text) == NULL, "stderr has", text);
}

void run_prints(const struct run *r, const char *text)
{
    expect(r, strstr(r->out, text) != NULL, "stdout lacks", text);
}

void run_is_silent(const struct run *r)
{
    expect(r, r->err_n == 0, "stderr must be empty", "");
}

void run_prints_none(const struct run *r)
{
    expect(r, r->out_n == 0, "stdout must be empty", "");
}

/* ---- files */

void run_put_bytes(const char *name, const void *bytes, size_t n)
{
    FILE *f = fopen(name, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

void run_put(const char *name, const char *text)
{
    run_put_bytes(name, text, strlen(text));
}

char *run_get(const char *name, size_t *n)
{
    size_t got = 0;
    char *bytes = file_bytes(name, &got);
    if (!bytes)
        fail_msg("%s cannot be read", name);
    if (n)
        *n = got;
    return bytes;
}

bool run_has(const char *name)
{
    return access(name, F_OK) == 0;
}

size_t run_count(const char *name)
{
    DIR *d = opendir(name);
    size_t n = 0;
    for (struct dirent *e; d && (e = readdir(d));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    if (d)
        closedir(d);
    return n;
}

void run_project(const char *name)
{
    char *yaml = lw_format("%s/project.yaml", name), *tasks = lw_format("%s/tasks.jsonl", name);
    assert_int_equal(mkdir(name, 0755), 0);
    run_put(yaml, RUN_PROJECT);
    run_put(tasks, RUN_TASKS);
    free(yaml);
    free(tasks);
}
