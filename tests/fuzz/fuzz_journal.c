/* A segment of any bytes: verifying, reading and opening for writing never crash, and opening
 * drops no line that reading found. An odd first byte gives every long line a fitting hash, so that
 * what lies behind that check is met too. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[40];

static void drop(void *dir, const char *name)
{
    unlinkat(*(int *)dir, name, 0);
}

static void clear(int dir)
{
    int journal = openat(dir, "journal", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    lw_sys_real.list(&lw_sys_real, journal, drop, &journal);
    close(journal);
}

static int folder_fd = -1;

static void leave(void)
{
    clear(folder_fd);
    unlinkat(folder_fd, "journal", AT_REMOVEDIR);
    rmdir(path);
}

static int folder(void)
{
    const char *where = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    if (folder_fd < 0) {
        snprintf(path, sizeof path, "%s/labelwright-fuzz-XXXXXX", where);
        if (!mkdtemp(path))
            abort();
        folder_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (mkdirat(folder_fd, "journal", 0700) != 0 || atexit(leave) != 0)
            abort();
    }
    return folder_fd;
}

static void fold(void *ctx, const struct lw_event *e)
{
    lw_ledger_fold(ctx, e);
    json_decref(lw_event_json(e));
}

static uint64_t open_once(int dir, bool read_only)
{
    struct lw_ledger *l = lw_ledger_new();
    struct lw_journal_opts o = {.sys = &lw_sys_real,
        .dir = dir,
        .name = "journal",
        .annotator = read_only ? NULL : "maria",
        .read_only = read_only,
        .each = fold,
        .ctx = l};
    struct lw_journal *j;
    uint64_t n = 0;
    if (lw_journal_open(&o, &j, NULL) == LW_OK) {
        n = lw_ledger_totals(l).events;
        lw_journal_close(j);
    } else if (!read_only) {
        n = UINT64_MAX; /* another annotator's, or no journal */
    }
    lw_ledger_free(l);
    return n;
}

static void seal(char *line, size_t len)
{
    char end[80], hash[LW_SHA256_HEX];
    if (len <= 75)
        return;
    lw_sha256_hex2("labelwright/1\n", 14, line, len - 75, hash);
    snprintf(end, sizeof end, ",\"hash\":\"%s\"}", hash);
    memcpy(line + len - 75, end, 75);
}

static void seal_all(char *text, size_t size)
{
    char *end = text + size;
    for (char *p = text, *q; (q = memchr(p, '\n', (size_t)(end - p))); p = q + 1)
        seal(p, (size_t)(q - p));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int dir = folder();
    struct lw_verdict v;
    if (size == 0)
        return 0;
    clear(dir);
    bool odd = data[0] & 1;
    char *text = lw_strndup((const char *)data + 1, --size);
    if (odd)
        seal_all(text, size);
    int fd = openat(dir, "journal/000001.jsonl", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, text, size) != (ssize_t)size)
        abort();
    close(fd);
    free(text);
    lw_journal_verify(&lw_sys_real, dir, "journal", NULL, &v, NULL);
    uint64_t read = open_once(dir, true);
    if (open_once(dir, false) < read)
        abort();
    return 0;
}
