/* A contractor's day, key by key, with kill -9 in the middle: expected labels are computed from the
 * keys that were pressed and the order that was on the screen. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "fixtures/workday.h"

#include <unistd.h>

/* One pair: the comparison, digits in the picker for A and for B, a note. */
struct verdict {
    int digit;
    const char *flags[2];
    const char *note;
};

static const struct verdict day[PAIRS] = {
    {1, {"", ""}, NULL},
    {4, {"", ""}, NULL},
    {7, {"", ""}, NULL},
    {2, {"1", ""}, NULL},
    {4, {"", "2"}, "both are fine; a tie"},
    {5, {"31", "2"}, NULL},
    {3, {"", ""}, "A, by a hair"},
    {4, {"12", "12"}, NULL},
    {6, {"", "6"},
        "\xC2\xAB"
        "quoted\xC2\xBB, \\ and \"quotes\""},
    {2, {"", ""}, NULL},
    {1, {"5", ""}, NULL},
    {7, {"", "45"}, "ti\xE1\xBA\xBFng Vi\xE1\xBB\x87t"},
    {4, {"", ""}, "neither"},
    {5, {"", ""}, NULL},
    {6, {"2", ""}, NULL},
    {3, {"", ""}, "undone, then submitted as it was"},
    {2, {"", ""}, NULL},
    {4, {"3", ""}, NULL},
    {1, {"", ""}, "undone, then told better"},
    {6, {"", ""}, NULL},
};

/* What the five that are undone become: only what changes is typed. */
static const struct verdict changes[UNDONE] = {
    {0, {"", ""}, NULL},
    {7, {"", ""}, NULL},
    {4, {"", "1"}, NULL},
    {0, {"", ""}, "told better"},
    {4, {"", ""}, NULL},
};

/* ---- what stands on the screen */

/* Letters only: how lines were broken does not matter. */
static void squash(const char *from, size_t n, struct lw_buf *to)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)from[i] > ' ')
            lw_buf_char(to, from[i]);
    lw_buf_add(to, "", 0);
}

static bool holds(const json_t *record, const char *id, const char *shown)
{
    const char *text = json_string_value(json_object_get(record, id));
    struct lw_buf all = {0};
    squash(text, strlen(text), &all);
    bool has = strstr(all.data, shown) != NULL;
    lw_buf_fini(&all);
    return has;
}

/* The text between the rules of A and B. */
static void pane_a(struct terminal_driver *s, struct lw_buf *to)
{
    const char *screen = terminal_driver_screen(s), *from = strstr(screen, " A \xE2\x94\x80");
    const char *end = strstr(screen, " B \xE2\x94\x80");
    if (!from || !end)
        terminal_driver_fail(s, "the panes A and B are not there");
    from = strchr(from, '\n');
    while (end > from && end[-1] != '\n')
        end--;
    squash(from, (size_t)(end - from), to);
}

/* The order in the journal, for the few pairs that begin alike. */
static void read_order(struct work *w, size_t task, int *first)
{
    json_t *events = program_fixture_journal(&w->fixture), *e;
    size_t i;
    *first = -1;
    json_array_foreach(events, i, e)
    {
        if (json_integer_value(json_object_get(e, "record")) != (json_int_t)task + 1)
            continue;
        const char *a = json_string_value(json_array_get(json_object_get(e, "order"), 0));
        *first = strcmp(a, "rejected") == 0;
    }
    json_decref(events);
}

static void set_sides(struct expected *e, int first)
{
    static const char *const ids[] = {"chosen", "rejected"};
    e->side[0] = ids[first];
    e->side[1] = ids[!first];
}

static void read_sides(struct work *w, size_t task)
{
    const json_t *record = json_array_get(w->records, task);
    struct lw_buf shown = {0};
    pane_a(&w->terminal, &shown);
    bool chosen = holds(record, "chosen", shown.data),
         rejected = holds(record, "rejected", shown.data);
    lw_buf_fini(&shown);
    if (chosen != rejected) {
        set_sides(&w->expected[task], rejected);
        return;
    }
    w->unclear++;
    w->expected[task].side[0] = NULL;
}

/* ---- pressing keys */

/* f opens the flags of the response in view; o goes to the other one, past the prompt. */
static void open_flags(struct terminal_driver *s, char response)
{
    char title[32];
    snprintf(title, sizeof title, "roblems: response %c", response);
    terminal_driver_type(s, "f");
    terminal_driver_wait(s, "roblems: response ");
    if (!strstr(terminal_driver_screen(s), title))
        terminal_driver_type(s, response == 'B' ? "\rof" : "\roof");
    terminal_driver_wait(s, title);
}

static void flag(struct terminal_driver *s, char response, const char *digits)
{
    if (digits[0]) {
        open_flags(s, response);
        terminal_driver_type(s, digits);
        terminal_driver_type(s, "\r");
        terminal_driver_wait(s, "? help");
    }
}

