#include "tui/view/frame_internal.h"

static const struct {
    char32_t line;
    char ascii;
} ascii_lines[] = {
    {U'\u2500', '-'},
    {U'\u2502', '|'},
    {U'\u250C', '+'},
    {U'\u2510', '+'},
    {U'\u2514', '+'},
    {U'\u2518', '+'},
    {U'\u251C', '+'},
    {U'\u2524', '+'},
    {U'\u252C', '+'},
    {U'\u2534', '+'},
    {U'\u253C', '+'},
    {U'\u2550', '='},
    {U'\u2551', '|'},
    {U'\u2190', '<'},
    {U'\u2191', '^'},
    {U'\u2192', '>'},
    {U'\u2193', 'v'},
    {U'\u2026', '~'},
};

char32_t lw_ascii_line(char32_t cp)
{
    for (size_t i = 0; i < sizeof ascii_lines / sizeof *ascii_lines; i++)
        if (cp == ascii_lines[i].line)
            return (char32_t)ascii_lines[i].ascii;
    return cp;
}
