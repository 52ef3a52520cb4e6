/* Giving a command another key: asks for the command, then for the key, and says whose a key is
 * that is taken. Writing it down, and using it, is the loop's. */
#include "tui/app/screens_internal.h"

#include "labelwright/yaml/yaml_edit.h"

void lw_remap_open(struct lw_app *app)
{
    app->over = LW_OVERLAY_REMAP;
    app->remap = (struct lw_remap){.stage = LW_REMAP_COMMAND};
    app->picker_at = 0;
    lw_buf_clear(&app->filter);
}

static void leave(struct lw_app *app)
{
    app->over = LW_OVERLAY_NONE;
}

static void choose_command(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id list[LW_CMD_TABLE_END];
    size_t n = lw_remap_find(app, list);
    if (key.name == LW_KEY_ENTER && app->picker_at < n) {
        app->remap.id = list[app->picker_at];
        app->remap.stage = LW_REMAP_KEY;
    } else if (key.name == LW_KEY_UP && app->picker_at > 0) {
        app->picker_at--;
    } else if (key.name == LW_KEY_DOWN && app->picker_at + 1 < n) {
        app->picker_at++;
    } else if (key.name == LW_KEY_ESC || (key.ctrl && key.ch == 'c')) {
        leave(app);
    } else if (key.name == LW_KEY_CHAR || key.name == LW_KEY_SPACE ||
               key.name == LW_KEY_BACKSPACE) {
        lw_type_filter_key(&app->filter, key);
        app->picker_at = 0;
    }
}

static bool has_keys(const struct lw_app *app, enum lw_command_id id)
{
    struct lw_buf keys = {0};
    lw_keymap_keys(app->keys, id, 1, &keys);
    bool any = keys.len > 0;
    lw_buf_fini(&keys);
    return any;
}

static void finish(struct lw_app *app, bool beside)
{
    app->remap.beside = beside;
    app->action = LW_ACTION_REMAP;
    leave(app);
}

static void choose_key(struct lw_app *app, struct lw_key key)
{
    struct lw_buf why = {0};
    const struct lw_macros *macros = lw_sitting_view(app->s)->opts.macros;
    app->remap.key = key;
    if (key.name == LW_KEY_ESC)
        leave(app);
    else if (!lw_keymap_may_bind(app->keys, key, app->remap.id, macros, &why))
        lw_sitting_notify(app->s, LW_TONE_WARNING, "%s", why.data);
    else if (has_keys(app, app->remap.id))
        app->remap.stage = LW_REMAP_HOW;
    else
        finish(app, false);
    lw_buf_fini(&why);
}

static void choose_how(struct lw_app *app, struct lw_key key)
{
    if (key.name == LW_KEY_ENTER)
        finish(app, false);
    else if (key.name == LW_KEY_CHAR && key.ch == U'a')
        finish(app, true);
    else if (key.name == LW_KEY_ESC || (key.ctrl && key.ch == 'c'))
        leave(app);
}

void lw_remap_key(struct lw_app *app, struct lw_key key)
{
    static void (*const on_key[])(struct lw_app *, struct lw_key) = {
        [LW_REMAP_COMMAND] = choose_command,
        [LW_REMAP_KEY] = choose_key,
        [LW_REMAP_HOW] = choose_how,
    };
    on_key[app->remap.stage](app, key);
}

static void add_key(struct lw_key key, struct lw_buf *to)
{
    struct lw_buf name = {0};
    lw_key_print(key, &name);
    lw_buf_str(to, to->len > 1 ? ", " : "");
    lw_yaml_quote(name.data, to);
    lw_buf_fini(&name);
}

void lw_app_remapped(const struct lw_app *app, const char **command, struct lw_buf *keys)
{
    const struct lw_remap *r = &app->remap;
    *command = lw_command_table[r->id].name;
    lw_buf_char(keys, '[');
    add_key(r->key, keys);
    for (size_t i = 0; r->beside && i < app->keys->n; i++)
        if (app->keys->v[i].id == r->id)
            add_key(app->keys->v[i].key, keys);
    lw_buf_char(keys, ']');
}
