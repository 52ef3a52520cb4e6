/* kill -9 at random moments while keys are typed: everything that the screen called saved is in the
 * journal once. LW_KILL_ROUNDS says how many rounds, LW_KILL_SEED which ones. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

#include <ctype.h>
#include <limits.h>
#include <signal.h>
#include <time.h>

#if defined(__SANITIZE_ADDRESS__)
#define SLOW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOW 1
#endif
#endif
#ifndef SLOW
#define SLOW 0
#endif

enum { ROUNDS = 200, SLOW_ROUNDS = 40, TASKS = 3000, LABELS_MAX = 16384, EVENTS_MAX = 12 };

static const char project[] = "labelwright: 1\n"
                              "title: Kill\n"
                              "tasks: [{file: tasks.jsonl}]\n"
                              "shuffle_responses: true\n"
                              "questions:\n"
                              "  - {name: better, type: compare, on: task, required: true}\n"
                              "  - {name: note, type: text, on: task}\n";

/* ---- chance, the same for the same seed */

static uint64_t chance;

static unsigned below(unsigned n)
{
    chance = chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(chance >> 33) % n;
}

static unsigned setting(const char *name, unsigned otherwise)
{
    const char *s = getenv(name);
    return s && *s ? (unsigned)strtoul(s, NULL, 10) : otherwise;
}

/* ---- labels: each has a token of its own in its note or its reason */

static struct {
    unsigned digit; /* 0: a skip */
    bool seen;      /* the screen said that it is saved */
    unsigned found; /* how often it is in the journal */
} label[LABELS_MAX];
static unsigned labels;

/* By the number of the task: the screen said that it was skipped, that it was undone. */
static bool seen_skipped[TASKS + 1], seen_undone[TASKS + 1];
static bool skipped[TASKS + 1], undone[TASKS + 1]; /* the journal says so */

static unsigned new_label(unsigned digit)
{
    assert_true(labels < LABELS_MAX);
    label[labels].digit = digit;
    return labels++;
}

/* The label whose token, as in "x00042y", stands first in the text; -1 for none. */
static int label_in(const char *text)
{
    for (const char *x = text; x && (x = strchr(x, 'x')); x++) {
        char *end;
        unsigned long n = isdigit((unsigned char)x[1]) ? strtoul(x + 1, &end, 10) : ULONG_MAX;
        if (n < labels && end == x + 6 && *end == 'y')
            return (int)n;
    }
    return -1;
}

/* ---- what the screen says */

static void note_task(const char *screen, const char *format, bool *seen)
{
    const char *from = strstr(screen, "\n Task ");
    unsigned task;
    int end = 0;
    if (from && sscanf(from + 2, format, &task, &end) == 1 && end > 0 && task <= TASKS)
        seen[task] = true;
}

static void look(const struct lw_pty *p)
{
    const char *screen = lw_pty_screen(p), *saved = strstr(screen, "\n Saved task ");
    note_task(screen, "Task %u skipped.%n", seen_skipped);
    note_task(screen, "Task %u reopened.%n", seen_undone);
    if (!saved)
        return;
    char *line = lw_strndup(saved + 1, strcspn(saved + 1, "\n"));
    int which = label_in(line);
    if (which >= 0)
        label[which].seen = true;
    free(line);
}

/* ---- keys */

/* Types over whatever the draft already contains. */
static void add_verdict(struct lw_buf *keys)
{
    unsigned digit = 1 + below(7);
    lw_buf_fmt(keys, "m\033[5~\013x%05uy\r%u\r", new_label(digit), digit);
}

static void add_noise(struct lw_buf *keys)
{
    static const char *const noise[] = {"j", "k", "o", "x", "O", "?q", "l", "\f", "\t", "\033[C",
        "\033[6~", "\033[200~123\r\033[201~", "J", "K", "p "};
    lw_buf_str(keys, noise[below(sizeof noise / sizeof *noise)]);
}

static void fill_keys(struct lw_buf *keys)
{
    for (unsigned n = 1 + below(EVENTS_MAX); n > 0; n--) {
        for (unsigned k = below(3); k > 0; k--)
            add_noise(keys);
        if (below(6) == 0)
            lw_buf_str(keys, "uu"); /* the last one comes back as a draft, and is typed over */
        else if (below(6) == 0)
            lw_buf_fmt(
                keys, "s\033[5~\013x%05uy\r", new_label(0)); /* a reason left is typed over */
        else
            add_verdict(keys);
    }
}

/* Types until the moment comes; fast typists outrun the program, slow ones see every screen. */
static void type_until(struct lw_pty *p, const struct lw_buf *keys, size_t moment, unsigned pace)
{
    for (size_t at = 0, n; at < moment; at += n) {
        const char *enter = memchr(keys->data + at, '\r', moment - at);
        n = below(4) && enter ? (size_t)(enter - keys->data) + 1 - at : 1 + below(20);
        n = n < moment - at ? n : moment - at;
        lw_pty_send(p, keys->data + at, n);
        lw_pty_settle(p, (int)below(pace + 1));
        look(p);
    }
    if (below(2))
        lw_pty_settle(p, (int)below(4));
}

static void kill_it(struct lw_pty *p)
{
    lw_pty_signal(p, SIGKILL);
    assert_int_equal(lw_pty_wait_exit(p), 128 + SIGKILL);
    look(p); /* what a terminal would still have shown */
    lw_pty_free(p);
}

