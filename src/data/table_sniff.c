/* Is it a table, has it a header, and which column is what? */
#include "data/scan.h"
#include "data/table.h"
#include "labelwright/buf.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 100, NAME_MAX_BYTES = 64 };

/* The first rows, and how many of them have as many cells as the first. */
struct sheet {
    char delimiter;
    json_t *row;         /* an array of arrays of texts; borrowed by nobody */
    size_t same, second; /* `second`: where the second row begins */
};

/* Only rows that are whole; the last one too when the file ends with it. */
static void read_sheet(struct sheet *sheet, const char *s, size_t n, bool whole)
{
    sheet->row = json_array();
    for (size_t at = 0; at < n && json_array_size(sheet->row) < ROWS_MAX;) {
        struct lw_scan scan;
        lw_scan_begin(&scan, LW_ROWS);
        scan.delimiter = sheet->delimiter;
        at += lw_scan_gap(&scan, s + at, n - at);
        size_t len = lw_scan_feed(&scan, s + at, n - at);
        if (len == 0 || (!scan.done && !whole))
            break;
        json_t *cells = lw_row_cells(sheet->delimiter, s + at, len - scan.tail, NULL);
        at += len;
        if (json_array_size(sheet->row) == 0)
            sheet->second = at;
        if (!cells && json_array_size(sheet->row) == 0)
            break;
        json_array_append_new(sheet->row, cells ? cells : json_array());
    }
    json_t *first = json_array_get(sheet->row, 0);
    for (size_t i = 0; i < json_array_size(sheet->row); i++)
        sheet->same += json_array_size(json_array_get(sheet->row, i)) == json_array_size(first);
}

static const char *text_at(const json_t *cells, size_t i)
{
    const char *s = json_string_value(json_array_get(cells, i));
    return s ? s : "";
}

static bool is_name(const char *s)
{
    size_t n = strlen(s);
    bool number = n > 0 && strspn(s, "0123456789.,+-") == n;
    return n > 0 && n <= NAME_MAX_BYTES && !number && !strpbrk(s, "\n\r\t?!") && *s != ' ' &&
           s[n - 1] != ' ' && s[n - 1] != '.';
}

/* Names are short, all there, and different. */
static bool is_header(const json_t *cells)
{
    json_t *seen = json_object();
    bool is = true;
    for (size_t i = 0; i < json_array_size(cells) && is; i++) {
        const char *s = text_at(cells, i);
        is = is_name(s) && !json_object_get(seen, s);
        json_object_set_new(seen, s, json_true());
    }
    json_decref(seen);
    return is;
}

/* Without a header nothing but equal rows tells a table from prose. */
static bool is_table(const struct sheet *sheet)
{
    const json_t *first = json_array_get(sheet->row, 0);
    size_t rows = json_array_size(sheet->row);
    if (json_array_size(first) < 2 || rows < 2)
        return false;
    return is_header(first) ? sheet->same > 1 && 2 * sheet->same >= rows : sheet->same == rows;
}

static struct lw_grid *new_table(const struct sheet *sheet, bool header)
{
    const json_t *first = json_array_get(sheet->row, 0);
    struct lw_grid *t = lw_alloc(sizeof *t);
    t->delimiter = sheet->delimiter;
    t->ncells = json_array_size(first);
    t->name = lw_alloc(t->ncells * sizeof *t->name);
    t->column = lw_alloc(t->ncells * sizeof *t->column);
    for (size_t i = 0; i < t->ncells; i++)
        t->column[i] = header ? lw_strdup(text_at(first, i)) : lw_format("%zu", i + 1);
    return t;
}

static size_t column_of(const struct lw_grid *t, const char *column)
{
    size_t i = 0;
    while (i < t->ncells && strcmp(t->column[i], column) != 0)
        i++;
    return i;
}

static void name_cell(struct lw_grid *t, size_t i, const char *name)
{
    free(t->name[i]);
    t->name[i] = lw_strdup(name);
}

static void name_as_columns(struct lw_grid *t)
{
    for (size_t i = 0; i < t->ncells; i++)
        name_cell(t, i, t->column[i]);
}

static const struct lw_format *guess_format(const struct lw_grid *t, const json_t *cells)
{
    json_t *record = json_object();
    for (size_t i = 0; i < t->ncells; i++)
        json_object_set(record, t->column[i], json_array_get(cells, i));
    const struct lw_format *f = lw_format_guess(record);
    json_decref(record);
    return f;
}

/* Words, or a script without spaces, in most of its cells. */
static bool has_text(const struct sheet *sheet, size_t column, size_t from)
{
    size_t rows = json_array_size(sheet->row), with = 0;
    for (size_t i = from; i < rows; i++) {
        const char *s = text_at(json_array_get(sheet->row, i), column);
        bool wide = false;
        for (const char *p = s; *p; p++)
            wide = wide || (unsigned char)*p >= 0x80;
        with += strchr(s, ' ') || wide;
    }
    return 2 * with > rows - from;
}

