/* Runs the user's own editor on a text: chooses it, gives it the terminal and a file, waits, and
 * checks what it left. The screen must have left the terminal before; what becomes of the text is
 * the caller's. */
#define _GNU_SOURCE
#include "labelwright/sitting/external_editor.h"

#include "labelwright/answers/answers.h"
#include "labelwright/base/file.h"
#include "labelwright/base/linux_calls.h"
#include "labelwright/project/state_dir.h"
#include "labelwright/text/utf8.h"
#include "sitting/messages_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { WORDS_MAX = 32 };

/* ---- which editor */

/* An argument list with room for the file name at the end. */
struct editor {
    char *words[WORDS_MAX + 2];
    size_t n;
    const char *from; /* where it was set; NULL for nowhere */
    char *own;        /* what the words are pieces of */
};

static void from_list(struct editor *e, char *const *list, const char *from)
{
    for (; *list && e->n < WORDS_MAX; list++)
        e->words[e->n++] = *list;
    e->from = e->n ? from : NULL;
}

static void from_words(struct editor *e, const char *name)
{
    const char *value = getenv(name);
    char *rest, *word;
    if (e->n > 0 || !value)
        return;
    free(e->own);
    e->own = lw_strdup(value);
    for (rest = e->own; e->n < WORDS_MAX && (word = strsep(&rest, " \t"));)
        if (*word)
            e->words[e->n++] = word;
    e->from = e->n ? name : NULL;
}

static void choose_editor(struct editor *e, char *const *configured)
{
    *e = (struct editor){0};
    if (configured)
        from_list(e, configured, "config.yaml");
    from_words(e, "VISUAL");
    from_words(e, "EDITOR");
}

/* ---- running it */

/* The terminal sends ^C and ^\ to all of the group: they are meant for the editor. ^Z stops all. */
static const struct {
    int number;
    void (*handler)(int);
} signals[] = {{SIGINT, SIG_IGN}, {SIGQUIT, SIG_IGN}, {SIGTSTP, SIG_DFL}};
enum { NSIGNALS = sizeof signals / sizeof *signals };

static void set_signals(struct sigaction before[NSIGNALS])
{
    for (size_t i = 0; i < NSIGNALS; i++) {
        struct sigaction act = {.sa_handler = signals[i].handler};
        sigaction(signals[i].number, &act, &before[i]);
    }
}

/* Ignoring the signals again discards those that are pending. */
static void restore_signals(const struct sigaction before[NSIGNALS])
{
    struct sigaction none;
    set_signals((struct sigaction[NSIGNALS]){0});
    for (size_t i = 0; i < NSIGNALS; i++)
        sigaction(signals[i].number, &before[i], &none);
}

/* errno when it could not start, 0 when it runs. */
static int start(char *const *words, pid_t *child)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    if (!isatty(STDIN_FILENO))
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!isatty(STDOUT_FILENO))
        posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    int code = posix_spawnp(child, words[0], &files, &how, words, environ);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return code;
}

static int start_any(struct editor *e, char *file, pid_t *child)
{
    static const char *const known[] = {"sensible-editor", "nano", "vi"};
    int code = ENOENT;
    e->words[e->n] = file;
    if (e->from)
        return start(e->words, child);
    for (size_t i = 0; i < sizeof known / sizeof *known && code != 0; i++) {
        e->words[0] = (char *)(uintptr_t)known[i];
        e->words[1] = file;
        code = start(e->words, child);
    }
    return code;
}

static enum lw_code cannot_start(const struct editor *e, int code, struct lw_err *err)
{
    if (!e->from)
        return lw_fail(err, LW_EABSENT, LW_MSG_EDITOR_NONE);
    return lw_fail(err, LW_EABSENT, LW_MSG_EDITOR_UNSTARTED, e->words[0],
        strcmp(e->from, "config.yaml") == 0 ? "" : "$", e->from, strerror(code));
}

/* When something was last read from the terminal: the editor's keys. */
static struct timespec last_read(void)
{
    struct stat st = {0};
    fstat(STDIN_FILENO, &st);
    return st.st_atim;
}

/* `before`: when the terminal was last read, before the editor had it. */
static void watch_use(const struct lw_external_editor *o, pid_t child, struct timespec before)
{
    struct pollfd ended = {.fd = lw_pidfd_open(child), .events = POLLIN};
    int n = ended.fd < 0;
    while (n == 0 || (n < 0 && errno == EINTR)) {
        n = poll(&ended, 1, 1000);
        struct timespec now = last_read();
        if (now.tv_sec != before.tv_sec || now.tv_nsec != before.tv_nsec)
            o->used(o->ctx);
        before = now;
    }
    if (ended.fd >= 0)
        close(ended.fd);
}

