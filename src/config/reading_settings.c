/* Reads `reading:` of config.yaml: how texts are laid out. Laying out is the room markup's. */
#include "config/config_internal.h"

/* As they are in the file. */
struct reading {
    int64_t columns, spacing;
    bool justify, line_numbers;
};

#define IN(member) offsetof(struct reading, member)
static const struct lw_field fields[] = {
    {.key = "columns",
        lw_set_int,
        IN(columns),
        "an integer from 40 to 200",
        "columns: 80",
        .min = 40,
        .max = 200,
        .initial = "100",
        .help = "the widest text, in columns"},
    {.key = "spacing",
        lw_set_int,
        IN(spacing),
        "1 or 2",
        "spacing: 2",
        .min = 1,
        .max = 2,
        .initial = "1",
        .help = "lines from one line of text to the next"},
    {.key = "justify",
        lw_set_bool,
        IN(justify),
        "true or false",
        "justify: true",
        .initial = "false",
        .help = "spread the words to both edges"},
    {.key = "line_numbers",
        lw_set_bool,
        IN(line_numbers),
        "true or false",
        "line_numbers: true",
        .initial = "false",
        .help = "number the lines of code"},
};
#undef IN
const struct lw_schema lw_reading_schema = {
    "`reading`", fields, sizeof fields / sizeof *fields, NULL};

LW_SETTER(lw_set_reading)
{
    struct reading v = {LW_READING_COLS, 1, false, false};
    if (y->kind == LW_YAML_MAP)
        lw_schema_parse(r, &lw_reading_schema, LW_NO_VARIANT, y, &v);
    else
        lw_mistake_kind(r, f, y);
    ((struct lw_config *)to)->reading = (struct lw_reading_opts){.cols = (int)v.columns,
        .spacing = (int)v.spacing,
        .justify = v.justify,
        .numbers = v.line_numbers};
}
