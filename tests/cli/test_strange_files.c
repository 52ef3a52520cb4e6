/* FIFOs, sockets and sparse files in place of files: a project is not trusted, and nothing in it
 * may make the program hang or read gigabytes of zeros. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"
#include "fixtures/shared_data.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define LABEL "{\"task\":\"c\",\"answers\":{\"quality\":4}}\n"

static void make_fifo(const char *name)
{
    assert_int_equal(mkfifo(name, 0600), 0);
}

static void make_socket(const char *name)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    strncpy(at.sun_path, name, sizeof at.sun_path - 1);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    close(fd);
}

static void make_hole(const char *name)
{
    run_put(name, "");
    if (truncate(name, (off_t)50 << 30) != 0)
        assert_int_equal(truncate(name, (off_t)8 << 30), 0); /* as far as this disk goes */
}

/* Everything that opens files ends by itself; what it says is its own business. */
static void nothing_waits(struct run *r, const char *place)
{
    static const char *const settings[] = {"XDG_CONFIG_HOME=/proc/self/cwd/c", NULL};
    r->env = settings;
    run_shell(r, 0,
        "for c in status record --plain sync; "
        "do "
        "echo '" LABEL "' | timeout -k 1 20 \"$LW\" $c p >out 2>&1; "
        "test $? -lt 124 || echo \"$c waits for ever\"; done");
    if (r->out_n > 0)
        fail_msg("%s: %s", place, r->out);
    r->env = NULL;
}

static void no_file_of_another_kind_is_waited_for(void **state)
{
    struct run *r = *state;
    static void (*const makes[])(const char *) = {make_fifo, make_socket, make_hole};
    static const char *const places[] = {"p/project.yaml", "p/tasks.jsonl", "p/guidelines.md",
        "p/journal/000001.jsonl", "p/journal/000002.jsonl", "p/journal/lock",
        "p/.labelwright/checkpoint", "p/.labelwright/index", "p/.labelwright/marks",
        "p/.labelwright/place", "p/.labelwright/checkpoint.tmp", "c/labelwright/config.yaml"};
    run_project("start");
    run_put("start/project.yaml", RUN_PROJECT "guidelines: guidelines.md\n"
                                              "sync: {to: \"file:outbox/\"}\n");
    run_put("start/guidelines.md", "Be kind.\n");
    run_shell(
        r, 0, "echo '%s' | \"$LW\" record start", "{\"task\":\"a\",\"answers\":{\"quality\":4}}");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        for (size_t k = 0; k < sizeof makes / sizeof *makes; k++) {
            run_shell(
                r, 0, "rm -rf p c; cp -r start p; mkdir -p c/labelwright; rm -f '%s'", places[i]);
            makes[k](places[i]);
            nothing_waits(r, places[i]);
        }
    }
}

static void a_hole_is_told_from_its_first_piece(void **state)
{
    struct run *r = *state;
    make_hole("hole.jsonl");
    run_shell(r, 1, "timeout -k 1 20 \"$LW\" check hole.jsonl");
    run_says(r, "hole.jsonl is binary.");
    run_shell(r, 0, "printf '\\n\\n' > hole.jsonl; truncate -s 8G hole.jsonl");
    run_shell(r, 1, "timeout -k 1 20 \"$LW\" check hole.jsonl");
    run_says(r, "hole.jsonl is binary");
}

/* ---- what labelwright writes, and prose */

static const char *const writes[][2] = {
    {"prove p -o own", "is a proof of work, not tasks. To check it:  labelwright prove --recipe"},
    {"export p > own", "has labels that labelwright exported, not tasks."},
    {"export --format csv p > own", "has labels that labelwright exported, not tasks."},
    {"export --format csv-spreadsheet p > own", "has labels that labelwright exported"},
    {"schema project > own", "is a JSON Schema, for editors, and has no tasks."},
    {"timesheet p > own", "is a timesheet, not tasks."},
    {"timesheet --csv p > own", "is a timesheet, not tasks."},
    {"timesheet --json p > own", "is a timesheet, not tasks."},
    {"timesheet --timeclock p > own", "is a timesheet, not tasks."},
    {"timesheet --ics p > own", "is a calendar, not tasks."},
    {"pay --csv p > own", "says what was earned, and has no tasks."},
    {"verify p; cp p/journal/000001.jsonl own", "has lines of a journal, the record of work"},
};

static const char pay[] = "currency: EUR\nrates: [{rate: \"17.00\", per: hour}]\n"
                          "invoice: {from: {name: Ana}, to: [{name: Ben}]}\n";

static void what_labelwright_writes_is_not_taken_for_tasks(void **state)
{
    static const char *const settings[] = {"XDG_CONFIG_HOME=/proc/self/cwd/c", NULL};
    struct run *r = *state;
    r->env = settings;
    run_shell(r, 0, "mkdir -p c/labelwright");
    run_put("c/labelwright/pay.yaml", pay);
    run_project("p");
    run_fed(r, 0, LABEL, "record p");
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        run_shell(r, 0, "rm -f own; \"$LW\" %s", writes[i][0]);
        run_shell(r, 1, "\"$LW\" check own");
        run_says(r, writes[i][1]);
        assert_false(run_has("own.labelwright"));
    }
    for (size_t i = 0; i < 2; i++) {
        run_shell(
            r, 0, "cp '%s/tests/cli/pay/invoice.%s' own", getenv("LW_SOURCE"), i ? "csv" : "txt");
        run_shell(r, 1, "\"$LW\" check own");
        run_says(r, "own is an invoice, not tasks. Open the project itself: labelwright PROJECT.");
    }
    run_shell(r, 1, "\"$LW\" config --print > config.yaml; \"$LW\" check config.yaml");
    run_says(r, "config.yaml has settings, not tasks. To change yours: labelwright config.");
    run_shell(r, 0, "\"$LW\" export p > own; \"$LW\" check --as named own");
}

static void prose_is_not_taken_for_a_table(void **state)
{
    static const char *const texts[] = {
        "We came early, and waited.\nNobody came, not even the cat.\n",
        "Title of it all, a subtitle\nOne line, two halves.\nOther lines, as many halves.\n",
    };
    struct run *r = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        run_put("notes", texts[i]);
        run_shell(r, 1, "\"$LW\" check notes");
        run_says(r, "notes looks like plain text, not tasks. This version reads CSV, TSV and JSON");
        run_says(r, "If it is a table all the same, say so:  --header yes, or no  (in a project: ");
        run_shell(r, 0, "\"$LW\" check --header yes notes");
        run_shell(r, 0, "\"$LW\" check --header no notes");
    }
    run_put("table", "prompt, response\nOne?, it is\nTwo?, they are\n");
    run_shell(r, 0, "\"$LW\" check table");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        TEST(no_file_of_another_kind_is_waited_for),
        TEST(a_hole_is_told_from_its_first_piece),
        TEST(what_labelwright_writes_is_not_taken_for_tasks),
        TEST(prose_is_not_taken_for_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
