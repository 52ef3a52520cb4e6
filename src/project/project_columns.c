/* `columns` of a task file: which columns of a table are shown as what. */
#include "labelwright/base/buf.h"
#include "labelwright/project/parse.h"

static LW_SETTER(set_responses)
{
    struct lw_columns *c = to;
    if (y->kind == LW_YAML_LIST && y->n == 0)
        lw_mistake_kind(r, f, y);
    else
        c->response = lw_read_texts(r, f, y, &c->nresponses);
}

#define IN(member) offsetof(struct lw_columns, member)
static const struct lw_field fields[] = {
    {.key = "prompt", lw_set_text, IN(prompt), "the name of a column", "prompt: question"},
    {.key = "response",
        set_responses,
        0,
        "the name of a column, or a list of them",
        "response: [answer_a, answer_b]"},
    {.key = "id", lw_set_text, IN(id), "the name of a column", "id: case_id"},
    {.key = "reference", lw_set_text, IN(reference), "the name of a column", "reference: answer"},
};
static const struct lw_schema table = {"columns", fields, sizeof fields / sizeof *fields, NULL};

LW_SETTER(lw_set_columns)
{
    struct lw_task_file *file = to;
    size_t before = r->nmistakes;
    if (y->kind != LW_YAML_MAP || y->n == 0) {
        lw_mistake_kind(r, f, y);
        return;
    }
    file->columns = lw_alloc(sizeof *file->columns);
    lw_read_map(r, &table, LW_NO_VARIANT, y, file->columns);
    if (r->nmistakes == before && !file->columns->prompt && !file->columns->response)
        lw_mistake(r, y, "\"columns\" must name a prompt or a response. Write `%s`.", f->example);
}
