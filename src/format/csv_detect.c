/* Is a file a table, which delimiter and header does it have, and which column is which? Each
 * delimiter is tried on the first 100 rows; the first under which they make a table wins. What the
 * header looks like is csv_header.c's. */
#include "format/csv_header_internal.h"
#include "format/missing_member_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/csv.h"
#include "labelwright/format/member_use.h"
#include "labelwright/format/record_scan.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 100, HEADERS_MAX = 3 };

/* The first rows that are not blank. */
struct sheet {
    char delimiter;
    json_t *row;         /* an array of arrays of texts; borrowed by nobody */
    size_t ncells;       /* of the header */
    size_t same, second; /* how many rows fit the first; where the first task begins */
    bool header;
};

static const char *text_at(const json_t *cells, size_t i)
{
    const char *s = json_string_value(json_array_get(cells, i));
    return s ? s : "";
}

static bool is_blank(const json_t *cells)
{
    for (size_t i = 0; i < json_array_size(cells); i++)
        if (*text_at(cells, i))
            return false;
    return json_array_size(cells) > 0;
}

static bool is_index(const char *s)
{
    return *s && strspn(s, "0123456789") == strlen(s);
}

/* write.table of R leaves out the name of the first column: the header is one cell short. */
static void add_missing_name(struct sheet *sheet)
{
    json_t *first = json_array_get(sheet->row, 0);
    size_t n = json_array_size(first), rows = json_array_size(sheet->row), longer = 0;
    for (size_t i = 1; i < rows; i++) {
        const json_t *cells = json_array_get(sheet->row, i);
        longer +=
            json_array_size(cells) == n + 1 && *text_at(cells, n) && is_index(text_at(cells, 0));
    }
    if (rows > 1 && n > 1 && longer == rows - 1)
        json_array_insert_new(first, 0, json_string(""));
}

/* These rows are not tasks. `begin` gets where the next rows start. */
static void drop_more_headers(struct sheet *sheet, const size_t begin[HEADERS_MAX])
{
    size_t more = lw_csv_header_rows(sheet->row);
    sheet->second = begin[more];
    for (size_t i = 0; i < more; i++)
        json_array_remove(sheet->row, 1);
}

static void count_same(struct sheet *sheet, enum lw_header said)
{
    const json_t *first = json_array_get(sheet->row, 0);
    sheet->ncells = json_array_size(first);
    sheet->header = said == LW_HEADER_GUESSED ? sheet->ncells > 0 && lw_csv_has_header(sheet->row)
                                              : said == LW_HEADER_YES;
    sheet->same = 0;
    for (size_t i = 0; i < json_array_size(sheet->row); i++) {
        const json_t *cells = json_array_get(sheet->row, i);
        sheet->same += sheet->header ? lw_csv_row_fits(cells, sheet->ncells)
                                     : json_array_size(cells) == sheet->ncells;
    }
}

/* Only rows that are whole; the last one too when the file ends with it. */
static void read_sheet(
    struct sheet *sheet, const char *s, size_t n, bool whole, enum lw_header said)
{
    size_t begin[HEADERS_MAX] = {0};
    sheet->row = json_array();
    for (size_t at = 0; at < n && json_array_size(sheet->row) < ROWS_MAX;) {
        struct lw_scan scan;
        lw_scan_begin(&scan, LW_ROWS);
        scan.delimiter = sheet->delimiter;
        at += lw_scan_gap(&scan, s + at, n - at);
        size_t len = lw_scan_feed(&scan, s + at, n - at);
        if (len == 0 || (!scan.done && !whole))
            break;
        json_t *cells = lw_csv_row_cells(sheet->delimiter, s + at, len - scan.tail, NULL);
        at += len;
        bool first = json_array_size(sheet->row) == 0;
        if (first && !cells)
            break;
        if (is_blank(cells)) {
            json_decref(cells);
            continue;
        }
        if (json_array_size(sheet->row) < HEADERS_MAX)
            begin[json_array_size(sheet->row)] = at;
        json_array_append_new(sheet->row, cells ? cells : json_array());
    }
    if (said != LW_HEADER_NO) {
        drop_more_headers(sheet, begin);
        add_missing_name(sheet);
    }
    count_same(sheet, said);
}

/* A single column is a table only when its name says so. */
static bool is_column(const struct sheet *sheet)
{
    const json_t *first = json_array_get(sheet->row, 0);
    return sheet->ncells == 1 && lw_csv_header_is_known(text_at(first, 0)) &&
           sheet->same == json_array_size(sheet->row);
}

/* A comma and a blank, wherever a cell ends: sentences, whose lines may well have as many commas.
 */