static void give(struct terminal_driver *s, const struct verdict *v)
{
    char digit[2] = {(char)('0' + v->digit), '\0'};
    terminal_driver_type(s, digit);
    flag(s, 'A', v->flags[0]);
    flag(s, 'B', v->flags[1]);
    if (!v->note)
        return;
    terminal_driver_type(s, "m");
    terminal_driver_wait(s, "Enter keep");
    terminal_driver_type(s, v->note);
    terminal_driver_type(s, "\r");
}

static void submit(struct work *w, size_t task)
{
    char saved[32];
    snprintf(saved, sizeof saved, "Saved task %zu", task + 1);
    terminal_driver_type(&w->terminal, "\r");
    terminal_driver_wait(&w->terminal, saved);
}

static void wait_task(struct work *w, size_t task)
{
    char position[32];
    snprintf(position, sizeof position, "  %zu/", task + 1);
    terminal_driver_wait(&w->terminal, position);
}

/* ---- what should come of it */

static json_t *compared(const struct verdict *v, const struct expected *e)
{
    if (v->digit == 4)
        return json_pack("{s:n,s:i}", "better", "strength", 0);
    bool b = v->digit > 4;
    return json_pack("{s:s,s:i}", "better", e->side[b], "strength", abs(v->digit - 4));
}

static json_t *flags_of(const struct work *w, const char *digits)
{
    json_t *flags = json_array();
    for (; *digits; digits++)
        json_array_append(
            flags, json_object_get(json_array_get(w->options, (size_t)(*digits - '1')), "value"));
    return flags;
}

static void expect(struct work *w, size_t task, const struct verdict *v)
{
    struct expected *e = &w->expected[task];
    json_t *problems = json_object();
    int first;
    read_order(w, task, &first);
    if (!e->side[0])
        set_sides(e, first);
    assert_string_equal(e->side[0], first ? "rejected" : "chosen");
    json_decref(e->answers);
    e->answers = json_pack("{s:o}", "better", compared(v, e));
    for (int i = 0; i < 2; i++)
        if (v->flags[i][0])
            json_object_set_new(problems, e->side[i], flags_of(w, v->flags[i]));
    if (json_object_size(problems) > 0)
        json_object_set(e->answers, "problems", problems);
    if (v->note)
        json_object_set_new(e->answers, "note", json_string(v->note));
    json_decref(problems);
}

/* ---- the day */

static void answer_twenty(struct work *w)
{
    for (size_t i = 0; i < PAIRS; i++) {
        wait_task(w, i);
        read_sides(w, i);
        give(&w->terminal, &day[i]);
        submit(w, i);
        expect(w, i, &day[i]);
    }
}

static void undo_five(struct work *w)
{
    for (size_t i = 0; i < UNDONE; i++) {
        char text[64];
        snprintf(text, sizeof text, "Undo again to reopen task %zu", PAIRS - i);
        terminal_driver_type(&w->terminal, "u");
        terminal_driver_wait(&w->terminal, text);
        snprintf(text, sizeof text, "Task %zu reopened", PAIRS - i);
        terminal_driver_type(&w->terminal, "u");
        terminal_driver_wait(&w->terminal, text);
    }
}

static struct verdict changed(const struct verdict *was, const struct verdict *by)
{
    struct verdict v = *was;
    v.digit = by->digit ? by->digit : v.digit;
    v.flags[1] = by->flags[1][0] ? by->flags[1] : v.flags[1];
    v.note = by->note ? by->note : v.note;
    return v;
}

static void change(struct work *w, const struct verdict *by)
{
    struct terminal_driver *s = &w->terminal;
    char digit[2] = {(char)('0' + by->digit), '\0'};
    if (by->digit) {
        terminal_driver_wait(s, "1 A much"); /* the first question, with the old answer */
        terminal_driver_type(s, digit);
    }
    flag(s, 'B', by->flags[1]);
    if (by->note) {
        terminal_driver_type(s, "m");
        terminal_driver_wait(s, "Enter keep");
        terminal_driver_type(s, "\033[5~\013"); /* PgUp to the start, ^K cuts the line */
        terminal_driver_type(s, by->note);
        terminal_driver_type(s, "\r");
    }
}

static void answer_five_again(struct work *w)
{
    for (size_t i = 0; i < UNDONE; i++) {
        size_t task = PAIRS - UNDONE + i;
        struct verdict v = changed(&day[task], &changes[i]);
        wait_task(w, task);
        change(w, &changes[i]);
        submit(w, task);
        expect(w, task, &v);
    }
}

static void skip_three(struct work *w)
{
    static const char *const reasons[SKIPS] = REASONS;
    for (size_t i = 0; i < SKIPS; i++) {
        char saved[48];
        snprintf(saved, sizeof saved, "Task %zu skipped", PAIRS + i + 1);
        wait_task(w, PAIRS + i);
        terminal_driver_type(&w->terminal, "s");
        terminal_driver_wait(&w->terminal, "Skip this task");
        terminal_driver_type(&w->terminal, reasons[i]);
        terminal_driver_type(&w->terminal, "\r");
        terminal_driver_wait(&w->terminal, saved);
    }
}

static const struct verdict last = {3, {"2", ""}, "half a note, and the other half"};

