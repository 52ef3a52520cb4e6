/* UAX #9: the direction of a paragraph by libunistring's classes, the order of a line and the forms
 * of Arabic letters by fribidi. Lines are arranged one by one, without what stands before them in
 * their paragraph; where their cells are is the view's. */
#include "labelwright/text/bidi.h"

#include "labelwright/text/utf8.h"

#include <fribidi.h>
#include <string.h>
#include <unictype.h>

/* ---- paragraphs */

static bool is_isolate(int class)
{
    return class == UC_BIDI_LRI || class == UC_BIDI_RLI || class == UC_BIDI_FSI;
}

enum lw_direction lw_direction_of(const char *s, size_t n)
{
    size_t isolated = 0;
    n = lw_line_len(s, n);
    for (size_t at = 0; at < n;) {
        char32_t cp;
        at += lw_utf8_decode(s + at, n - at, &cp);
        int class = cp == LW_UTF8_BAD ? UC_BIDI_ON : uc_bidi_category(cp);
        if (is_isolate(class))
            isolated++;
        else if (class == UC_BIDI_PDI && isolated > 0)
            isolated--;
        else if (isolated == 0 && class == UC_BIDI_L)
            return LW_DIRECTION_LTR;
        else if (isolated == 0 && (class == UC_BIDI_R || class == UC_BIDI_AL))
            return LW_DIRECTION_RTL;
    }
    return LW_DIRECTION_NONE;
}

/* ---- lines */

bool lw_bidi_matters(char32_t cp)
{
    if (cp < 0x0590 || cp == LW_UTF8_BAD)
        return false;
    FriBidiCharType type = fribidi_get_bidi_type(cp);
    return FRIBIDI_IS_RTL(type) || FRIBIDI_IS_ARABIC(type); /* a digit of Arabic is the latter */
}

/* Everything that fribidi says of a line. */
struct line {
    FriBidiCharType type[LW_BIDI_MAX];
    FriBidiBracketType bracket[LW_BIDI_MAX];
    FriBidiLevel level[LW_BIDI_MAX];
    FriBidiArabicProp join[LW_BIDI_MAX];
    FriBidiStrIndex place[LW_BIDI_MAX];
};

static void shape(struct line *l, char32_t *cp, FriBidiStrIndex n)
{
    static const FriBidiFlags flags = FRIBIDI_FLAG_SHAPE_MIRRORING | FRIBIDI_FLAG_SHAPE_ARAB_PRES;
    fribidi_get_joining_types(cp, n, l->join);
    fribidi_join_arabic(l->type, n, l->level, l->join);
    fribidi_shape(flags, l->level, n, l->join, cp);
}

static bool arrange(struct line *l, char32_t *cp, FriBidiStrIndex n)
{
    FriBidiParType base = FRIBIDI_PAR_ON;
    fribidi_get_bidi_types(cp, n, l->type);
    fribidi_get_bracket_types(cp, n, l->type, l->bracket);
    if (!fribidi_get_par_embedding_levels_ex(l->type, l->bracket, n, &base, l->level))
        return false;
    shape(l, cp, n);
    for (FriBidiStrIndex i = 0; i < n; i++)
        l->place[i] = i;
    return fribidi_reorder_line(0, l->type, n, 0, base, l->level, NULL, l->place) > 0;
}

void lw_bidi_line(char32_t *cp, size_t n, uint16_t *order)
{
    struct line l;
    bool arranged = n > 0 && n <= LW_BIDI_MAX && arrange(&l, cp, (FriBidiStrIndex)n);
    for (size_t i = 0; i < n; i++)
        order[i] = arranged ? (uint16_t)l.place[i] : (uint16_t)i;
}
