/* Numbers of JSON that are shown in other digits than they are written with: 1.50e1 as 15.0. */
#include "tasks/search_number_internal.h"

#include <string.h>

static void add_each(struct lw_byte_set *set, const char *bytes)
{
    for (; *bytes; bytes++)
        lw_byte_set_add(set, (unsigned char)*bytes);
}

struct lw_quad lw_number_quad(void)
{
    static const char digits[] = "0123456789";
    struct lw_quad quad = {0};
    add_each(&quad.at[0], digits);
    add_each(&quad.at[1], ".eE");
    add_each(&quad.at[2], digits);
    add_each(&quad.at[2], "+-");
    lw_byte_set_add_all(&quad.at[3]);
    return quad;
}

/* JSON has a number behind what stands before a value. */
bool lw_number_ends(const char *s, size_t at)
{
    size_t from = at;
    while (from > 0 && s[from - 1] >= '0' && s[from - 1] <= '9')
        from--;
    if (from == at)
        return false;
    while (from > 0 && strchr("- \t\r\n", s[from - 1]))
        from--;
    return from > 0 && strchr(":,[", s[from - 1]);
}
