#include "day.h"
#include "shared.h"

static const json_t *by_seq(const json_t *events, json_int_t seq)
{
    size_t i;
    json_t *e;
    json_array_foreach(
        events, i, e) if (json_integer_value(json_object_get(e, "seq")) == seq) return e;
    return NULL;
}

/* Folds the journal here, not with the program's own code. */
static const json_t *standing(const json_t *events, size_t task)
{
    const json_t *stands = NULL;
    size_t i;
    json_t *e;
    json_array_foreach(events, i, e)
    {
        json_int_t of = json_integer_value(json_object_get(e, "of"));
        if (json_integer_value(json_object_get(e, "record")) == (json_int_t)task + 1)
            stands = e;
        else if (of && by_seq(events, of) == stands)
            stands = NULL;
    }
    return stands;
}

static void compare_answers(const json_t *expected, const json_t *got, size_t task)
{
    if (json_equal(expected, got))
        return;
    char *a = json_dumps(expected, JSON_SORT_KEYS), *b = json_dumps(got, JSON_SORT_KEYS);
    print_error("task %zu\nexpected %s\nfound    %s\n", task + 1, a, b);
    free(a);
    free(b);
    fail();
}

void day_check_journal(const struct work *w)
{
    json_t *events = trial_journal(&w->trial);
    assert_int_equal(trial_count(events, "annotate"), PAIRS + TAKEN_BACK + 1);
    assert_int_equal(trial_count(events, "undo"), TAKEN_BACK);
    assert_int_equal(trial_count(events, "skip"), SKIPS);
    for (size_t task = 0; task < TASKS; task++) {
        const json_t *e = standing(events, task), *answers = w->expected[task].answers;
        assert_non_null(e);
        assert_string_equal(trial_type(e), answers ? "annotate" : "skip");
        if (answers)
            compare_answers(answers, json_object_get(e, "answers"), task);
    }
    json_decref(events);
}

void day_check_status(const struct work *w)
{
    struct lw_buf out = {0};
    json_int_t done, skipped;
    assert_int_equal(TRIAL_RUN(&w->trial, NULL, "verify"), 0);
    assert_int_equal(TRIAL_RUN(&w->trial, &out, "status", "--json"), 0);
    json_t *status = json_loads(out.data, 0, NULL);
    assert_int_equal(
        json_unpack(status, "{s:{s:I,s:I}}", "tasks", "done", &done, "skipped", &skipped), 0);
    assert_int_equal(done, PAIRS + 1);
    assert_int_equal(skipped, SKIPS);
    json_decref(status);
    lw_buf_fini(&out);
}

/* ---- what is handed over ---- */

static json_t *exported(const struct work *w, const char *format)
{
    struct lw_buf out = {0};
    json_t *rows = json_array();
    assert_int_equal(TRIAL_RUN(&w->trial, &out, "export", "--format", format), 0);
    for (char *line = out.data, *end; (end = strchr(line, '\n')); line = end + 1) {
        json_t *row = json_loadb(line, (size_t)(end - line), JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(row);
        json_array_append_new(rows, row);
    }
    lw_buf_fini(&out);
    return rows;
}

static const char *member(const json_t *of, const char *name)
{
    const char *text = json_string_value(json_object_get(of, name));
    return text ? text : "";
}

/* An export has every question; what was not answered is an empty text, list or object. New. */
static json_t *without_empties(const json_t *answers)
{
    json_t *kept = json_object(), *v;
    const char *name;
    json_object_foreach((json_t *)(uintptr_t)answers, name, v)
    {
        v = json_is_object(v) ? without_empties(v) : json_incref(v);
        bool empty = (json_is_string(v) && !json_string_length(v)) ||
                     ((json_is_array(v) || json_is_object(v)) && json_array_size(v) == 0 &&
                         json_object_size(v) == 0);
        if (!empty)
            json_object_set(kept, name, v);
        json_decref(v);
    }
    return kept;
}

static void check_native_row(const struct work *w, size_t task, const json_t *row)
{
    const struct expected *e = &w->expected[task];
    const json_t *order = json_object_get(row, "order");
    assert_int_equal(json_integer_value(json_object_get(row, "record")), task + 1);
    assert_string_equal(member(row, "annotator"), "ana");
    if (!e->answers) {
        static const char *const reasons[SKIPS] = REASONS;
        assert_string_equal(member(row, "skipped"), reasons[task - PAIRS]);
        return;
    }
    json_t *answers = without_empties(json_object_get(row, "answers"));
    compare_answers(e->answers, answers, task);
    json_decref(answers);
    for (size_t i = 0; i < 2; i++)
        assert_string_equal(json_string_value(json_array_get(order, i)), e->side[i]);
}

void day_check_native(const struct work *w)
{
    json_t *rows = exported(w, "native");
    assert_int_equal(json_array_size(rows), TASKS);
    for (size_t task = 0; task < TASKS; task++)
        check_native_row(w, task, json_array_get(rows, task));
    json_decref(rows);
}

/* A row's prompt and one of its sides, put together again as the transcript they came from. */
static void check_transcript(const json_t *row, const char *side, const char *transcript)
{
    struct lw_buf whole = {0};
    const json_t *prompt = json_object_get(row, "prompt"), *m;
    size_t i;
    assert_true(json_is_array(prompt));
    json_array_foreach(prompt, i, m)
    {
        bool user = strcmp(member(m, "role"), "user") == 0;
        lw_buf_str(&whole, user ? "\n\nHuman: " : "\n\nAssistant: ");
        lw_buf_str(&whole, member(m, "content"));
    }
    lw_buf_str(&whole, "\n\nAssistant: ");
    lw_buf_str(&whole, member(json_array_get(json_object_get(row, side), 0), "content"));
    assert_string_equal(whole.data, transcript);
    lw_buf_fini(&whole);
}

/* Ties and skipped tasks have no row; the other rows stand in the order of the tasks. */
void day_check_preferences(const struct work *w)
{
    json_t *rows = exported(w, "trl-preference");
    size_t n = 0;
    for (size_t task = 0; task < TASKS; task++) {
        const json_t *better = json_object_get(w->expected[task].answers, "better");
        const json_t *record = json_array_get(w->records, task);
        const char *id = member(better, "better");
        if (!id[0])
            continue;
        const char *other = strcmp(id, "chosen") == 0 ? "rejected" : "chosen";
        const json_t *row = json_array_get(rows, n++);
        assert_non_null(row);
        check_transcript(row, "chosen", member(record, id));
        check_transcript(row, "rejected", member(record, other));
    }
    assert_int_equal(json_array_size(rows), n);
    assert_in_range(n, PAIRS / 2, PAIRS - 4);
    json_decref(rows);
}
