/* `labelwright record`, each label awaited, against write and fdatasync of as many bytes, and
 * beside two others behind the same kind of pipe, taking turns: SQLite (WAL, synchronous=FULL, a
 * commit each), and a program that does nothing but write, sync and answer; then many labels that
 * wait on one sync. Wall time, since the disk is what all wait for: medians of rounds.
 *
 * usage: bench_record [LABELS]     default 2000; LW_PROGRAM names labelwright, LW_BEFORE another
 * build. Works in a folder of its own below $TMPDIR or /tmp, and removes it. */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "labelwright/base/buf.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

enum { ROUND = 25, ROUNDS_MOST = 1000, LINE = 575 };

/* A program that answers each line with a line, once it is on the disk. */
struct recorder {
    const char *what;
    FILE *to, *from;
    pid_t pid;
    double round[ROUNDS_MOST]; /* seconds */
    double at_once;            /* for all of them, not awaited one by one; 0: not measured */
};

static struct recorder start(const char *what, const char *command)
{
    int to[2], from[2];
    bench_must(pipe2(to, O_CLOEXEC) == 0 && pipe2(from, O_CLOEXEC) == 0, "pipe");
    pid_t pid = fork();
    bench_must(pid >= 0, "fork");
    if (pid == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    return (struct recorder){
        .what = what, .to = fdopen(to[1], "w"), .from = fdopen(from[0], "r"), .pid = pid};
}

static void stop(struct recorder *r)
{
    fclose(r->to);
    fclose(r->from);
    waitpid(r->pid, NULL, 0);
}

static void send(struct recorder *r, int i)
{
    fprintf(r->to,
        "{\"task\":\"t%d\",\"answers\":{\"quality\":{\"a\":%d,\"b\":2},\"why\":\"B repeats a "
        "slur nobody asked for, and A does what was asked.\"}}\n",
        i + 1, i % 5 + 1);
}

static void await(struct recorder *r)
{
    char line[4096];
    bench_must(fgets(line, sizeof line, r->from) != NULL, r->what);
    bench_must(!strstr(line, "error"), line);
}

static void awaited_round(struct recorder *r, int from)
{
    double start_s = bench_seconds();
    for (int i = from; i < from + ROUND; i++) {
        send(r, i);
        fflush(r->to);
        await(r);
    }
    r->round[from / ROUND] = bench_seconds() - start_s;
}

static double plain_round(int fd)
{
    static char bytes[LINE];
    double start_s = bench_seconds();
    for (int i = 0; i < ROUND; i++)
        bench_must(write(fd, bytes, LINE) == LINE && fdatasync(fd) == 0, "write");
    return bench_seconds() - start_s;
}

/* A child writes them, so that neither waits for the other. */
static void all_at_once(struct recorder *r, int from, int n)
{
    double start_s = bench_seconds();
    fflush(r->to);
    pid_t pid = fork();
    bench_must(pid >= 0, "fork");
    if (pid == 0) {
        for (int i = from; i < from + n; i++)
            send(r, i);
        fflush(r->to);
        _exit(0);
    }
    for (int i = 0; i < n; i++)
        await(r);
    r->at_once = bench_seconds() - start_s;
    waitpid(pid, NULL, 0);
}

static void make_project(const char *name, int tasks)
{
    char *project = lw_format("%s/project.yaml", name), *path = lw_format("%s/tasks.jsonl", name);
    bench_must(mkdir(name, 0755) == 0, name);
    FILE *f = fopen(project, "w");
    bench_must(f, project);
    fputs("labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
          "  - {name: quality, type: rating, on: response}\n  - {name: why, type: text}\n",
        f);
    fclose(f);
    f = fopen(path, "w");
    bench_must(f, path);
    for (int i = 1; i <= tasks; i++)
        fprintf(f,
            "{\"id\":\"t%d\",\"prompt\":\"?\",\"responses\":[{\"id\":\"a\",\"text\":\"one\"},"
            "{\"id\":\"b\",\"text\":\"two\"}]}\n",
            i);
    bench_must(fclose(f) == 0, path);
    free(project);
    free(path);
}

static struct recorder start_labelwright(
    const char *what, const char *program, const char *folder, int tasks)
{
    make_project(folder, tasks);
    char *command = lw_format("exec %s record %s", program, folder);
    struct recorder r = start(what, command);
    free(command);
    return r;
}

/* What the pipe alone costs: reads a line, writes, syncs, answers. */
static int answer_lines(void)
{
    static char bytes[LINE], line[4096];
    int fd = open("piped", O_WRONLY | O_CREAT | O_APPEND, 0600);
    while (read(STDIN_FILENO, line, sizeof line) > 0)
        if (write(fd, bytes, LINE) != LINE || fdatasync(fd) != 0 ||
            write(STDOUT_FILENO, "saved\n", 6) != 6)
            return 1;
    return 0;
}

static struct recorder start_piped(const char *self)
{
    char *command = lw_format("exec '%s' answer", self);
    struct recorder r = start("nothing but write+fdatasync", command);
    free(command);
    return r;
}

static struct recorder start_sqlite(void)
{
    return start("SQLite, WAL, FULL",
        "exec python3 -c '\n"
        "import sqlite3, sys\n"
        "d = sqlite3.connect(\"sqlite.db\", isolation_level=None)\n"
        "d.execute(\"pragma journal_mode=wal\")\n"
        "d.execute(\"pragma synchronous=full\")\n"
        "d.execute(\"create table l (seq integer primary key, line text)\")\n"
        "for line in sys.stdin:\n"
        "    d.execute(\"insert into l (line) values (?)\", (line * 3,))\n"
        "    print(\"saved\", flush=True)\n"
        "'");
}

static void print_figures(struct recorder *r, size_t rounds, double plain)
{
    double s = bench_median(r->round, rounds);
    printf("%-34s %9.0f /s     %6.2f x write+fdatasync", r->what, ROUND / s, plain / s);
    if (r->at_once > 0)
        printf("; many at once %6.2f x", plain * (double)rounds / r->at_once);
    puts("");
}

int main(int argc, char **argv)
{
    static struct recorder r[4];
    static double plain[ROUNDS_MOST];
    if (argc > 1 && strcmp(argv[1], "answer") == 0)
        return answer_lines();
    size_t rounds = (argc > 1 ? strtoul(argv[1], NULL, 10) : 2000) / ROUND;
    const char *temp = getenv("TMPDIR"), *program = getenv("LW_PROGRAM"),
               *before = getenv("LW_BEFORE");
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    char *clean = lw_format("rm -rf '%s'", dir), *self = realpath("/proc/self/exe", NULL);
    size_t nr = 0;
    int n = (int)rounds * ROUND;
    bench_must(rounds > 0 && rounds <= ROUNDS_MOST && program && self,
        "usage: LW_PROGRAM=… bench_record [LABELS]");
    bench_must(mkdtemp(dir) && chdir(dir) == 0, dir);
    char *state = lw_format("%s/state", dir);
    setenv("XDG_STATE_HOME", state, 1);
    signal(SIGPIPE, SIG_IGN);
    int fd = open("plain", O_WRONLY | O_CREAT | O_APPEND, 0600);
    r[nr++] = start_labelwright("record, this build", program, "this", 2 * n);
    if (before)
        r[nr++] = start_labelwright("record, build before", before, "before", 2 * n);
    size_t ours = nr;
    r[nr++] = start_sqlite();
    r[nr++] = start_piped(self);
    for (int i = 0; i < n; i += ROUND) {
        plain[i / ROUND] = plain_round(fd);
        for (size_t k = 0; k < nr; k++)
            awaited_round(&r[k], i);
    }
    for (size_t k = 0; k < ours; k++)
        all_at_once(&r[k], n, n);
    printf("%d labels; aims: 0.95 awaited, not below SQLite, 5 at once\n", n);
    for (size_t k = 0; k < nr; k++) {
        print_figures(&r[k], rounds, bench_median(plain, rounds));
        stop(&r[k]);
    }
    close(fd);
    int failed = system(clean);
    free(state);
    free(self);
    free(clean);
    free(dir);
    return failed != 0;
}