static bool reads_as_prose(const struct sheet *sheet)
{
    const json_t *first = json_array_get(sheet->row, 0);
    size_t cells = 0, blanks = 0;
    for (size_t i = 0; sheet->header && i < sheet->ncells; i++)
        if (lw_csv_header_is_known(text_at(first, i)))
            return false;
    for (size_t i = 0; i < json_array_size(sheet->row); i++) {
        const json_t *row = json_array_get(sheet->row, i);
        cells += json_array_size(row) - (json_array_size(row) > 0);
        for (size_t k = 1; k < json_array_size(row); k++)
            blanks += *text_at(row, k) == ' ';
    }
    return cells > 0 && blanks == cells;
}

/* Without a header, only equal rows distinguish a table from prose. */
static bool is_table(const struct sheet *sheet)
{
    size_t rows = json_array_size(sheet->row);
    if (sheet->ncells < 2 || rows < 2)
        return rows > 1 && is_column(sheet);
    return sheet->header ? sheet->same > 1 && 2 * sheet->same >= rows : sheet->same == rows;
}

/* A header and nothing else. */
static bool is_header_only(const struct sheet *sheet)
{
    bool known = false;
    const json_t *first = json_array_get(sheet->row, 0);
    for (size_t i = 0; i < sheet->ncells; i++)
        known = known || lw_csv_header_is_known(text_at(first, i));
    return json_array_size(sheet->row) == 1 && known;
}

static struct lw_csv *new_table(const struct sheet *sheet, bool header)
{
    const json_t *first = json_array_get(sheet->row, 0);
    struct lw_csv *t = lw_alloc(sizeof *t);
    t->delimiter = sheet->delimiter;
    t->ncells = json_array_size(first);
    t->name = lw_alloc(t->ncells * sizeof *t->name);
    t->column = lw_alloc(t->ncells * sizeof *t->column);
    if (header)
        lw_csv_header_columns(first, t->column, t->ncells);
    for (size_t i = 0; i < t->ncells && !header; i++)
        t->column[i] = lw_format("%zu", i + 1);
    return t;
}

static size_t column_of(const struct lw_csv *t, const char *column)
{
    size_t i = 0;
    while (i < t->ncells && strcmp(t->column[i], column) != 0)
        i++;
    return i;
}

static void name_cell(struct lw_csv *t, size_t i, const char *name)
{
    free(t->name[i]);
    t->name[i] = lw_strdup(name);
}

static void name_as_columns(struct lw_csv *t)
{
    for (size_t i = 0; i < t->ncells; i++)
        name_cell(t, i, t->column[i]);
}

/* By the first row that looks like a record: one may lack its text. */
static const struct lw_format *guess_format(const struct lw_csv *t, const json_t *rows)
{
    const struct lw_format *f = NULL;
    for (size_t row = 1; row < json_array_size(rows) && !f; row++) {
        const json_t *cells = json_array_get(rows, row);
        json_t *record = json_object();
        for (size_t i = 0; i < t->ncells && i < json_array_size(cells); i++)
            json_object_set(record, t->column[i], json_array_get(cells, i));
        f = lw_format_guess(record);
        json_decref(record);
    }
    return f;
}

/* Words, or a script without spaces, but not a time or a number with a unit. */
static bool is_prose(const char *s)
{
    size_t letters = 0, digits = 0, wide = 0, blanks = 0;
    for (const char *p = s; *p; p++) {
        wide += (unsigned char)*p >= 0x80;
        digits += *p >= '0' && *p <= '9';
        letters += (*p | 0x20) >= 'a' && (*p | 0x20) <= 'z';
        blanks += *p == ' ';
    }
    return wide > 0 || (blanks > 0 && letters > digits);
}

/* Most of its cells have such text, and they are not all the same. */
static bool has_text(const struct sheet *sheet, size_t column, size_t from)
{
    size_t rows = json_array_size(sheet->row), with = 0, same = 0;
    for (size_t i = from; i < rows; i++) {
        const char *s = text_at(json_array_get(sheet->row, i), column);
        with += is_prose(s);
        same += strcmp(s, text_at(json_array_get(sheet->row, from), column)) == 0;
    }
    return 2 * with > rows - from && (same < rows - from || same == 1);
}

static size_t prompt_column(const struct lw_csv *t, const struct sheet *sheet, size_t from)
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

/* There are responses but no known prompt: guess one, so that they are not judged without it. */
static void name_prompt_by_look(struct lw_csv *t, const struct sheet *sheet)
{
    size_t prompt = t->ncells;
    for (size_t i = 0; i < t->ncells; i++) {
        enum lw_member_use use = lw_member_use_of(t->name[i]);
        if (use == LW_USE_PROMPT || use == LW_USE_CONTEXT || use == LW_USE_CONVERSATION)
            return;
        if (prompt == t->ncells && use == LW_USE_NONE && has_text(sheet, i, 1))
            prompt = i;
    }
    t->guessed = prompt < t->ncells;
    if (t->guessed)
        name_cell(t, prompt, "prompt");
}

