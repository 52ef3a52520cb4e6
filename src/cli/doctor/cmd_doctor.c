/* `labelwright doctor`: the table of checks, and those of the machine, the terminal and the
 * settings. It changes nothing. Lines are printed by doctor_report.c. */
#define _GNU_SOURCE
#include "cli/doctor/doctor_internal.h"

#include "labelwright/net/http.h"
#include "labelwright/picture/picture.h"
#include "labelwright/text/unspaced.h"
#include "labelwright/tui/help.h"

#include <jansson.h>
#include <langinfo.h>
#include <locale.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unistring/version.h>
#include <yaml.h>

static bool check_libraries(struct lw_cli *c)
{
    int v = _libunistring_version;
    (void)c;
    lw_doctor_line("libraries",
        "%s, jansson %s, libyaml %s, libunistring %d.%d.%d, libsodium %s, %s",
        lw_help_curses_version(), jansson_version_str(), yaml_get_version_string(), v >> 16,
        v >> 8 & 0xFF, v & 0xFF, sodium_version_string(), lw_network_library());
    return true;
}

/* Optional: without it, such text breaks where the line is full. */
static bool check_dictionary(struct lw_cli *c)
{
    const char *found = lw_unspaced_dictionary();
    (void)c;
    lw_doctor_line("word breaks", "Thai, Lao, Khmer and Burmese by %s", found ? found : "none");
    bool rebuild;
    const char *package = lw_unspaced_package(&rebuild);
    char *note = lw_format("Lines of such text end anywhere. Install %s%s.", package,
        rebuild ? " and build labelwright again" : "");
    lw_doctor_note(found ? NULL : note);
    free(note);
    return true;
}

/* Optional: without them, pictures are named and described. */
static bool check_pictures(struct lw_cli *c)
{
    const char *found = lw_picture_libraries();
    (void)c;
    lw_doctor_line("pictures", "%s", *found ? found + 1 : "only named and described");
    lw_doctor_note(
        lw_picture_can_show()
            ? NULL
            : "They cannot be shown. Install libchafa-dev, libglib2.0-dev, libpng-dev and "
              "libjpeg-dev, and build labelwright again.");
    return true;
}

/* labelwright falls back to C.UTF-8; programs it starts, such as an editor, do not. */
static bool check_locale(struct lw_cli *c)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *set = NULL;
    (void)c;
    for (size_t i = 0; i < sizeof names / sizeof *names && !(set && *set); i++)
        set = getenv(names[i]);
    locale_t asked = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8 = asked && strcmp(nl_langinfo_l(CODESET, asked), "UTF-8") == 0;
    const char *note =
        utf8 ? NULL : "Not UTF-8. Set LC_ALL=C.UTF-8 so that your editor uses UTF-8 too.";
    if (!asked)
        note =
            "Not installed here. Install locales-all, or set LC_ALL=C.UTF-8; your editor needs it "
            "too.";
    else
        freelocale(asked);
    const char *used = setlocale(LC_CTYPE, NULL);
    const char *name = set && *set ? set : "not set";
    bool same = strcmp(name, used) == 0;
    lw_doctor_line("locale", "%s%s%s", name, same ? "" : "; labelwright uses ", same ? "" : used);
    lw_doctor_note(note);
    return true;
}

static const char *terminal_fault(const struct lw_terminal *t)
{
    if (!*t->name)
        return "TERM is not set. Set it to your terminal's type, such as xterm-256color.";
    if (!t->known && t->fit)
        return "terminfo does not know it; xterm-256color is used instead. Install ncurses-term, "
               "or "
               "set TERM to your terminal's type.";
    if (!t->fit)
        return "It cannot move the cursor, so labeling uses plain mode. Set TERM to your "
               "terminal's "
               "type, such as xterm-256color.";
    if (t->rows && (t->rows < LW_ROWS_LEAST || t->cols < LW_COLS_LEAST))
        return "Too small: 60 columns and 16 rows are needed.";
    return NULL;
}

static bool check_terminal(struct lw_cli *c)
{
    struct lw_terminal t;
    (void)c;
    lw_help_find_terminal(&t);
    char *size =
        t.rows ? lw_format("%dx%d", t.cols, t.rows) : lw_strdup("output is not a terminal");
    const char *no_color = getenv("NO_COLOR");
    const char *why = no_color && *no_color ? " (NO_COLOR is set)" : "";
    lw_doctor_line("terminal", "%s, %d colours%s, %s", *t.name ? t.name : "TERM is not set",
        t.colours, why, size);
    free(size);
    return lw_doctor_wrong(t.is_terminal ? terminal_fault(&t) : NULL);
}

static void ignore_row(void *ctx, const struct lw_command_row *row, const char *keys)
{
    (void)ctx, (void)row, (void)keys;
}

struct wanted {
    const char *name;
    bool found;
    char *why;
};

static void find_theme(void *ctx, const struct lw_theme_about *t)
{
    struct wanted *w = ctx;
    if (strcmp(t->name, w->name) != 0)
        return;
    w->found = true;
    w->why = lw_strdup(t->why);
}

static void check_theme(const struct lw_config *c, struct lw_problems *p)
{
    struct wanted w = {.name = c->theme};
    if (!c->theme)
        return;
    lw_help_list_themes(&lw_sys_real, -1, find_theme, &w);
    if (!w.found)
        lw_problem(p, c->file, 0, 0, "unknown theme \"%.80s\". `labelwright themes` lists them.",
            c->theme);
    else if (w.why)
        lw_problem(p, c->file, 0, 0, "theme: %s", w.why);
    free(w.why);
}

/* Leaves the settings in c->config, none when they have mistakes. */
static bool check_config(struct lw_cli *c)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    enum lw_code code = lw_config_load(&lw_sys_real, &c->config, &p, &err);
    const char *file = c->config.file;
    bool told = p.n > 0,
         well = lw_help_list_keys(&c->config, ignore_row, NULL, &p) && code == LW_OK;
    check_theme(&c->config, &p);
    if (code == LW_OK) {
        lw_doctor_line(
            "config", "%s%s", file, access(file, F_OK) == 0 ? "" : " not found; defaults are used");
    } else {
        lw_doctor_line("config", "has mistakes");
        lw_doctor_wrong(told ? NULL : err.text);
    }
    for (size_t i = 0; i < p.n; i++)
        well = lw_doctor_wrong(p.v[i]);
    lw_problems_fini(&p);
    if (code != LW_OK)
        lw_config_fini(&c->config);
    return well;
}

/* The report, from top to bottom. A new check is a row. */
static const struct {
    bool (*check)(struct lw_cli *c); /* prints its lines; false when the user must fix something */
    bool of_project;                 /* only with a PATH */
} checks[] = {
    {check_libraries, false},
    {check_dictionary, false},
    {check_pictures, false},
    {check_locale, false},
    {check_terminal, false},
    {lw_doctor_pixels, false},
    {lw_doctor_widths, false},
    {check_config, false}, /* the ones after it use the settings */
    {lw_doctor_spelling, false},
    {lw_doctor_models, false},
    {lw_doctor_identity, false},
    {lw_doctor_pay, false},
    {lw_doctor_project, true},
};

int lw_cmd_doctor(struct lw_cli *c)
{
    bool well = true;
    lw_doctor_begin(c->value[LW_OPT_JSON] != NULL);
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if ((c->path || !checks[i].of_project) && !checks[i].check(c))
            well = false;
    lw_doctor_end(well);
    lw_config_fini(&c->config);
    return well ? 0 : lw_exit_status(LW_EBAD);
}
