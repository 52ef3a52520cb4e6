/* A config.yaml with every key in it, commented, for those who would rather read a file than a
 * manual. Made from the table of keys; it reads and writes no file. */
#include "config/config_internal.h"

#include "labelwright/config/settings.h"

static void add_inside(const struct lw_field *f, struct lw_buf *to)
{
    const struct lw_schema *t = f->inside;
    for (size_t i = 0; t && i < t->n; i++) {
        const struct lw_field *in = &t->field[i];
        if (in->unsaid)
            continue;
        lw_buf_fmt(to, "#   %s (%s): %s", in->key, in->takes, in->help);
        if (in->initial)
            lw_buf_fmt(to, "; default: %s", in->initial);
        lw_buf_char(to, '\n');
    }
}

static void add_setting(const struct lw_field *f, struct lw_buf *to)
{
    lw_buf_fmt(to, "\n# %s\n", f->help);
    if (f->words || f->max > 0)
        lw_buf_fmt(to, "# It takes %s.\n", f->takes);
    add_inside(f, to);
    if (f->initial)
        lw_buf_fmt(to, "#%s: %s\n", f->key, f->initial);
    else
        lw_buf_fmt(to, "# For example:\n#%s\n", f->example);
}

void lw_config_commented(struct lw_buf *to)
{
    const struct lw_schema *t = lw_config_schema();
    lw_buf_str(to,
        "# Your settings for labelwright, in every project. To set a key, remove the # before "
        "it.\n# What a key has here is what holds without it, unless it says: For "
        "example.\n");
    for (size_t i = 0; i < t->n; i++)
        if (!t->field[i].unsaid)
            add_setting(&t->field[i], to);
}