static size_t prompt_column(const struct lw_grid *t, const struct sheet *sheet, size_t from)
{
    static const char *const known[] = {"prompt", "text", "question", "instruction", "input"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (column_of(t, known[i]) < t->ncells)
            return column_of(t, known[i]);
    for (size_t i = 0; i < t->ncells; i++)
        if (has_text(sheet, i, from))
            return i;
    return 0;
}

/* A table of nothing that is known. */
static void name_by_look(struct lw_grid *t, const struct sheet *sheet, bool header)
{
    size_t prompt = prompt_column(t, sheet, header), id = column_of(t, "id");
    t->guessed = header || t->ncells > 2;
    if (id < t->ncells && id != prompt)
        name_cell(t, id, "id");
    name_cell(t, t->guessed ? prompt : 0, "prompt");
    if (!t->guessed)
        name_cell(t, 1, "reference");
}

/* What project.yaml says of columns: which member each becomes. `nth` of them; false behind the
 * last. */
static bool mapped(const struct lw_columns *c, size_t nth, const char **column, char name[16])
{
    const struct {
        const char *column, *name;
    } one[] = {{c->prompt, "prompt"}, {c->id, "id"}, {c->reference, "reference"}};
    size_t fixed = sizeof one / sizeof *one;
    if (nth >= fixed + c->nresponses)
        return false;
    *column = nth < fixed ? one[nth].column : c->response[nth - fixed];
    strcpy(name, nth < fixed ? one[nth].name : "response");
    return true;
}

static bool all_there(const struct lw_grid *t, const struct lw_columns *c)
{
    const char *column;
    char name[16];
    for (size_t i = 0; mapped(c, i, &column, name); i++)
        if (column && column_of(t, column) == t->ncells)
            return false;
    return true;
}

static enum lw_code name_by_map(
    const char *file, struct lw_grid *t, const struct lw_columns *c, struct lw_err *err)
{
    const char *column;
    char name[16];
    for (size_t i = 0, responses = 0; mapped(c, i, &column, name); i++) {
        size_t at = column ? column_of(t, column) : t->ncells;
        struct lw_buf has = {0};
        if (column && at == t->ncells) {
            for (size_t k = 0; k < t->ncells && has.len < 200; k++)
                lw_buf_fmt(&has, "%s%.40s", k ? ", " : "", t->column[k]);
            lw_fail(err, LW_EBAD,
                "%s has no column \"%.80s\", which project.yaml names. There is: %s.", file, column,
                has.data);
            lw_buf_fini(&has);
            return LW_EBAD;
        }
        if (column && strcmp(name, "response") == 0) {
            char *numbered = lw_format("response%zu", ++responses);
            name_cell(t, at, numbered);
            free(numbered);
        } else if (column) {
            name_cell(t, at, name);
        }
    }
    return LW_OK;
}

/* Settles on names and format once it is a table. */
static enum lw_code settle(const char *file, const struct sheet *sheet,
    const struct lw_columns *columns, const struct lw_format *wanted, struct lw_grid **to,
    const struct lw_format **format, bool *header, struct lw_err *err)
{
    const json_t *first = json_array_get(sheet->row, 0), *second = json_array_get(sheet->row, 1);
    struct lw_grid *t = *to = new_table(sheet, true);
    *header = columns ? all_there(t, columns) : is_header(first);
    if (!*header) {
        struct lw_grid *numbered = new_table(sheet, false);
        bool named = columns && !all_there(numbered, columns);
        lw_table_free(named ? numbered : t);
        t = *to = named ? t : numbered;
    }
    if (columns) {
        *format = lw_format_find("table");
        return name_by_map(file, t, columns, err);
    }
    *format = wanted ? wanted : *header ? guess_format(t, second) : NULL;
    if (*format) {
        name_as_columns(t);
    } else {
        name_by_look(t, sheet, *header);
        *format = lw_format_find("native");
    }
    return LW_OK;
}

enum lw_code lw_table_sniff(const char *name, const char *s, size_t n, bool whole,
    const struct lw_columns *columns, const struct lw_format *wanted, struct lw_grid **to,
    const struct lw_format **format, size_t *begin, struct lw_err *err)
{
    static const char delimiters[] = "\t,;";
    enum lw_code code = LW_EABSENT;
    *to = NULL;
    for (const char *d = delimiters; *d && code == LW_EABSENT; d++) {
        struct sheet sheet = {.delimiter = *d};
        bool header = false;
        read_sheet(&sheet, s, n, whole);
        if (is_table(&sheet))
            code = settle(name, &sheet, columns, wanted, to, format, &header, err);
        if (header)
            *begin += sheet.second;
        json_decref(sheet.row);
    }
    if (code != LW_OK) {
        lw_table_free(*to);
        *to = NULL;
    }
    return code;
}
