/* For tests: cmocka with what it needs before it, whole files, and samples of the shared folder. */
#ifndef LABELWRIGHT_TESTS_SHARED_H
#define LABELWRIGHT_TESTS_SHARED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The file's bytes, NUL behind them, to free(); NULL when it cannot be read. */
static inline char *file_bytes(const char *path, size_t *n)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    char *bytes = NULL;
    size_t got = 0, k = 0;
    do {
        got += k;
        bytes = realloc(bytes, got + 65537);
        k = fread(bytes + got, 1, 65536, f);
    } while (k > 0);
    fclose(f);
    bytes[got] = '\0';
    *n = got;
    return bytes;
}

/* A file of the folder LW_SHARED; NULL, and a word on stderr, without it. */
static inline char *shared_bytes(const char *name, size_t *n)
{
    const char *root = getenv("LW_SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", root ? root : "", name);
    char *bytes = root && *root ? file_bytes(path, n) : NULL;
    if (!bytes)
        fprintf(stderr, "SKIPPED: %s not found; set LW_SHARED to the folder of samples\n", name);
    return bytes;
}

/* Calls `hold` with samples of real languages; skips the test without them. */
static inline void each_language(void (*hold)(const char *s, size_t n))
{
    static const char *const files[] = {"udhr_arb.html", "udhr_cat.html", "udhr_fin.html",
        "udhr_hin.html", "udhr_jpn.html", "udhr_vie.html", "mgsm_th.tsv",
        "unicode_emoji_data-by-emoji.json"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[64];
        size_t n;
        snprintf(name, sizeof name, "data/languages/%s", files[i]);
        char *s = shared_bytes(name, &n);
        if (!s)
            skip();
        hold(s, n);
        free(s);
    }
}

#endif
