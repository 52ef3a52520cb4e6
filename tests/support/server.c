#define _GNU_SOURCE
#include "server.h"

#include "labelwright/base/buf.h"
#include "shared.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(
    const struct server *s, const char *const *options, const int in[2], const int out[2])
{
    char *db = lw_format("%s/events.db", s->dir), *log = lw_format("%s/log", s->dir);
    const char *argv[32] = {"python3", s->program, "--log", "--db", db};
    for (int n = 5; *options && n < 31; n++)
        argv[n] = *options++;
    dup2(in[0], 0);
    dup2(out[1], 1);
    dup2(open(log, O_WRONLY | O_CREAT | O_CLOEXEC, 0600), 2);
    execvp("python3", (char *const *)(uintptr_t)argv);
    _exit(127);
}

void server_start(struct server *s, const char *program, const char *const *options)
{
    int in[2], out[2];
    char port[16] = "";
    const char *tmp = getenv("TMPDIR");
    snprintf(s->dir, sizeof s->dir, "%.30s/lw-server-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    snprintf(s->program, sizeof s->program, "%s/tests/servers/%s", getenv("LW_SOURCE"), program);
    assert_non_null(mkdtemp(s->dir));
    assert_int_equal(pipe2(in, O_CLOEXEC) | pipe2(out, O_CLOEXEC), 0);
    s->pid = fork();
    assert_true(s->pid >= 0);
    if (s->pid == 0)
        become(s, options, in, out);
    close(in[0]);
    close(out[1]);
    s->in = in[1];
    FILE *said = fdopen(out[0], "r");
    if (fscanf(said, "port %15s", port) != 1)
        fail_msg("%s does not listen: see %s/log", s->program, s->dir);
    fclose(said);
    snprintf(s->url, sizeof s->url, "http://127.0.0.1:%s/v1/batches", port);
}

void server_stop(struct server *s)
{
    char *command = lw_format("rm -rf '%s'", s->dir);
    close(s->in);
    while (waitpid(s->pid, NULL, 0) < 0)
        assert_int_equal(errno, EINTR);
    assert_int_equal(system(command), 0);
    free(command);
}

static char *read_all(const char *path, size_t *n)
{
    char *bytes = file_bytes(path, n);
    assert_non_null(bytes);
    return bytes;
}

char *server_events(const struct server *s, size_t *n)
{
    char *to = lw_format("%s/dump", s->dir);
    char *command =
        lw_format("python3 '%s' --db '%s/events.db' --dump >'%s'", s->program, s->dir, to);
    assert_int_equal(system(command), 0);
    char *bytes = read_all(to, n);
    free(command);
    free(to);
    return bytes;
}

char *server_said(const struct server *s)
{
    size_t n;
    char *path = lw_format("%s/log", s->dir), *bytes = read_all(path, &n);
    free(path);
    return bytes;
}