/* The status as waitpid() has it. */
static enum lw_code run(const struct lw_external_editor *o, struct editor *e, char *file,
    int *status, struct lw_err *err)
{
    struct sigaction before[NSIGNALS];
    pid_t child;
    struct timespec before_it = last_read();
    set_signals(before);
    int code = start_any(e, file, &child);
    if (code == 0 && o->used)
        watch_use(o, child, before_it);
    if (code == 0)
        while (waitpid(child, status, 0) < 0 && errno == EINTR) {
        }
    restore_signals(before);
    return code == 0 ? LW_OK : cannot_start(e, code, err);
}

static enum lw_code check_status(const char *editor, int status, struct lw_err *err)
{
    if (WIFSIGNALED(status))
        return lw_fail(err, LW_EBAD, LW_MSG_EDITOR_KILLED, editor, strsignal(WTERMSIG(status)));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return lw_fail(err, LW_EBAD, LW_MSG_EDITOR_STATUS, editor, WEXITSTATUS(status));
    return LW_OK;
}

enum lw_code lw_external_editor_open(
    const struct lw_external_editor *o, char *file, struct lw_err *err)
{
    struct editor e;
    int status = 0;
    choose_editor(&e, o->editor);
    enum lw_code code = run(o, &e, file, &status, err);
    if (code == LW_OK)
        code = check_status(e.words[0], status, err);
    free(e.own);
    return code;
}

/* ---- the file */

static enum lw_code write_text(const struct lw_sys *sys, int dir, const char *name,
    const char *text, size_t n, struct lw_err *err)
{
    int fd;
    enum lw_code code = lw_file_create(sys, dir, name, LW_MSG_EDITOR_FILE, O_WRONLY, &fd, err);
    if (code != LW_OK)
        return code;
    code = lw_write_all(sys, fd, text, n, NULL, err);
    if (sys->close(sys, fd) != 0 && code == LW_OK)
        code = lw_fail_errno(err, LW_MSG_EDITOR_WRITE);
    return code;
}

static enum lw_code check_text(const struct lw_buf *b, struct lw_err *err)
{
    size_t bad = 0, line = 1;
    const char *nul = memchr(b->data, '\0', b->len);
    bool valid = lw_utf8_valid(b->data, b->len, &bad);
    if (valid && !nul)
        return LW_OK;
    if (nul && (valid || (size_t)(nul - b->data) < bad))
        bad = (size_t)(nul - b->data);
    for (size_t i = 0; i < bad; i++)
        line += b->data[i] == '\n';
    return lw_fail(err, LW_EBAD, LW_MSG_EDITED_BAD, line);
}

static bool ends_in(const char *s, size_t n, const char *end)
{
    size_t k = strlen(end);
    return n >= k && memcmp(s + n - k, end, k) == 0;
}

/* Removes the line end that the editor added to a text without one. */
static void strip_line_end(const char *text, size_t n, struct lw_buf *b)
{
    if (ends_in(text, n, "\n") || !ends_in(b->data, b->len, "\n"))
        return;
    bool two = n > 0 && memmem(text, n, "\r\n", 2) && ends_in(b->data, b->len, "\r\n");
    b->len -= two ? 2 : 1;
    b->data[b->len] = '\0';
}

/* Runs the editor on an existing file, and reads the file. */
static enum lw_code edit_file(const struct lw_external_editor *o, int state, char *name,
    const char *text, size_t n, struct lw_buf *to, struct lw_err *err)
{
    char *folder = realpath(o->path, NULL);
    if (!folder)
        return lw_fail_errno(err, LW_MSG_EDITOR_FOLDER, o->path);
    char *file = lw_format("%s/.labelwright/%s", folder, name);
    enum lw_code code = lw_external_editor_open(o, file, err);
    if (code == LW_OK)
        code = lw_file_read(o->sys, state, name, LW_MSG_EDITED_FILE, LW_EDIT_MAX, to, err);
    lw_buf_add(to, "", 0);
    if (code == LW_OK)
        code = check_text(to, err);
    if (code == LW_OK)
        strip_line_end(text, n, to);
    free(file);
    free(folder);
    return code;
}

/* Also removes what editors leave next to it. */
static void remove_file(const struct lw_sys *sys, int state, const char *name)
{
    char *backup = lw_format("%s~", name);
    sys->unlinkat(sys, state, name);
    sys->unlinkat(sys, state, backup);
    free(backup);
}

enum lw_code lw_external_editor_run(const struct lw_external_editor *o, const char *text, size_t n,
    struct lw_buf *to, struct lw_err *err)
{
    int state;
    uint64_t number = 0;
    struct lw_buf back = {0};
    enum lw_code code = lw_state_dir(o->sys, o->dir, NULL, true, &state, err);
    if (code != LW_OK)
        return code;
    o->sys->random(o->sys, &number, sizeof number);
    char *name = lw_format("text-%016" PRIx64 ".txt", number);
    code = write_text(o->sys, state, name, text, n, err);
    if (code == LW_OK)
        code = edit_file(o, state, name, text, n, &back, err);
    if (code == LW_OK)
        lw_buf_add(to, back.data, back.len);
    remove_file(o->sys, state, name);
    o->sys->close(o->sys, state);
    lw_buf_fini(&back);
    free(name);
    return code;
}
