/* The JSON Schema that is made of the tables of keys: nothing is left open by an oversight. */
#include "labelwright/yaml/schema_json.h"

#include "labelwright/config/settings.h"
#include "labelwright/project/project_keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DEPTH = 6 }; /* options hold options */

static size_t walk(const struct lw_schema *t, int depth)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n && depth < DEPTH; i++) {
        const struct lw_field *f = &t->field[i];
        if (f->unsaid)
            continue;
        unsigned kind = lw_field_kind(f);
        bool nests = kind & (LW_KIND_LIST | LW_KIND_MAP);
        if (!*f->takes || !*f->example || (nests && !f->items && !f->inside))
            fail_msg("\"%s\" of %s: its kind, help, items or example is not said", f->key, t->what);
        json_t *beside = f->beside ? json_loads(f->beside, 0, NULL) : NULL;
        if (f->beside && !beside)
            fail_msg("\"%s\" of %s: what may stand beside it is no JSON", f->key, t->what);
        json_decref(beside);
        if (strncmp(f->example, f->key, strlen(f->key)) != 0)
            fail_msg("\"%s\" of %s: the example is of another key", f->key, t->what);
        n += 1 + (f->inside ? walk(f->inside, depth + 1) : 0);
    }
    return n;
}

static void every_key_says_what_it_takes(void **state)
{
    (void)state;
    assert_true(walk(lw_project_schema(), 0) > 60);
    assert_true(walk(lw_config_schema(), 0) > 35);
}

static const char *const sizes[] = {"small", "large", NULL};
static const struct lw_field fields[] = {
    {.key = "type",
        .set = lw_set_word,
        .takes = "a size",
        .example = "type: small",
        .words = sizes},
    {.key = "wide", .set = lw_set_bool, .takes = "true", .example = "wide: true", .only = 2},
    {.key = "n",
        .set = lw_set_int,
        .takes = "1 to 9",
        .example = "n: 3",
        .needed = 2,
        .min = 1,
        .max = 9},
    {.key = "old", .set = lw_set_text, .unsaid = true},
};
static const struct lw_schema table = {"a thing", fields, 4, sizes};

static void a_key_of_one_variant_is_refused_in_the_others(void **state)
{
    (void)state;
    json_t *o = lw_schema_json(&table, "things");
    json_t *properties = json_object_get(o, "properties");
    assert_null(json_object_get(properties, "old"));
    assert_int_equal(
        json_integer_value(json_object_get(json_object_get(properties, "n"), "maximum")), 9);
    char *rules = json_dumps(json_object_get(o, "allOf"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(rules,
        "[{\"if\":{\"properties\":{\"type\":{\"const\":\"small\"}},\"required\":[\"type\"]},"
        "\"then\":{\"properties\":{\"wide\":false},\"required\":[\"type\"]}},"
        "{\"if\":{\"properties\":{\"type\":{\"const\":\"large\"}},\"required\":[\"type\"]},"
        "\"then\":{\"properties\":{},\"required\":[\"type\",\"n\"]}}]");
    free(rules);
    json_decref(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_says_what_it_takes),
        cmocka_unit_test(a_key_of_one_variant_is_refused_in_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
