/* How often each command was run from the palette: $XDG_STATE_HOME/labelwright/commands, a name and
 * a number a line. Only an order depends on it: what cannot be read or written is left out in
 * silence. */
#include "tui/app/screens_internal.h"

#include "labelwright/base/file.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 64 * 1024 };
static const char NAME[] = "commands";

static int open_folder(const struct lw_sys *sys, bool make)
{
    const char *state = getenv("XDG_STATE_HOME");
    char *path = state && *state == '/' ? lw_format("%s/labelwright", state)
                                        : lw_format("%s/.local/state/labelwright", lw_home());
    int fd = lw_dir_open_path(sys, path, make);
    free(path);
    return fd;
}

static void read_line(const char *line, struct lw_app *app)
{
    char name[64];
    uint32_t n;
    if (sscanf(line, "%63s %" SCNu32, name, &n) != 2)
        return;
    for (int id = 0; id < LW_CMD_TABLE_END; id++)
        if (strcmp(lw_command_table[id].name, name) == 0)
            app->uses[id] = n;
}

void lw_uses_load(struct lw_app *app)
{
    const struct lw_sys *sys = lw_sitting_view(app->s)->opts.sys;
    struct lw_buf text = {0};
    struct lw_err err = {0};
    int dir = open_folder(sys, false);
    if (dir >= 0 && lw_file_read(sys, dir, NAME, NULL, FILE_MAX, &text, &err) == LW_OK && text.len)
        for (char *rest = text.data, *line; (line = strsep(&rest, "\n"));)
            read_line(line, app);
    if (dir >= 0)
        sys->close(sys, dir);
    lw_err_clear(&err);
    lw_buf_fini(&text);
}

static void save(const struct lw_app *app)
{
    const struct lw_sys *sys = lw_sitting_view(app->s)->opts.sys;
    struct lw_buf text = {0};
    struct lw_err err = {0};
    int dir = open_folder(sys, true);
    for (int id = 0; id < LW_CMD_TABLE_END; id++)
        if (app->uses[id] > 0)
            lw_buf_fmt(&text, "%s %" PRIu32 "\n", lw_command_table[id].name, app->uses[id]);
    struct lw_piece piece = {text.data, text.len};
    if (dir >= 0) {
        lw_file_replace_pieces(sys, dir, NAME, &piece, 1, LW_FLUSH_NONE, &err);
        sys->close(sys, dir);
    }
    lw_err_clear(&err);
    lw_buf_fini(&text);
}

void lw_uses_count(struct lw_app *app, enum lw_command_id id)
{
    if (app->uses[id] < UINT32_MAX)
        app->uses[id]++;
    save(app);
}
