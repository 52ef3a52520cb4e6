/* A long text in pieces that can be read one by one, so that its first screen costs no more than
 * that of a short one. Pure. */
#ifndef LABELWRIGHT_MARKUP_CHUNKS_INTERNAL_H
#define LABELWRIGHT_MARKUP_CHUNKS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

enum lw_chunk_kind {
    LW_CHUNK_MARKDOWN, /* whole blocks of Markdown */
    LW_CHUNK_CODE,     /* a fenced code block that is in no list and no quote */
    LW_CHUNK_SOURCE    /* too long to be read as Markdown: shown as it stands */
};

enum { LW_CHUNK_MAX = 32 * 1024, LW_CHUNK_GROUP = 1024 };

struct lw_text_chunk {
    enum lw_chunk_kind kind;
    size_t at, len;
    size_t info, ninfo; /* CODE: the words behind the opening fence … */
    size_t body, nbody; /* … the lines between the fences, with the last line end … */
    char fence;         /* … '`' or '~' … */
    size_t nfence;      /* … and how many of them opened it */
    bool cut;           /* CODE, SOURCE: the next chunk continues it … */
    bool goes_on;       /* … and this one the chunk before */
    bool unclosed;      /* CODE: the text ends before the closing fence */
};

/* The chunk that begins at byte `at` < n of `s`: at 0, or where the one before (NULL for none)
 * ended. Reads at most about twice LW_CHUNK_MAX bytes. */
struct lw_text_chunk lw_chunk_next(
    const char *s, size_t n, size_t at, const struct lw_text_chunk *before);

/* The same, with chunks of Markdown behind it that can be read together with it, up to about
 * LW_CHUNK_GROUP bytes: most are a sentence or two, and each costs something. */
struct lw_text_chunk lw_chunk_group(
    const char *s, size_t n, size_t at, const struct lw_text_chunk *before);

/* The same of a text that is no Markdown: a SOURCE chunk of whole lines. */
struct lw_text_chunk lw_chunk_lines(const char *s, size_t n, size_t at);

/* True for a text that is a program, a page or data as a whole. */
bool lw_is_data(const char *s, size_t n);

/* The length of an opening fence at the start of a line (n bytes to the end of the text); 0 for
 * none. */
size_t lw_fence_len(const char *s, size_t n);

#endif
