/* Charts: as characters, compared whole, and as SVG, read by an XML parser. */
#include "labelwright/chart/chart.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <expat.h>
#include <math.h>
#include <string.h>

static const char *const hours[] = {"08", "09", "10", "11", "12", "13"};
static const double worked[] = {12, 45, 60, 38, NAN, 3};
static const double pace[] = {31, 42, 40, 104, NAN, 0};
static const struct lw_chart_series two[] = {
    {"worked", "min", worked, 60, 0}, {"pace", "tasks/h", pace, 0, 0}};
static const struct lw_chart day = {
    "Monday", "Monday by hour.", hours, sizeof hours / sizeof *hours, two, 2};

static void prints(const struct lw_chart *c, struct lw_chart_look look, const char *want)
{
    struct lw_buf is = {0};
    lw_chart_print(c, &look, 1, &is);
    assert_string_equal(is.data, want);
    lw_buf_fini(&is);
}

static void bars_are_eighths_with_their_numbers_below(void **state)
{
    (void)state;
    prints(&day, (struct lw_chart_look){40, 1, false},
        "               ▂▂▂ ▆▆▆ ███ ▅▅▅     ▁▁▁\n"
        " worked, min    12  45  60  38   -   3\n"
        "               ▂▂▂ ▃▃▃ ▃▃▃ ███\n"
        " pace, tasks/h  31  42  40 104   -   0\n"
        "                08  09  10  11  12  13\n");
}

static void higher_bars_stand_on_whole_cells(void **state)
{
    (void)state;
    struct lw_chart one = day;
    one.nseries = 1;
    prints(&one, (struct lw_chart_look){30, 3, false},
        "                ▂▂ ██\n"
        "                ██ ██ ▇▇\n"
        "             ▅▅ ██ ██ ██    ▁▁\n"
        " worked, min 12 45 60 38  -  3\n"
        "             08 09 10 11 12 13\n");
}

static void where_blocks_lack_signs_stand_for_them(void **state)
{
    (void)state;
    prints(&day, (struct lw_chart_look){40, 1, true},
        "               ... +++ ### +++     ...\n"
        " worked, min    12  45  60  38   -   3\n"
        "               ... ::: ::: ###\n"
        " pace, tasks/h  31  42  40 104   -   0\n"
        "                08  09  10  11  12  13\n");
    assert_true(lw_chart_ascii(U'▁') == '.' && lw_chart_ascii(U'█') == '#');
    assert_true(lw_chart_ascii(U'ä') == U'ä');
}

static void what_has_no_room_is_left_out_at_the_start(void **state)
{
    (void)state;
    struct lw_chart one = day;
    one.nseries = 1;
    assert_int_equal(lw_chart_width(&one), 11 + 6 * 3);
    prints(&one, (struct lw_chart_look){20, 1, false},
        "             ▅▅    ▁▁\n"
        " worked, min 38  -  3\n"
        "             11 12 13\n");
}

/* ---- SVG */

struct svg_read {
    int rects, texts, titles, descs, outside;
    struct lw_buf text;
};

static void XMLCALL begin(void *ctx, const XML_Char *name, const XML_Char **attribute)
{
    struct svg_read *r = ctx;
    r->rects += strcmp(name, "rect") == 0;
    r->texts += strcmp(name, "text") == 0;
    r->titles += strcmp(name, "title") == 0;
    r->descs += strcmp(name, "desc") == 0;
    r->outside += strcmp(name, "script") == 0 || strcmp(name, "image") == 0;
    for (; *attribute; attribute += 2)
        r->outside += strcmp(attribute[0], "xmlns") != 0 && strstr(attribute[1], "//") != NULL;
}

static void XMLCALL characters(void *ctx, const XML_Char *s, int n)
{
    lw_buf_add(&((struct svg_read *)ctx)->text, s, (size_t)n);
}

static struct svg_read read_svg(const struct lw_chart *const *charts, size_t n, const char *title)
{
    struct svg_read r = {0};
    struct lw_buf svg = {0};
    lw_chart_svg(charts, n, title, &svg);
    XML_Parser p = XML_ParserCreate("UTF-8");
    XML_SetUserData(p, &r);
    XML_SetElementHandler(p, begin, NULL);
    XML_SetCharacterDataHandler(p, characters);
    if (XML_Parse(p, svg.data, (int)svg.len, 1) != XML_STATUS_OK)
        fail_msg("%s", XML_ErrorString(XML_GetErrorCode(p)));
    XML_ParserFree(p);
    assert_non_null(strstr(svg.data, "prefers-color-scheme:dark"));
    lw_buf_fini(&svg);
    return r;
}

static void svg_has_every_bar_and_number_and_says_what_it_is(void **state)
{
    (void)state;
    const struct lw_chart *const charts[] = {&day, &day};
    struct svg_read r = read_svg(charts, 2, "My work");
    assert_int_equal(r.rects, 1 + 2 * 2 * 5);
    assert_int_equal(r.texts, 2 * (1 + 2 * (2 + 5) + 6));
    assert_int_equal(r.titles, 3);
    assert_int_equal(r.descs, 3);
    assert_int_equal(r.outside, 0);
    assert_non_null(strstr(r.text.data, "My work"));
    assert_non_null(strstr(r.text.data, "Monday by hour."));
    assert_non_null(strstr(r.text.data, "104"));
    lw_buf_fini(&r.text);
}

static void svg_escapes_text(void **state)
{
    (void)state;
    static const char *const label[] = {"<script>", "a&b\"c\x01"};
    struct lw_chart c = day;
    c.label = label;
    c.columns = 2;
    c.title = "</title>";
    const struct lw_chart *const charts[] = {&c};
    struct svg_read r = read_svg(charts, 1, "<&>");
    assert_int_equal(r.outside, 0);
    assert_non_null(strstr(r.text.data, "<script>"));
    assert_non_null(strstr(r.text.data, "a&b\"c"));
    assert_non_null(strstr(r.text.data, "</title>"));
    lw_buf_fini(&r.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bars_are_eighths_with_their_numbers_below),
        cmocka_unit_test(higher_bars_stand_on_whole_cells),
        cmocka_unit_test(where_blocks_lack_signs_stand_for_them),
        cmocka_unit_test(what_has_no_room_is_left_out_at_the_start),
        cmocka_unit_test(svg_has_every_bar_and_number_and_says_what_it_is),
        cmocka_unit_test(svg_escapes_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
