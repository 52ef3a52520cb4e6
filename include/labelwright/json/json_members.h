/* Members of a compact JSON object, read from its text without building a tree. For lines that this
 * program wrote (their hash has been checked): no white space between the tokens. Any other text
 * ends the walk early and does no harm. */
#ifndef LABELWRIGHT_JSON_JSON_MEMBERS_H
#define LABELWRIGHT_JSON_JSON_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lw_member {
    const char *key,
        *value; /* the key without its quotes; the value as in the text, with its quotes */
    size_t key_len, value_len;
};

/* `*at` starts at the brace of the object. False after the last member, and at what is no object:
 * then *at is where it ends, at its closing brace, or at the opening one of an empty one. */
bool lw_member_next(const char **at, const char *end, struct lw_member *to);

/* The same in two steps, for who reads a value while looking for its end: the key, where *at is
 * left at the value and value_len is 0; then the value. */
bool lw_member_open(const char **at, const char *end, struct lw_member *to);
bool lw_member_close(const char **at, const char *end, struct lw_member *to);

bool lw_member_is(const struct lw_member *m, const char *key);
bool lw_member_find(const char *at, const char *end, const char *key, struct lw_member *to);

uint64_t lw_member_u64(const struct lw_member *m); /* 0 when it is not such a number */
/* The bytes of the string in place; NULL when it is not a string or needs unescaping. */
const char *lw_member_plain(const struct lw_member *m, size_t *len);
char *lw_member_text(
    const struct lw_member *m, size_t *len); /* unescaped, new; NULL when it is not a string */

#endif