static void play(const struct program_fixture *t)
{
    static const char *const patient[] = {"ESCDELAY=10000", NULL};
    if (below(10) == 0) { /* while it starts */
        struct lw_pty *p = program_fixture_start(t, 24, 80, patient);
        lw_pty_settle(p, (int)below(8));
        kill_it(p);
        return;
    }
    struct lw_buf keys = {0};
    struct lw_pty *p = program_fixture_open(t, 24, 80, patient);
    fill_keys(&keys);
    type_until(p, &keys, below((unsigned)keys.len + 1), below(2) ? below(5) : 16);
    kill_it(p);
    lw_buf_fini(&keys);
}

/* ---- what the journal says */

static const char *text_of(const json_t *event)
{
    const json_t *answers = json_object_get(event, "answers");
    const char *text = json_string_value(json_object_get(answers, "note"));
    return text ? text : json_string_value(json_object_get(event, "reason"));
}

static void check_verdict(const json_t *event, unsigned digit)
{
    const json_t *better = json_object_get(json_object_get(event, "answers"), "better");
    const json_t *order = json_object_get(event, "order");
    const char *side = digit == 4 ? NULL : json_string_value(json_array_get(order, digit > 4));
    const char *got = json_string_value(json_object_get(better, "better"));
    assert_int_equal(json_integer_value(json_object_get(better, "strength")), abs((int)digit - 4));
    assert_true(side ? got && strcmp(side, got) == 0 : !got);
}

static void count_label(const json_t *event)
{
    int which = label_in(text_of(event));
    if (which < 0)
        fail_msg("the journal holds a label that nobody typed: %s", text_of(event));
    label[which].found++;
    if (label[which].digit)
        check_verdict(event, label[which].digit);
    else
        skipped[json_integer_value(json_object_get(event, "record"))] = true;
}

static void count_event(const json_t *events, const json_t *event)
{
    const char *type = program_fixture_type(event);
    if (strcmp(type, "annotate") == 0 || strcmp(type, "skip") == 0)
        count_label(event);
    if (strcmp(type, "undo") != 0)
        return;
    const json_t *of =
        json_array_get(events, (size_t)json_integer_value(json_object_get(event, "of")) - 1);
    undone[json_integer_value(json_object_get(of, "record"))] = true;
}

static void check_journal(const struct program_fixture *t, unsigned round)
{
    json_t *events = program_fixture_journal(t), *e;
    size_t i;
    for (unsigned k = 0; k < labels; k++)
        label[k].found = 0;
    json_array_foreach(events, i, e)
    {
        assert_int_equal(json_integer_value(json_object_get(e, "seq")), i + 1);
        count_event(events, e);
    }
    for (unsigned k = 0; k < labels; k++)
        if (label[k].found > 1 || (label[k].seen && label[k].found == 0))
            fail_msg("round %u: label %u, %s on the screen, is %u times in the journal", round, k,
                label[k].seen ? "saved" : "unseen", label[k].found);
    for (unsigned k = 1; k <= TASKS; k++)
        if ((seen_skipped[k] && !skipped[k]) || (seen_undone[k] && !undone[k]))
            fail_msg("round %u: task %u was skipped or undone on the screen only", round, k);
    json_decref(events);
}

static void check_programs(const struct program_fixture *t)
{
    struct lw_buf out = {0};
    json_int_t events;
    int ok;
    assert_int_equal(TRIAL_RUN(t, NULL, "verify"), 0);
    assert_int_equal(TRIAL_RUN(t, &out, "status", "--json"), 0);
    json_t *status = json_loads(out.data, 0, NULL), *all = program_fixture_journal(t);
    assert_int_equal(
        json_unpack(status, "{s:{s:I},s:{s:b}}", "events", "total", &events, "journal", "ok", &ok),
        0);
    assert_true(ok);
    assert_int_equal(events, json_array_size(all));
    json_decref(all);
    json_decref(status);
    lw_buf_fini(&out);
}

/* ---- the rounds */

static void make_tasks(struct program_fixture *t)
{
    struct lw_buf jsonl = {0};
    for (int i = 1; i <= TASKS; i++)
        lw_buf_fmt(&jsonl,
            "{\"id\":\"t%d\",\"prompt\":\"Question %d?\",\"responses\":[{\"id\":\"l\",\"text\":"
            "\"One way\"},{\"id\":\"r\",\"text\":\"Another way\"}]}\n",
            i, i);
    program_fixture_make(t, project, jsonl.data, jsonl.len);
    lw_buf_fini(&jsonl);
}

static void report(unsigned rounds)
{
    unsigned seen = 0, found = 0;
    for (unsigned k = 0; k < labels; k++) {
        seen += label[k].seen;
        found += label[k].found;
    }
    print_message("%u rounds: %u labels typed at least in part, %u seen saved, %u in the journal\n",
        rounds, labels, seen, found);
    assert_true(rounds < 20 || seen > rounds / 10); /* else nothing was tried */
}

static void loses_no_label_that_was_seen_saved(void **state)
{
    (void)state;
    struct program_fixture t;
    unsigned rounds = setting("LW_KILL_ROUNDS", SLOW ? SLOW_ROUNDS : ROUNDS);
    unsigned seed = setting("LW_KILL_SEED", (unsigned)time(NULL));
    chance = seed;
    print_message("LW_KILL_SEED=%u LW_KILL_ROUNDS=%u%s\n", seed, rounds,
        SLOW ? " (fewer: built with sanitizers)" : "");
    make_tasks(&t);
    kill_it(program_fixture_open(&t, 24, 80, NULL)); /* from here on there is a journal to check */
    for (unsigned round = 1; round <= rounds; round++) {
        play(&t);
        check_journal(&t, round);
        check_programs(&t);
    }
    program_fixture_leave(program_fixture_open(&t, 24, 80, NULL));
    check_programs(&t);
    report(rounds);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(loses_no_label_that_was_seen_saved)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