/* The 21st pair: kill -9 while its note is being typed, once the draft was due. */
static void die_while_typing(struct work *w)
{
    struct terminal_driver *s = &w->terminal;
    char digit[2] = {(char)('0' + last.digit), '\0'};
    wait_task(w, TASKS - 1);
    read_sides(w, TASKS - 1);
    terminal_driver_type(s, digit);
    flag(s, 'A', last.flags[0]);
    terminal_driver_type(s, "m");
    terminal_driver_wait(s, "Enter keep");
    terminal_driver_type(s, "half a note");
    program_fixture_wait_draft(&w->fixture, "half a note");
    terminal_driver_type(s, ", never to be seen");
    terminal_driver_kill(s);
}

static void find_the_draft(struct work *w, bool tmux)
{
    struct terminal_driver *s = &w->terminal;
    assert_true(terminal_driver_start(s, &w->fixture, tmux));
    wait_task(w, TASKS - 1);
    terminal_driver_wait(s, "  draft");
    terminal_driver_wait(s, w->status);
}

static void finish(struct work *w)
{
    struct terminal_driver *s = &w->terminal;
    terminal_driver_type(s, "m");
    terminal_driver_wait(s, "Enter keep");
    terminal_driver_wait(s, "half a note");
    terminal_driver_type(s, "\033[5~\013");
    terminal_driver_type(s, last.note);
    terminal_driver_type(s, "\r");
    submit(w, TASKS - 1);
    expect(w, TASKS - 1, &last);
    terminal_driver_leave(s);
}

/* ---- setting up */

static void read_records(struct work *w, const char *path)
{
    size_t n;
    char *bytes = file_bytes(path, &n), *line = bytes;
    assert_non_null(bytes);
    w->records = json_array();
    for (size_t i = 0; i < TASKS; i++) {
        json_t *record = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);
        assert_non_null(record);
        json_array_append_new(w->records, record);
        line = strchr(line, '\n') + 1;
    }
    free(bytes);
}

/* The options as the journal's copy of the questions has them. */
static void read_options(struct work *w)
{
    json_t *events = program_fixture_journal(&w->fixture), *e, *q;
    size_t i, k;
    json_array_foreach(events, i, e) json_array_foreach(json_object_get(e, "questions"), k, q)
    {
        json_t *options = json_object_get(q, "options");
        if (options && !w->options)
            w->options = json_incref(options);
    }
    json_decref(events);
    assert_non_null(w->options);
}

static void clean_up(struct work *w)
{
    for (size_t i = 0; i < TASKS; i++)
        json_decref(w->expected[i].answers);
    json_decref(w->options);
    json_decref(w->records);
    program_fixture_remove(&w->fixture);
}

static void work_a_day(struct work *w, const char *records, bool tmux)
{
    if (!terminal_driver_start(&w->terminal, &w->fixture, tmux)) {
        program_fixture_remove(&w->fixture);
        print_message("SKIPPED: there is no tmux\n");
        skip();
    }
    read_records(w, records);
    read_options(w);
    answer_twenty(w);
    undo_five(w);
    answer_five_again(w);
    skip_three(w);
    die_while_typing(w);
    find_the_draft(w, tmux);
    finish(w);
    assert_in_range(w->unclear, 0, PAIRS / 4);
    workday_check_journal(w);
    workday_check_status(w);
    workday_check_native(w);
    workday_check_preferences(w);
    clean_up(w);
}

static void work_on_the_sample(bool tmux)
{
    struct work w = {.status = " to send"};
    char records[512];
    program_fixture_copy(&w.fixture, "helpfulness");
    snprintf(records, sizeof records, "%s/tasks.jsonl", w.fixture.dir);
    work_a_day(&w, records, tmux);
}

static void work_on_the_data(bool tmux)
{
    struct work w = {.status = " saved on this machine"};
    char records[4096];
    const char *shared = getenv("LW_SHARED");
    snprintf(records, sizeof records, "%s/data/preference/hh-rlhf_harmless-base_test.jsonl",
        shared ? shared : "");
    if (access(records, R_OK) != 0) {
        print_message("SKIPPED: no %s; set LW_SHARED to the folder of samples\n", records);
        skip();
    }
    program_fixture_copy_file(&w.fixture, records);
    work_a_day(&w, records, tmux);
}

static void keeps_a_day_with_the_sample(void **state)
{
    (void)state;
    work_on_the_sample(false);
}

static void keeps_a_day_with_the_sample_in_tmux(void **state)
{
    (void)state;
    work_on_the_sample(true);
}

static void keeps_a_day_with_real_data(void **state)
{
    (void)state;
    work_on_the_data(false);
}

static void keeps_a_day_with_real_data_in_tmux(void **state)
{
    (void)state;
    work_on_the_data(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_a_day_with_the_sample),
        cmocka_unit_test(keeps_a_day_with_the_sample_in_tmux),
        cmocka_unit_test(keeps_a_day_with_real_data),
        cmocka_unit_test(keeps_a_day_with_real_data_in_tmux),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
