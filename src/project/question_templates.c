/* Templates of a question that takes a text: what the user can begin with. Where they are put is
 * the editor's. */
#include "project/question_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

#define IN(member) offsetof(struct lw_text_template, member)
static const struct lw_field fields[] = {
    {.key = "name",
        lw_set_text,
        IN(name),
        "text",
        "name: A recipe",
        .required = true,
        .help = "What the list calls it."},
    {.key = "text",
        lw_set_text,
        IN(text),
        "text",
        "text: \"Write about ‹topic›.\"",
        .required = true,
        .help = "The text; places like ‹topic› are gone to with Tab."},
};
const struct lw_schema lw_template_schema = {
    "a template", fields, sizeof fields / sizeof *fields, NULL};

LW_SETTER(lw_set_templates)
{
    struct lw_question *q = to;
    if (y->kind != LW_YAML_LIST || y->n == 0) {
        lw_mistake_kind(r, f, y);
        return;
    }
    if (y->n > LW_TEMPLATES_MAX) {
        lw_mistake(
            r, y, "a question can have %d templates at most. Remove some.", LW_TEMPLATES_MAX);
        return;
    }
    q->template = lw_alloc(y->n * sizeof *q->template);
    q->ntemplates = y->n;
    for (size_t i = 0; i < y->n; i++)
        lw_schema_parse(r, &lw_template_schema, LW_NO_VARIANT, y->item[i], &q->template[i]);
}

void lw_templates_free(struct lw_text_template *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].name);
        free(v[i].text);
    }
    free(v);
}
