/* Any record in any format: a task with an id that JSON can hold, and, where a parser reads the
 * record, the id that the parser finds; and the same task where only its texts are read. The first
 * byte chooses the format. */
#include "fixtures/texts_properties.h"
#include "labelwright/format/record_reader.h"
#include "labelwright/format/task.h"
#include "labelwright/json/json_value.h"
#include "labelwright/text/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_id(const struct lw_format *f, const struct lw_task *t)
{
    char text[32] = "";
    must(*t->id && strlen(t->id) <= LW_ID_MAX && lw_utf8_valid(t->id, strlen(t->id), NULL));
    const json_t *id = f->id_member ? json_object_get(t->root, f->id_member) : NULL;
    if (json_is_integer(id)) {
        snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(id));
        must(strcmp(t->id, text) == 0);
    } else if (lw_json_big(id)) {
        must(strcmp(t->id, lw_json_big(id)) == 0 || strlen(lw_json_big(id)) > LW_ID_MAX);
    } else if (json_string_length(id)) {
        must(strcmp(t->id, json_string_value(id)) == 0);
    } else if (t->root) {
        must(memcmp(t->id, t->record.sha256, 16) == 0);
    }
}

static void check_span(struct lw_span s)
{
    must(lw_utf8_valid(s.s, s.n, NULL));
}

static void check_shape(const struct lw_task *t)
{
    must(!t->unreadable || !(t->nturns + t->nresponses + t->ntags));
    for (size_t i = 0; i < t->nturns; i++)
        check_span(t->turn[i].text);
    for (size_t i = 0; i < t->nresponses; i++) {
        check_span(t->response[i].text);
        must(lw_task_response(t, t->response[i].id) == &t->response[i]);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    const char *const *names = lw_format_names() + 1;
    size_t nformats = 0;
    while (names[nformats])
        nformats++;
    if (n == 0)
        return 0;
    const struct lw_format *f = lw_format_find(names[data[0] % nformats]);
    const struct lw_record_reader reader = {.format = f};
    bool unused;
    must(texts_agree(&reader, (const char *)data + 1, n - 1, &unused));
    struct lw_task *t = lw_record_reader_task(&reader, (const char *)data + 1, n - 1);
    check_id(f, t);
    check_shape(t);
    lw_task_free(t);
    return 0;
}
