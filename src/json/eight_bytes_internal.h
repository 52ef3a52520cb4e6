/* Eight bytes of a text looked at together, as journals and task files are long. A mark is the top
 * bit of a byte; bytes above the lowest mark may be marked wrongly, so that only that one counts.
 * (Whether a byte is zero shows when 1 is taken from each: Warren, "Hacker's Delight".) */
#ifndef LABELWRIGHT_JSON_EIGHT_BYTES_INTERNAL_H
#define LABELWRIGHT_JSON_EIGHT_BYTES_INTERNAL_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define LW_EACH(c) (UINT64_C(0x0101010101010101) * (unsigned char)(c))

/* The first byte is the lowest one. */
static inline uint64_t lw_eight(const char *p)
{
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    return le64toh(bytes);
}

/* Those below c, which is at most 0x80. */
static inline uint64_t lw_eight_below(uint64_t bytes, unsigned char c)
{
    return (bytes - LW_EACH(c)) & ~bytes & LW_EACH(0x80);
}

static inline uint64_t lw_eight_equal(uint64_t bytes, char c)
{
    return lw_eight_below(bytes ^ LW_EACH(c), 1);
}

static inline uint64_t lw_eight_not_ascii(uint64_t bytes)
{
    return bytes & LW_EACH(0x80);
}

/* Marks no byte wrongly, at twice the price. */
static inline uint64_t lw_eight_exactly(uint64_t bytes, char c)
{
    const uint64_t low = LW_EACH(0x7F);
    uint64_t other = bytes ^ LW_EACH(c);
    return ~(((other & low) + low) | other | low);
}

/* Every mark from an odd one up to the next even one, without that. */
static inline uint64_t lw_eight_between(uint64_t marks)
{
    marks ^= marks << 8;
    marks ^= marks << 16;
    return marks ^ marks << 32;
}

static inline int lw_first_mark(uint64_t marks)
{
    return __builtin_ctzll(marks) / 8;
}

#endif
