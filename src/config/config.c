/* The user's config.yaml, read: a missing file is the default, a faulty one an error with all its
 * mistakes. Which keys there are is in config_keys.c; how keys are bound is the business of
 * tui/input. */
#define _GNU_SOURCE
#include "config/config_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/config/settings.h"

#include <fcntl.h>
#include <stdlib.h>

enum { CONFIG_MAX = 256 * 1024, IDLE_S = 120, DIGIT_GUARD_MS = 150, REPEATS_AFTER = 20 };

/* The XDG specification: a path that is not absolute does not count. */
static char *find_file(void)
{
    const char *dir = getenv("XDG_CONFIG_HOME");
    if (dir && *dir == '/')
        return lw_format("%s/labelwright/config.yaml", dir);
    return lw_format("%s/.config/labelwright/config.yaml", lw_home());
}

static enum lw_code parse(
    struct lw_config *c, const struct lw_buf *text, struct lw_problems *p, struct lw_err *err)
{
    struct lw_reading r = {.file = c->file};
    struct lw_yaml *root = lw_yaml_parse(c->file, text->data ? text->data : "", text->len, p);
    if (root)
        lw_schema_parse(&r, lw_config_schema(), LW_NO_VARIANT, root, c);
    bool well = lw_reading_end(&r, p) && root;
    lw_yaml_free(root);
    return well ? LW_OK : lw_fail(err, LW_EBAD, "%s has mistakes: %zu.", c->file, p->n);
}

/* Someone who reads only the list of mistakes must find one there. */
static void list_error(struct lw_problems *p, const struct lw_err *err)
{
    p->v = lw_grow(p->v, p->n + 1, sizeof *p->v);
    p->v[p->n++] = lw_strdup(err->text);
}

enum lw_code lw_config_load(
    const struct lw_sys *sys, struct lw_config *to, struct lw_problems *p, struct lw_err *err)
{
    struct lw_buf text = {0};
    struct lw_err found = {0};
    *to = (struct lw_config){.file = find_file(),
        .idle_ms = IDLE_S * 1000,
        .digit_guard_ms = DIGIT_GUARD_MS,
        .reading = {.cols = LW_READING_COLS, .spacing = 1},
        .sign_batches = true,
        .rest = lw_rest_none(),
        .repeats = {.after = REPEATS_AFTER},
        .paste_guard = true};
    enum lw_code code = lw_file_read(sys, AT_FDCWD, to->file, NULL, CONFIG_MAX, &text, &found);
    if (code == LW_OK)
        code = parse(to, &text, p, &found);
    else if (code == LW_EBAD)
        list_error(p, &found);
    else if (code == LW_EABSENT)
        code = LW_OK;
    lw_buf_fini(&text);
    return code == LW_OK ? LW_OK : lw_fail(err, code, "%s", found.text);
}

void lw_config_fini(struct lw_config *c)
{
    for (size_t i = 0; i < c->nbind; i++) {
        free(c->bind[i].command);
        lw_texts_free(c->bind[i].keys);
    }
    free(c->bind);
    lw_macro_defs_fini(&c->macros);
    lw_endpoints_free(c->endpoint, c->nendpoint);
    lw_models_config_free(c->model, c->nmodel);
    lw_texts_free(c->editor);
    lw_texts_free(c->spelling);
    lw_texts_free(c->curtain);
    lw_rest_fini(&c->rest);
    free(c->annotator);
    free(c->theme);
    free(c->file);
    *c = (struct lw_config){0};
}
