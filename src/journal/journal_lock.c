/* Who may write the journal: flock on journal/lock, and in that file, for people, who has it. What
 * the owner does with the journal is no matter here. We never unlink the file, or two sessions
 * could lock two files. Not fcntl: its locks vanish when this process closes the file anywhere.
 *
 * Other programs may unlink or replace it, so after locking we check that the name still names the
 * locked file. A lock file with a second name (hard link) is replaced while locked: writing to it
 * would change another file. */
#define _GNU_SOURCE
#include "journal/journal_internal.h"

#include "labelwright/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define LOCK "lock"

/* "pid 12 on host, /dev/pts/3, since 14:02, sending": the purpose comes last, so that it can be
 * told from the end of the text. The time is local, for people. */
static char *describe_self(const struct lw_sys *sys, const char *purpose)
{
    char host[256] = "", tty[256] = "no terminal", since[24] = "";
    time_t now = (time_t)(lw_clock_utc_ms(sys) / 1000);
    struct tm tm;
    if (gethostname(host, sizeof host - 1) != 0)
        strcpy(host, "this machine");
    if (ttyname_r(STDIN_FILENO, tty, sizeof tty) != 0)
        strcpy(tty, "no terminal");
    if (localtime_r(&now, &tm))
        strftime(since, sizeof since, ", since %H:%M", &tm);
    return lw_format("pid %ld on %s, %s%s%s%s\n", (long)getpid(), host, tty, since,
        purpose ? ", " : "", purpose ? purpose : "");
}

/* Information only: a full disk must not stop anyone from labeling. */
static void write_owner(struct lw_journal *j, int fd)
{
    char *self = describe_self(j->sys, j->purpose);
    if (j->sys->ftruncate(j->sys, fd, 0) == 0)
        lw_write_all(j->sys, fd, self, strlen(self), NULL, NULL);
    free(self);
}

static char *read_owner(struct lw_journal *j, int fd)
{
    char text[300];
    ssize_t n = j->sys->pread(j->sys, fd, text, sizeof text - 1, 0);
    for (ssize_t i = 0; i < n; i++) {
        if (text[i] == '\n')
            n = i;
        else if ((unsigned char)text[i] < ' ' || text[i] == 127)
            text[i] = '?';
    }
    return n > 0 ? lw_strndup(text, (size_t)n) : lw_strdup("another labelwright");
}

static int lock_file(const struct lw_sys *sys, int fd)
{
    int r;
    do
        r = sys->flock(sys, fd, LOCK_EX | LOCK_NB);
    while (r != 0 && errno == EINTR);
    return r;
}

/* Puts a new file in place of the locked one; both are locked until it has the name. */
static enum lw_code replace(struct lw_journal *j, int *fd, struct lw_err *err)
{
    char *temp;
    int new_fd;
    struct lw_err why = {0};
    enum lw_code code = lw_file_fresh(j->sys, j->folder, LOCK, &temp, &new_fd, &why);
    if (code != LW_OK)
        return lw_fail(err, code, "%s/%s", j->name, why.text);
    if (lock_file(j->sys, new_fd) != 0 || j->sys->renameat(j->sys, j->folder, temp, LOCK) != 0) {
        code = lw_fail_errno(err, "%s/%s: cannot lock", j->name, LOCK);
        j->sys->unlinkat(j->sys, j->folder, temp);
        j->sys->close(j->sys, new_fd);
    } else {
        j->sys->close(j->sys, *fd);
        *fd = new_fd;
    }
    free(temp);
    return code;
}

enum taken { TAKEN, TAKEN_BY_OTHER, TAKE_AGAIN, TAKE_FAILED };

static enum taken try_lock(struct lw_journal *j, int *fd, struct lw_err *err)
{
    struct stat st;
    if (lock_file(j->sys, *fd) != 0) {
        bool busy = errno == EWOULDBLOCK;
        if (!busy)
            lw_fail_errno(err, "%s/%s: cannot lock", j->name, LOCK);
        return busy ? TAKEN_BY_OTHER : TAKE_FAILED;
    }
    enum lw_code code = lw_file_is_at(j->sys, j->folder, LOCK, *fd, &st);
    if (code == LW_EIO) {
        lw_fail(err, LW_EIO, "%s/%s: cannot check", j->name, LOCK);
        return TAKE_FAILED;
    }
    if (code != LW_OK)
        return TAKE_AGAIN; /* unlinked or replaced between opening and locking */
    if (st.st_nlink == 1)
        return TAKEN;
    return replace(j, fd, err) == LW_OK ? TAKEN : TAKE_FAILED;
}

static bool cannot_be_written(int e)
{
    return e == EROFS || e == EACCES || e == EPERM;
}

/* `*fd` is -1, with a note, when nothing can be written. */
static enum lw_code open_lock(struct lw_journal *j, int *fd, struct lw_err *err)
{
    struct stat st;
    struct lw_err why = {0};
    errno = 0;
    enum lw_code code = lw_journal_file(j->sys, j->folder, LOCK, O_RDWR | O_CREAT, fd, &st, &why);
    if (code == LW_EIO && cannot_be_written(errno)) {
        lw_journal_note(j, "View only: the journal cannot be written (%s).", why.text);
        return LW_OK;
    }
    if (code != LW_OK)
        return lw_fail(err, code, "%s/%s", j->name, why.text);
    if (st.st_uid != geteuid()) {
        j->sys->close(j->sys, *fd);
        return lw_fail(err, LW_EREFUSED,
            "%s/%s belongs to another user. Only its owner can write a journal. Use chown, "
            "or your own copy.",
            j->name, LOCK);
    }
    return LW_OK;
}

static void finish(struct lw_journal *j, enum taken taken, int fd)
{
    struct stat st;
    if (taken == TAKEN) {
        j->lock = fd;
        if (j->sys->fstat(j->sys, fd, &st) == 0 && (st.st_mode & 077))
            j->sys->fchmod(j->sys, fd, 0600);
        write_owner(j, fd);
        return;
    }
    if (taken == TAKEN_BY_OTHER) {
        free(j->owner);
        j->owner = read_owner(j, fd);
    }
    j->sys->close(j->sys, fd);
}

enum lw_code lw_journal_lock(struct lw_journal *j, struct lw_err *err)
{
    enum { TRIES = 20 };
    for (int i = 0; i < TRIES; i++) {
        int fd = -1;
        enum lw_code code = open_lock(j, &fd, err);
        if (code != LW_OK || fd < 0)
            return code;
        enum taken taken = try_lock(j, &fd, err);
        finish(j, taken, fd);
        if (taken == TAKE_FAILED)
            return LW_EIO;
        if (taken != TAKE_AGAIN)
            return LW_OK;
    }
    return lw_fail(err, LW_EIO, "%s/%s: another program keeps replacing it.", j->name, LOCK);
}

enum lw_code lw_journal_relock(struct lw_journal *j, struct lw_err *err)
{
    int old = j->lock;
    j->lock = -1;
    enum lw_code code = lw_journal_lock(j, err);
    if (code == LW_OK && j->lock < 0 && !j->owner)
        code = lw_fail(err, LW_EIO, "%s/%s cannot be created again", j->name, LOCK);
    if (code == LW_OK)
        j->sys->close(j->sys, old);
    else
        j->lock = old;
    return code;
}
