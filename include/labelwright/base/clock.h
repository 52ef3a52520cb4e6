/* Time: UTC stamps are information only; durations come from clocks nobody can set. */
#ifndef LABELWRIGHT_BASE_CLOCK_H
#define LABELWRIGHT_BASE_CLOCK_H

#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stdint.h>

enum { LW_STAMP_MAX = 25 }; /* "2026-11-22T07:17:50.123Z" and the NUL */
enum { LW_ZONE_MAX = 8 };   /* "+0200" and the NUL, as strftime() writes it */

int64_t lw_clock_utc_ms(const struct lw_sys *sys);  /* since 1970 */
int64_t lw_clock_mono_ms(const struct lw_sys *sys); /* CLOCK_MONOTONIC: stands still in suspend */
int64_t lw_clock_boot_ms(const struct lw_sys *sys); /* CLOCK_BOOTTIME: goes on in suspend */

void lw_stamp_format(int64_t utc_ms, char to[LW_STAMP_MAX]); /* RFC 3339, milliseconds, Z */
bool lw_stamp_parse(const char *s, int64_t *utc_ms);         /* only what lw_stamp_format wrote */

/* Local time minus UTC at that time, by the machine's zone as it is set now; and such a text, n
 * bytes, in seconds. */
void lw_zone_format(int64_t utc_ms, char to[LW_ZONE_MAX]);
bool lw_zone_parse(const char *s, size_t n, int32_t *seconds);

#endif
