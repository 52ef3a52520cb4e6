/* The user's own settings: $XDG_CONFIG_HOME/labelwright/config.yaml. Its keys, with what each takes
 * and does, are the table of settings.h; `labelwright config --print` shows them. */
#ifndef LABELWRIGHT_CONFIG_CONFIG_H
#define LABELWRIGHT_CONFIG_CONFIG_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/config/macro_defs.h"
#include "labelwright/config/rest_settings.h"
#include "labelwright/markup/rendering.h"
#include "labelwright/yaml/yaml.h"

/* A keyboard whose digit row types other signs without Shift; they count as digits only when the
 * user says so, as the same signs are punctuation elsewhere. id, name in config.yaml. */
#define LW_DIGIT_ROWS(X)                                                                           \
    X(NONE, "none") X(FRENCH, "french") X(CZECH, "czech") X(VIETNAMESE, "vietnamese")

enum lw_digit_row {
#define X(id, name) LW_DIGIT_ROW_##id,
    LW_DIGIT_ROWS(X)
#undef X
        LW_DIGIT_ROW_COUNT
};

/* How pictures are shown: in characters, or as pixels by one of two protocols where the terminal
 * says that it knows it. id, name in config.yaml. */
#define LW_PICTURES_BY(X) X(AUTO, "auto") X(CELLS, "cells") X(KITTY, "kitty") X(SIXEL, "sixel")

enum lw_pictures_by {
#define X(id, name) LW_PICTURES_BY_##id,
    LW_PICTURES_BY(X)
#undef X
        LW_PICTURES_BY_COUNT
};

/* What is done to pictures before they are shown, by the bits of picture.h. id, name. */
#define LW_PICTURE_FILTERED(X) X(NONE, "none") X(GREY, "grey") X(BLUR, "blur") X(BOTH, "grey+blur")

/* How a terminal is told what it may show beside its window: id, name in config.yaml. */
#define LW_NOTIFY_BY(X) X(NOTHING, "off") X(OSC9, "osc9") X(OSC777, "osc777")

enum lw_notify_by {
#define X(id, name) LW_NOTIFY_##id,
    LW_NOTIFY_BY(X)
#undef X
        LW_NOTIFY_COUNT
};

struct lw_key_binding {
    char *command; /* a command's name */
    char **keys;   /* key names; checked by the code that knows keys */
    size_t nkeys;
    int line, col; /* the line it is on, for messages */
};

/* The user's settings for one server. Paths are absolute. It never contains a secret, only where
 * the secret comes from: at most one of token_command, token_file and netrc is set. */
struct lw_endpoint {
    char *origin;         /* as lw_url_origin() writes it */
    char **token_command; /* argument list, NULL-terminated */
    char *token_file;     /* a 0600 file of the user's own */
    bool netrc;           /* user and password from ~/.netrc */
    char *ca;             /* PEM file used instead of the system's authorities */
    char *certificate;    /* PEM file of the client's own */
    char *key;            /* its key; NULL when the certificate's file holds it */
    char *proxy;          /* "http://proxy.example.org:3128", or socks5h:// */
    char *unix_socket;    /* connect there, whatever the address of the host */
    int line, col;        /* the line it is on, for messages */
};

/* The protocols that servers of models speak: id, name in config.yaml. The room model has a file
 * for each, api_NAME.c. */
#define LW_APIS(X) X(OPENAI, openai) X(OLLAMA, ollama) X(ANTHROPIC, anthropic)

enum lw_api_kind {
#define X(id, name) LW_API_##id,
    LW_APIS(X)
#undef X
        LW_API_COUNT
};

/* A model that the user may talk with. */
struct lw_model {
    char *role; /* "assistant under test", as projects ask for it, or a name of the user's */
    enum lw_api_kind api;
    char *url;     /* of the server, with or without the API's own path; no ? and no # */
    char *name;    /* what the server calls it */
    int line, col; /* the line it is on, for messages */
};

/* Tasks that were labeled come again, as if they were new: `percent` of a hundred labels is
 * followed by one, which has at least `after` labels behind it. Never where percent is 0. */
struct lw_repeat_rate {
    int64_t percent, after;
};

struct lw_config {
    char *file;             /* its path, existing or not */
    char *annotator;        /* NULL when not set */
    char *theme;            /* NULL when not set */
    char **editor;          /* argument list, NULL-terminated; NULL when not set */
    int64_t idle_ms;        /* longer gaps between keys do not count as work; default 120 s */
    int64_t digit_guard_ms; /* ignore digits for so long after a new task; default 150, 0 to 2000 */
    enum lw_digit_row digit_row;
    enum lw_pictures_by pictures_by;
    unsigned picture_filter;        /* LW_PICTURE_GREY, LW_PICTURE_BLUR; default 0 */
    struct lw_reading_opts reading; /* how texts are laid out; all set, cols: at most */
    bool osc52;               /* copies go to the terminal's clipboard as well; default false */
    bool terminal_title;      /* tells the terminal project and progress; default false */
    enum lw_notify_by notify; /* `sync --watch` tells the terminal how it went; default: not */
    bool arranges_bidi; /* right-to-left scripts are put in order here; default: the terminal's */
    char **spelling;    /* tags of languages, NULL-terminated; NULL when not set */
    bool sign_batches;  /* by the user's identity, where there is one; default true */
    char **curtain;     /* tags of tasks that start hidden; "all" alone: all tasks … */
    size_t ncurtain;    /* … 0: only those that the project hides */
    struct lw_rest rest;
    struct lw_repeat_rate repeats; /* how often a task comes again unasked */
    bool paste_guard; /* many keys at once are a paste without brackets; default true */
    struct lw_key_binding *bind;
    size_t nbind;
    struct lw_macro_defs macros; /* keys for whole verdicts */
    struct lw_endpoint *endpoint;
    size_t nendpoint;
    struct lw_model *model;
    size_t nmodel;
};

/* A missing file is fine (defaults). LW_EBAD: the mistakes are in `p`, and `err` only sums them up;
 * `to` has what could be read, so that the rest can be checked too. Call lw_config_fini() on every
 * outcome. */
enum lw_code lw_config_load(
    const struct lw_sys *sys, struct lw_config *to, struct lw_problems *p, struct lw_err *err);
void lw_config_fini(struct lw_config *c);

/* The settings for the origin of an http or https address; NULL when there are none. Borrowed. */
const struct lw_endpoint *lw_config_endpoint(const struct lw_config *c, const char *url);

/* The model for a role: the one of that name, else the one called default (for NULL at once), else
 * NULL: the user has set none. Borrowed. */
const struct lw_model *lw_config_model(const struct lw_config *c, const char *role);

const char *lw_api_name(enum lw_api_kind api); /* "openai" */

/* The annotator: `given` (from the command line), else config, else $USER or the login name.
 * Letters, digits and . _ @ + - only, at most 64, not starting with a dot (it becomes part of a
 * folder name). New string. */
enum lw_code lw_annotator(
    const struct lw_config *c, const char *given, char **to, struct lw_err *err);

#endif
