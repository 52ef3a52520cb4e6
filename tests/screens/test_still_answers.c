/* Nothing moves while a task is labeled: at each key of each sample, the labels stand where they
 * stood and the panes keep their size. */
#define _GNU_SOURCE
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"
#include "tui/view/answer_area_internal.h"
#include "tui/view/view_internal.h"

static const char *source;
static struct app_fixture p;

/* ---- what may not change */

enum { PLACES = 256, QUESTIONS = 64 };

/* Of one task: where each question was seen first, by page, and the sizes of the panes. */
static struct {
    uint64_t task, talk; /* show_count and talk_count */
    size_t nplaces;
    struct place {
        size_t page, question;
        int item, row, col;
    } place[PLACES];
    struct lw_pane pane[LW_PANES];
    int npanes, first;
    bool zoom, fold;
} seen;

static size_t compared;

static bool is_same_state(void)
{
    const struct lw_sitting_view *v = lw_sitting_view(p.s);
    return seen.task == v->show_count && seen.talk == v->talk_count && seen.zoom == p.app.zoom &&
           seen.fold == p.app.fold && seen.first == p.app.first;
}

static void begin_state(void)
{
    const struct lw_sitting_view *v = lw_sitting_view(p.s);
    seen.task = v->show_count;
    seen.talk = v->talk_count;
    seen.zoom = p.app.zoom;
    seen.fold = p.app.fold;
    seen.first = p.app.first;
    seen.npanes = p.app.npanes;
    seen.nplaces = 0;
    memcpy(seen.pane, p.app.pane, sizeof seen.pane);
}

static void check_panes(const char *keys)
{
    assert_int_equal(p.app.npanes, seen.npanes);
    for (int i = 0; i < seen.npanes; i++) {
        const struct lw_pane *now = &p.app.pane[i], *was = &seen.pane[i];
        if (now->row != was->row || now->col != was->col || now->rows != was->rows ||
            now->cols != was->cols)
            fail_msg("after %s pane %d is %dx%d at %d,%d, was %dx%d at %d,%d:\n%s", keys, i,
                now->cols, now->rows, now->row, now->col, was->cols, was->rows, was->row, was->col,
                app_fixture_screen(&p));
    }
}

/* The frame's text at a place, without marks: where the label begins in the area. */
static bool stands_at(int row, int col, const char *label)
{
    size_t n = 0;
    for (const char *s = label; *s && col < p.frame.cols && n < 4; s++, col++, n++)
        if (p.frame.cell[row * p.frame.cols + col].cp[0] != (char32_t)(unsigned char)*s)
            return false;
    return n > 0;
}

static struct place *find_place(struct place now)
{
    for (size_t i = 0; i < seen.nplaces; i++)
        if (seen.place[i].page == now.page && seen.place[i].question == now.question &&
            seen.place[i].item == now.item)
            return &seen.place[i];
    assert_true(seen.nplaces < PLACES);
    seen.place[seen.nplaces] = now;
    return &seen.place[seen.nplaces++];
}

/* What the screen shows at the place of the cell is its label, and it was there before. */
static void check_cell(const struct lw_answer_cell *c, const char *keys)
{
    struct lw_buf label = {0};
    int top, left;
    lw_answer_origin(&p.app, &top, &left);
    top += c->title_row >= 0 ? c->title_row : c->row;
    left += c->col + 1;
    struct place now = {(size_t)c->page, c->question, c->item, c->row, c->col};
    lw_answer_label(&p.app, c, &label);
    if (!stands_at(top, left, label.data))
        fail_msg("after %s \"%s\" is not at %d,%d:\n%s", keys, label.data, top, left,
            app_fixture_screen(&p));
    struct place *was = find_place(now);
    if (was->row != now.row || was->col != now.col)
        fail_msg("after %s \"%s\" moved:\n%s", keys, label.data, app_fixture_screen(&p));
    compared++;
    lw_buf_fini(&label);
}

static void check_frame(const char *keys)
{
    const struct lw_sitting_view *v = lw_sitting_view(p.s);
    app_fixture_screen(&p);
    bool covered = p.app.over != LW_OVERLAY_NONE;
    if (!v->task || v->nslots == 0 || covered)
        return;
    if (!is_same_state())
        begin_state();
    check_panes(keys);
    const struct lw_answer_cell *focused = lw_answer_cell_of(&p.app, v->slot[v->focus]);
    assert_non_null(focused);
    for (size_t i = 0; i < p.app.answers.ncells; i++)
        if (p.app.answers.cell[i].page == focused->page)
            check_cell(&p.app.answers.cell[i], keys);
}

/* ---- one sample */

static char *read_keys(const char *name)
{
    char *path = lw_format("%s/tests/screens/samples/%s.txt", source, name), *text = NULL;
    size_t cap = 0;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_true(getdelim(&text, &cap, '\0', f) > 0);
    fclose(f);
    free(path);
    *strstr(text, "----\n") = '\0';
    return text;
}

static void press_each(char *line)
{
    for (char *key; (key = strsep(&line, " "));) {
        if (!*key)
            continue;
        app_fixture_press(&p, key);
        check_frame(key);
    }
}

static void label_sample(const char *name, int rows, int cols)
{
    char *text = read_keys(name), *rest = text, *line;
    char *folder = lw_format("%s/samples/%s", source, name);
    if (!strstr(text, "work:") || lw_picture_can_show()) {
        app_fixture_copy(&p, folder);
        p.app.rows = rows;
        p.app.cols = cols;
        app_fixture_open(&p);
        memset(&seen, 0, sizeof seen);
        check_frame("the start");
        while ((line = strsep(&rest, "\n")))
            if (line[0] && line[0] != '#')
                press_each(line);
        app_fixture_end(&p);
    }
    free(folder);
    free(text);
}

static int is_sample(const struct dirent *e)
{
    return e->d_type == DT_DIR && e->d_name[0] != '.';
}

static void label_all(int rows, int cols)
{
    struct dirent **names;
    char *folder = lw_format("%s/samples", source);
    int n = scandir(folder, &names, is_sample, alphasort);
    assert_true(n > 0);
    compared = 0;
    for (int i = 0; i < n; i++) {
        if (strcmp(names[i]->d_name, "try") != 0)
            label_sample(names[i]->d_name, rows, cols);
        free(names[i]);
    }
    assert_true(compared > 1000);
    free(names);
    free(folder);
}

static void nothing_moves_at_80x24(void **state)
{
    (void)state;
    label_all(24, 80);
}

static void nothing_moves_at_140x40(void **state)
{
    (void)state;
    label_all(40, 140);
}

static void nothing_moves_at_200x60(void **state)
{
    (void)state;
    label_all(60, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_moves_at_80x24),
        cmocka_unit_test(nothing_moves_at_140x40),
        cmocka_unit_test(nothing_moves_at_200x60),
    };
    source = getenv("LW_SOURCE");
    if (!source)
        source = ".";
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
