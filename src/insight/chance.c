/* What chance has to do with a figure: the two bounds that every section goes by. */
#include "insight/insight_internal.h"

struct lw_share lw_share_of(uint64_t k, uint64_t n, double chance)
{
    struct lw_interval wide = lw_interval_wilson(k, n, LW_Z_999);
    struct lw_share s = {.k = k, .n = n, .chance = chance};
    s.at95 = lw_interval_wilson(k, n, LW_Z_95);
    if (n == 0)
        s.verdict = LW_CHANCE_NO_DATA;
    else if (n < LW_SMALL_SAMPLE)
        s.verdict = LW_CHANCE_SMALL;
    else if (chance >= s.at95.low && chance <= s.at95.high)
        s.verdict = LW_CHANCE_EXPLAINS;
    else
        s.verdict = chance >= wide.low && chance <= wide.high ? LW_CHANCE_SELDOM : LW_CHANCE_HARDLY;
    return s;
}

enum lw_chance lw_chance_of_z(uint64_t n, double z)
{
    double size = z < 0 ? -z : z;
    if (n == 0)
        return LW_CHANCE_NO_DATA;
    if (n < LW_SMALL_SAMPLE)
        return LW_CHANCE_SMALL;
    return size <= LW_Z_95    ? LW_CHANCE_EXPLAINS
           : size <= LW_Z_999 ? LW_CHANCE_SELDOM
                              : LW_CHANCE_HARDLY;
}
