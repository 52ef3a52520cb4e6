/* Changes the theme and the keys in use, and writes them into config.yaml. Which ones is chosen on
 * the screens (app/themes.c, app/remap.c). */
#include "tui/in_use_internal.h"

#include "labelwright/config/config_write.h"
#include "labelwright/tui/help.h"
#include "tui/app/app_messages_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- themes */

static void add_theme(void *ctx, const struct lw_theme_about *about)
{
    struct lw_theme_choice *to = ctx;
    if (about->why)
        return;
    to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
    to->v[to->n++] = (struct lw_theme_name){lw_strdup(about->name), lw_strdup(about->title)};
}

void lw_in_use_list_themes(const struct lw_in_use *u, struct lw_theme_choice *to)
{
    *to = (struct lw_theme_choice){0};
    lw_help_list_themes(u->sys, -1, add_theme, to);
    for (size_t i = 0; i < to->n; i++)
        if (strcmp(to->v[i].name, u->theme_name) == 0)
            to->at = i;
}

void lw_theme_choice_fini(struct lw_theme_choice *c)
{
    for (size_t i = 0; i < c->n; i++) {
        free(c->v[i].name);
        free(c->v[i].title);
    }
    free(c->v);
    *c = (struct lw_theme_choice){0};
}

void lw_in_use_show_theme(const struct lw_in_use *u, struct lw_app *app, struct lw_term *t)
{
    struct lw_theme theme = {0};
    struct lw_err err = {0};
    if (lw_theme_load(u->sys, app->themes.v[app->themes.at].name, &theme, &err) != LW_OK) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, "%s", err.text);
        return;
    }
    lw_theme_fini(u->theme);
    *u->theme = theme;
    lw_term_redraw(t);
}

void lw_in_use_keep_theme(const struct lw_in_use *u, struct lw_app *app)
{
    struct lw_err err = {0};
    const char *name = app->themes.v[app->themes.at].name;
    const struct lw_yaml_change change = {"theme", NULL, name};
    if (lw_config_change(u->sys, u->file, &change, &err) == LW_OK)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_THEME_KEPT, name, u->file);
    else
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_THEME_NOT_KEPT, name, err.text);
}

/* ---- keys */

/* As the file has them now; false where it does not load, or keys clash. */
static bool load_keys(const struct lw_in_use *u, struct lw_keymap *to)
{
    struct lw_config config;
    struct lw_problems p = {0};
    bool well = lw_config_load(u->sys, &config, &p, NULL) == LW_OK;
    well = lw_keymap_init(to, &config, &p) && well;
    lw_keymap_add_macros(to, u->macros, &p);
    lw_config_fini(&config);
    lw_problems_fini(&p);
    return well;
}

void lw_in_use_remap(const struct lw_in_use *u, struct lw_app *app)
{
    struct lw_keymap keys;
    struct lw_err err = {0};
    struct lw_buf list = {0}, shown = {0};
    const char *command;
    lw_app_remapped(app, &command, &list);
    const struct lw_yaml_change change = {"keys", command, list.data};
    enum lw_code code = lw_config_change(u->sys, u->file, &change, &err);
    lw_buf_fini(&list);
    if (code != LW_OK) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_KEY_NOT_SET, command, err.text);
        return;
    }
    if (load_keys(u, &keys)) {
        lw_keymap_fini(u->keys);
        *u->keys = keys;
        lw_keymap_keys(u->keys, app->remap.id, SIZE_MAX, &shown);
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_KEY_SET, command, shown.data, u->file);
    } else {
        lw_keymap_fini(&keys);
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_KEY_LATER, command, u->file);
    }
    lw_buf_fini(&shown);
}
