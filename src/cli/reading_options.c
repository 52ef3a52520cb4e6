/* The options that say how a file of tasks is read: --as, --prompt, --response, --header,
 * --encoding. What comes of them is the workspace's. */
#include "cli/cli_internal.h"

#include "labelwright/format/task.h"
#include "labelwright/yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

void lw_cli_add_response(struct lw_cli *c, const char *column)
{
    struct lw_column_map *m = &c->columns;
    m->response = lw_grow(m->response, m->nresponses + 2, sizeof *m->response);
    m->response[m->nresponses++] = (char *)(uintptr_t)column;
    m->response[m->nresponses] = NULL;
}

static bool warn_format(const char *name)
{
    struct lw_buf known = {0};
    const char *near = lw_nearest(name, lw_format_names());
    for (const char *const *p = lw_format_names(); *p; p++)
        lw_buf_fmt(&known, "%s%s", known.len ? ", " : "", *p);
    lw_cli_warn("Unknown format \"%s\".%s%s%s Formats: %s.", name, near ? " Did you mean " : "",
        near ? near : "", near ? "?" : "", known.data);
    lw_buf_fini(&known);
    return false;
}

static bool set_header(struct lw_cli *c, const char *value)
{
    static const struct {
        const char *word;
        enum lw_header header;
    } words[] = {{"yes", LW_HEADER_YES}, {"no", LW_HEADER_NO}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(value, words[i].word) == 0) {
            c->as.header = words[i].header;
            return true;
        }
    lw_cli_warn("--header takes yes or no: whether the first row names the columns.");
    return false;
}

static bool set_encoding(struct lw_cli *c, const char *name)
{
    struct lw_buf known = {0};
    bool found = lw_encoding_find(name, &c->as.encoding);
    for (const char *const *p = lw_encoding_names(); *p; p++)
        lw_buf_fmt(&known, "%s%s", known.len ? ", " : "", *p);
    if (!found)
        lw_cli_warn("Unknown encoding \"%s\". Encodings: %s. For others, convert the file:  iconv "
                    "-f ENCODING -t UTF-8 FILE > NEW",
            name, known.data);
    lw_buf_fini(&known);
    return found;
}

bool lw_cli_set_reading(struct lw_cli *c)
{
    const char *format = c->value[LW_OPT_AS], *header = c->value[LW_OPT_HEADER];
    const char *encoding = c->value[LW_OPT_ENCODING];
    bool columns = c->value[LW_OPT_PROMPT] || c->columns.nresponses > 0;
    if (format && strcmp(format, "auto") != 0 && !lw_format_find(format))
        return warn_format(format);
    if (format && columns) {
        lw_cli_warn("--as and --prompt or --response cannot be used together: a format has its own "
                    "members. Leave one out.");
        return false;
    }
    c->columns.prompt = (char *)(uintptr_t)c->value[LW_OPT_PROMPT];
    c->as.format = format;
    c->as.columns = columns ? &c->columns : NULL;
    c->says_reading = format || columns || header || encoding;
    return (!header || set_header(c, header)) && (!encoding || set_encoding(c, encoding));
}
