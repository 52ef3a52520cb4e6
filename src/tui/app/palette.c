/* The palette: every command by name. */
#define _GNU_SOURCE
#include "tui/app/app_parts_internal.h"

#include <ctype.h>
#include <string.h>

/* How well a command matches what was typed, 0 the best. */
enum fit { IN_NAME, SPREAD_IN_NAME, IN_HELP, NO_FIT };

/* True when `whole` contains all letters of `part`, in this order. */
static bool spread_in(const char *whole, const char *part)
{
    for (; *whole && *part; whole++)
        if (tolower((unsigned char)*whole) == tolower((unsigned char)*part))
            part++;
    return !*part;
}

static enum fit fit_of(const struct lw_command_row *c, const char *typed)
{
    if (strcasestr(c->name, typed))
        return IN_NAME;
    if (spread_in(c->name, typed))
        return SPREAD_IN_NAME;
    return strcasestr(c->help, typed) ? IN_HELP : NO_FIT;
}

size_t lw_palette_list(const struct lw_app *d, enum lw_command_id *to)
{
    const char *typed = d->filter.len ? d->filter.data : "";
    size_t n = 0;
    for (int fit = IN_NAME; fit < NO_FIT; fit++)
        for (int id = 0; id < LW_CMD_TABLE_END; id++)
            if (id != LW_CMD_DIGIT && id != LW_CMD_PALETTE &&
                fit_of(&lw_command_table[id], typed) == (enum fit)fit)
                to[n++] = (enum lw_command_id)id;
    return n;
}

void lw_app_open_palette(struct lw_app *d)
{
    d->over = LW_OVERLAY_PALETTE;
    d->picker_at = 0;
    lw_buf_clear(&d->filter);
}

static void run(struct lw_app *d)
{
    enum lw_command_id list[LW_CMD_TABLE_END];
    size_t n = lw_palette_list(d, list);
    d->over = LW_OVERLAY_NONE;
    if (d->picker_at < n)
        lw_app_command(d, (struct lw_command){.id = list[d->picker_at]});
    else
        lw_sitting_notify(d->s, LW_TONE_INFO, "No command matches \"%s\".", d->filter.data);
}

void lw_app_palette_key(struct lw_app *d, struct lw_key key)
{
    enum lw_command_id list[LW_CMD_TABLE_END];
    size_t n = lw_palette_list(d, list);
    if (key.name == LW_KEY_UP && d->picker_at > 0)
        d->picker_at--;
    else if (key.name == LW_KEY_DOWN && d->picker_at + 1 < n)
        d->picker_at++;
    else if (key.name == LW_KEY_ENTER)
        run(d);
    else if (key.name == LW_KEY_ESC || (key.ctrl && (key.ch == 'c' || key.ch == 'p')))
        d->over = LW_OVERLAY_NONE;
    else if (key.name == LW_KEY_CHAR || key.name == LW_KEY_SPACE || key.name == LW_KEY_BACKSPACE) {
        lw_filter_type(&d->filter, key);
        d->picker_at = 0;
    }
}