/* A table without known names. */
static void name_by_look(struct lw_csv *t, const struct sheet *sheet, bool header)
{
    size_t prompt = prompt_column(t, sheet, header), id = column_of(t, "id");
    t->guessed = header || t->ncells > 2;
    if (id < t->ncells && id != prompt)
        name_cell(t, id, "id");
    name_cell(t, t->guessed ? prompt : 0, "prompt");
    if (!t->guessed)
        name_cell(t, 1, "reference");
}

/* Columns from project.yaml: which member each becomes. `nth` of them; false after the last. */
static bool mapped(const struct lw_column_map *c, size_t nth, const char **column, char name[16])
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

static bool all_there(const struct lw_csv *t, const struct lw_column_map *c)
{
    const char *column;
    char name[16];
    for (size_t i = 0; mapped(c, i, &column, name); i++)
        if (column && column_of(t, column) == t->ncells)
            return false;
    return true;
}

static enum lw_code name_by_map(
    const char *file, struct lw_csv *t, const struct lw_column_map *c, struct lw_err *err)
{
    const char *column;
    char name[16];
    for (size_t i = 0, responses = 0; mapped(c, i, &column, name); i++) {
        size_t at = column ? column_of(t, column) : t->ncells;
        if (column && at == t->ncells)
            return lw_fail_member(
                err, file, "column", column, (const char *const *)t->column, t->ncells);
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

/* Decides names and format once it is a table. */
static enum lw_code name_cells(const char *file, const struct sheet *sheet,
    const struct lw_read_as *as, const struct lw_format *wanted, struct lw_csv **to,
    const struct lw_format **format, bool *header, struct lw_err *err)
{
    struct lw_csv *t = *to = new_table(sheet, true);
    const struct lw_column_map *columns = as ? as->columns : NULL;
    bool said = as && as->header != LW_HEADER_GUESSED;
    *header = columns && !said ? all_there(t, columns) : sheet->header;
    if (!*header) {
        struct lw_csv *numbered = new_table(sheet, false);
        bool named = columns && !said && !all_there(numbered, columns);
        lw_csv_free(named ? numbered : t);
        t = *to = named ? t : numbered;
    }
    t->headed = *header;
    if (columns) {
        *format = lw_format_find("table");
        return name_by_map(file, t, columns, err);
    }
    *format = wanted ? wanted : *header ? guess_format(t, sheet->row) : NULL;
    if (*format) {
        name_as_columns(t);
        if (*header && !wanted && !(*format)->answers)
            name_prompt_by_look(t, sheet);
    } else {
        name_by_look(t, sheet, *header);
        *format = lw_format_find("native");
    }
    return LW_OK;
}

/* The line that tells Excel the delimiter: its length, 0 for none. */
static size_t sep_line(const char *s, size_t n, char *delimiter)
{
    static const char word[] = "sep=";
    for (size_t i = 0; i < 4; i++)
        if (n < 6 || (s[i] | 0x20) != (word[i] | 0x20))
            return 0;
    size_t end = s[5] == '\r' ? 6 : 5;
    if (end >= n || s[end] != '\n')
        return 0;
    *delimiter = s[4];
    return end + 1;
}

enum lw_code lw_csv_detect(const char *name, const char *s, size_t n, bool whole,
    const struct lw_read_as *as, const struct lw_format *wanted, struct lw_csv **to,
    const struct lw_format **format, size_t *begin, struct lw_err *err)
{
    char delimiters[] = "\t,;|";
    size_t skip = sep_line(s, n, delimiters);
    bool told = skip > 0 || wanted || (as && (as->columns || as->header != LW_HEADER_GUESSED));
    enum lw_code code = LW_EABSENT;
    *to = NULL;
    if (skip)
        delimiters[1] = '\0';
    if (!memchr(s + skip, '\n', n - skip) && memchr(s + skip, '\r', n - skip))
        return LW_EABSENT; /* another kind of line ends */
    for (const char *d = delimiters; *d && code == LW_EABSENT; d++) {
        struct sheet sheet = {.delimiter = *d};
        bool header = false;
        read_sheet(&sheet, s + skip, n - skip, whole, as ? as->header : LW_HEADER_GUESSED);
        if (is_table(&sheet) && (told || !reads_as_prose(&sheet)))
            code = name_cells(name, &sheet, as, wanted, to, format, &header, err);
        else if (whole && is_header_only(&sheet))
            code = lw_fail(err, LW_EBAD, "%s has a header but no rows.", name);
        *begin += code == LW_OK ? skip + (header ? sheet.second : 0) : 0;
        json_decref(sheet.row);
    }
    if (code != LW_OK) {
        lw_csv_free(*to);
        *to = NULL;
    }
    return code;
}
