/* Dictionaries by enchant-2. Which words are asked about is speller.c's.
 *
 * enchant is loaded when it is first needed and not linked: with glib and the libraries of its
 * providers the program would start some 8 ms later for everybody, and could not start where it is
 * missing. Its functions have been the same since 2.0, so that nothing of it is needed to build. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/base/library.h"
#include "spell/dictionary_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void describe_fn(const char *tag, const char *, const char *, const char *, void *ctx);

static struct enchant {
    void *(*broker_init)(void);
    void *(*request_dict)(void *broker, const char *tag);
    void (*free_dict)(void *broker, void *dict);
    int (*dict_exists)(void *broker, const char *tag);
    void (*list_dicts)(void *broker, describe_fn *each, void *ctx);
    int (*dict_check)(void *dict, const char *word, ssize_t n);
    char **(*dict_suggest)(void *dict, const char *word, ssize_t n, size_t *found);
    void (*free_string_list)(void *dict, char **list);
    const char *(*get_version)(void);
    void *broker; /* NULL: enchant is not there */
    char name[32];
    bool tried;
} enchant;

static const struct {
    const char *name;
    size_t offset;
} functions[] = {
#define F(member, symbol)                                                                          \
    {                                                                                              \
        symbol, offsetof(struct enchant, member)                                                   \
    }
    F(broker_init, "enchant_broker_init"),
    F(request_dict, "enchant_broker_request_dict"),
    F(free_dict, "enchant_broker_free_dict"),
    F(dict_exists, "enchant_broker_dict_exists"),
    F(list_dicts, "enchant_broker_list_dicts"),
    F(dict_check, "enchant_dict_check"),
    F(dict_suggest, "enchant_dict_suggest"),
    F(free_string_list, "enchant_dict_free_string_list"),
    F(get_version, "enchant_get_version"),
#undef F
};

static void be_silent(const char *domain, int level, const char *text, void *ctx)
{
    (void)domain, (void)level, (void)text, (void)ctx;
}

/* glib writes warnings to stderr, over the screen. */
static void silence_glib(void *library)
{
    void *(*set)(void (*)(const char *, int, const char *, void *), void *);
    if (lw_library_find(library, "g_log_set_default_handler", &set))
        set(be_silent, NULL);
}

static bool load(void)
{
    if (enchant.tried)
        return enchant.broker;
    enchant.tried = true;
    void *library = lw_library_load("libenchant-2.so.2");
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (!lw_library_find(library, functions[i].name, (char *)&enchant + functions[i].offset))
            return false;
    silence_glib(library);
    enchant.broker = enchant.broker_init();
    snprintf(enchant.name, sizeof enchant.name, "enchant %s", enchant.get_version());
    return enchant.broker;
}

static const char *library(void)
{
    return load() ? enchant.name : NULL;
}

/* enchant_broker_dict_exists("bg") is false where bg_BG is, and yet there is a dictionary for bg.
 */
struct wanted {
    const char *tag;
    bool found;
};

static void compare(const char *tag, const char *a, const char *b, const char *c, void *ctx)
{
    struct wanted *w = ctx;
    size_t n = strlen(w->tag);
    (void)a, (void)b, (void)c;
    w->found = w->found || (strncmp(tag, w->tag, n) == 0 && (tag[n] == 0 || tag[n] == '_'));
}

static bool has(const char *tag)
{
    struct wanted w = {tag, load() && enchant.dict_exists(enchant.broker, tag)};
    if (enchant.broker && !w.found)
        enchant.list_dicts(enchant.broker, compare, &w);
    return w.found;
}

static void *open_dictionary(const char *tag)
{
    return load() ? enchant.request_dict(enchant.broker, tag) : NULL;
}

static void close_dictionary(void *dictionary)
{
    enchant.free_dict(enchant.broker, dictionary);
}

static bool check(void *dictionary, const char *word, size_t n)
{
    return enchant.dict_check(dictionary, word, (ssize_t)n) <= 0; /* < 0: it cannot say */
}

static void suggest(void *dictionary, const char *word, size_t n,
    void (*each)(void *ctx, const char *word), void *ctx)
{
    size_t found = 0;
    char **list = enchant.dict_suggest(dictionary, word, (ssize_t)n, &found);
    for (size_t i = 0; list && i < found; i++)
        each(ctx, list[i]);
    if (list)
        enchant.free_string_list(dictionary, list);
}

struct listing {
    void (*each)(void *ctx, const char *tag, const char *by);
    void *ctx;
};

static void describe(const char *tag, const char *by, const char *b, const char *c, void *ctx)
{
    const struct listing *l = ctx;
    (void)b, (void)c;
    l->each(l->ctx, tag, by);
}

static void list(void (*each)(void *ctx, const char *tag, const char *by), void *ctx)
{
    if (load())
        enchant.list_dicts(enchant.broker, describe, &(struct listing){each, ctx});
}

const struct lw_dictionaries lw_enchant = {
    library, has, open_dictionary, close_dictionary, check, suggest, list};

const char *lw_spelling_library(void)
{
    return library();
}

bool lw_spelling_has(const char *tag)
{
    return has(tag);
}

void lw_spelling_list(void (*each)(void *ctx, const char *tag, const char *by), void *ctx)
{
    list(each, ctx);
}
