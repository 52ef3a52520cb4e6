/* flock on journal/lock, which is never unlinked: two openers would lock two files. Not fcntl: its
 * locks vanish at any close() of the file by this process. */
#define _GNU_SOURCE
#include "data/journal_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK "lock"

static char *describe_self(void)
{
    char host[256] = "", tty[256] = "no terminal";
    if (gethostname(host, sizeof host - 1) != 0)
        strcpy(host, "this machine");
    if (ttyname_r(STDIN_FILENO, tty, sizeof tty) != 0)
        strcpy(tty, "no terminal");
    return lw_format("pid %ld on %s, %s\n", (long)getpid(), host, tty);
}

/* Information only: a full disk must not keep anybody from labeling. */
static void sign(struct lw_journal *j, int fd)
{
    char *self = describe_self();
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
    return n > 0 ? lw_strndup(text, (size_t)n) : lw_strdup("another sitting");
}

static enum lw_code take(struct lw_journal *j, int fd, struct lw_err *err)
{
    int r;
    do
        r = j->sys->flock(j->sys, fd, LOCK_EX | LOCK_NB);
    while (r != 0 && errno == EINTR);
    if (r == 0) {
        j->lock = fd;
        sign(j, fd);
        return LW_OK;
    }
    enum lw_code code = LW_OK;
    if (errno == EWOULDBLOCK)
        j->owner = read_owner(j, fd);
    else
        code = lw_fail_errno(err, "%s/%s: cannot lock", j->name, LOCK);
    j->sys->close(j->sys, fd);
    return code;
}

static bool cannot_be_written(int e)
{
    return e == EROFS || e == EACCES || e == EPERM;
}

enum lw_code lw_journal_lock(struct lw_journal *j, struct lw_err *err)
{
    struct stat st;
    struct lw_err why = {0};
    int fd;
    errno = 0;
    enum lw_code code = lw_journal_file(j->sys, j->folder, LOCK, O_RDWR | O_CREAT, &fd, &st, &why);
    if (code == LW_EIO && cannot_be_written(errno)) {
        lw_journal_note(j, "The journal can only be read here (%s).", why.text);
        return LW_OK;
    }
    if (code != LW_OK)
        return lw_fail(err, code, "%s/%s", j->name, why.text);
    if (st.st_uid != geteuid()) {
        j->sys->close(j->sys, fd);
        return lw_fail(err, LW_EREFUSED,
            "%s/%s belongs to another user: a journal is written only by its owner. Use chown, or "
            "a "
            "copy of your own.",
            j->name, LOCK);
    }
    if (st.st_mode & 077)
        j->sys->fchmod(j->sys, fd, 0600);
    return take(j, fd, err);
}
