/* How a file is read, said on the command line: kept in the project made, mended when it was
 * guessed wrong, refused with the cure. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#define TABLE "nr,q,zz,aa,right\n5,ask me,one,two,yes\n6,more please,one,two,no\n"
#define MADE "a.csv.labelwright/project.yaml"

static void file_has(const char *name, const char *text)
{
    char *all = run_get(name, NULL);
    if (!strstr(all, text))
        fail_msg("%s lacks %s:\n%s", name, text, all);
    free(all);
}

static void columns_are_said_and_remembered(void **state)
{
    struct run *r = *state;
    run_put("a.csv", TABLE);
    run_shell(r, 0, "\"$LW\" check --prompt q --response zz --response aa a.csv");
    run_prints(r, "table: 1 prompt, 2 responses\n2 columns are not shown: nr, right.\n");
    assert_int_equal(run_count("."), 1);
    run_shell(r, 0, "\"$LW\" new p --like a.csv --prompt q --response zz --response aa");
    file_has("p/project.yaml", "    columns: {prompt: \"q\", response: [\"zz\", \"aa\"]}\n");
    run_shell(r, 0, "\"$LW\" check p");
    run_prints(r, "table: 1 prompt, 2 responses\n");
}

static void members_of_json_are_said_by_their_path(void **state)
{
    struct run *r = *state;
    run_put("j.jsonl", "{\"nr\":5,\"in\":{\"q\":\"ask\"},\"a\":\"one\",\"b\":\"two\"}\n");
    run_shell(r, 0, "\"$LW\" check --prompt in.q --response a --response b j.jsonl");
    run_prints(r, "table: 1 prompt, 2 responses\n");
    run_shell(r, 1, "\"$LW\" check --prompt Nr j.jsonl");
    run_says(r, "no member \"Nr\". Did you mean \"nr\"? Its members: nr, in, a, b.");
}

static void a_format_is_said_and_remembered(void **state)
{
    struct run *r = *state;
    run_put("a.csv", "prompt,chosen,rejected\nAsk me,one,two\n");
    run_shell(r, 0, "\"$LW\" new p --like a.csv --as native");
    file_has("p/project.yaml", "    format: native\n");
    run_shell(r, 0, "\"$LW\" check p");
    run_prints(r, "native in a table");
}

static void a_header_is_said_and_remembered(void **state)
{
    struct run *r = *state;
    run_put("a.csv", TABLE);
    run_shell(r, 0, "\"$LW\" check --header no a.csv");
    run_prints(r, "OK: 3 tasks");
    run_shell(r, 0, "\"$LW\" new p --like a.csv --header no");
    file_has("p/project.yaml", "    header: false\n");
    run_shell(r, 0, "\"$LW\" check p");
    run_prints(r, "OK: 3 tasks");
    run_put("b.csv", "apple pie,tea\nplum cake,coffee\n");
    run_shell(r, 0, "\"$LW\" check --header no b.csv");
    run_prints(r, "OK: 2 tasks");
    run_shell(r, 0, "\"$LW\" check --header yes b.csv");
    run_prints(r, "OK: 1 task");
}

static void a_wrong_guess_is_mended_before_the_first_label(void **state)
{
    struct run *r = *state;
    run_put("a.csv", TABLE);
    run_fed(r, 0, "", "record a.csv");
    file_has(MADE, "    columns: {prompt: \"q\"}\n    # The prompt is a guess.");
    run_fed(r, 0, "", "record --prompt q --response zz --response aa a.csv");
    file_has(MADE, "    columns: {prompt: \"q\", response: [\"zz\", \"aa\"]}\n");
    file_has(MADE, "  - name: better ");
    run_shell(r, 0, "\"$LW\" check a.csv");
    run_prints(r, "table: 1 prompt, 2 responses\n");
    run_fed(r, 0, "", "record --header no a.csv");
    file_has(MADE, "    header: false\n");
    run_fed(r, 0, "", "record --prompt q --response zz a.csv");
    run_fed(r, 0, "", "record --prompt q --response zz a.csv");
    run_is_silent(r); /* it is so already */
}

static void an_edited_project_is_not_made_anew(void **state)
{
    struct run *r = *state;
    run_put("a.csv", TABLE);
    run_fed(r, 0, "", "record a.csv");
    run_shell(r, 0, "echo '# mine' >> " MADE);
    r->in = "";
    run_shell(r, 3, "\"$LW\" record --prompt q --response zz a.csv");
    run_says(r, "was edited, so it is not made anew. Write in it, below `file:`");
    run_says(r, "    columns: {prompt: \"q\", response: [\"zz\"]}");
    file_has(MADE, "# mine");
}

static void labels_keep_the_reading_they_were_given_under(void **state)
{
    struct run *r = *state;
    run_put("a.csv", TABLE);
    run_shell(r, 0,
        "\"$LW\" check a.csv && \"$LW\" record a.csv < /dev/null && id=$(\"$LW\" export --format "
        "native a.csv | head -1); echo \"$id\"");
    run_shell(r, 0,
        "\"$LW\" new p --like a.csv --prompt q && sed -i 's/{prompt: \"q\"}/{prompt: \"q\", id: "
        "\"nr\"}/' a.csv.labelwright/project.yaml && echo '{\"task\":\"5\",\"skip\":\"\"}' | "
        "\"$LW\" record a.csv");
    r->in = "";
    run_shell(r, 3, "\"$LW\" record --header no a.csv");
    run_says(r, "a.csv has labels already");
    run_says(r, "labelwright new DIR --like a.csv");
}

/* "é" and "€" as Excel writes them; and both with a sign beyond 16 bits as Notepad does. */
static void encodings_are_said_and_remembered(void **state)
{
    static const char windows[] = "{\"prompt\":\"caf\xe9 \x80\",\"responses\":[\"a\"]}\n";
    struct run *r = *state;
    run_put("w.jsonl", windows);
    run_put("plain", "{\"prompt\":\"caf\xc3\xa9 \xf0\x9f\x98\x80\",\"responses\":[\"a\"]}\n");
    run_shell(r, 0,
        "iconv -f UTF-8 -t UTF-16 plain > u.jsonl && iconv -f UTF-8 -t UTF-16BE plain > b.jsonl");
    run_shell(r, 1, "\"$LW\" check w.jsonl");
    run_says(r, "w.jsonl: line 1 has the byte 0xE9, which is not UTF-8. If the file is "
                "Windows-1252, as Excel saves it, say so:  --encoding windows-1252");
    run_shell(r, 1, "\"$LW\" check u.jsonl");
    run_says(r, "u.jsonl is UTF-16 text. Say so:  --encoding utf-16");
    run_shell(r, 0, "\"$LW\" new w --like w.jsonl --encoding Windows-1252");
    file_has("w/project.yaml", "    encoding: windows-1252\n");
    run_shell(r, 0, "cmp w/w.jsonl w.jsonl");
    r->in = ".quit\n";
    run_shell(r, 0, "\"$LW\" --plain w");
    run_prints(r, "caf\xc3\xa9 \xe2\x82\xac");
    for (const char *name = "ub"; *name; name++) {
        run_shell(r, 0, "\"$LW\" --plain --encoding utf-16 %c.jsonl", *name);
        run_prints(r, "caf\xc3\xa9 \xf0\x9f\x98\x80");
        run_shell(r, 0, "\"$LW\" check %c.jsonl", *name);
        run_prints(r, "OK: 1 task");
    }
    run_put("bad", "{\"prompt\":\"\xc3\x81\",\"responses\":[\"a\"]}\n");
    run_shell(r, 1, "\"$LW\" check --encoding windows-1252 bad");
    run_says(r, "bad: line 1 has the byte 0x81, which Windows-1252 does not have.");
    run_shell(r, 1, "head -c 31 u.jsonl > cut && \"$LW\" check --encoding utf-16 cut");
    run_says(r, "cut: line 1 is not UTF-16: half of a character is missing.");
    run_shell(r, 2, "\"$LW\" check --encoding koi8-r plain");
    run_says(r, "Unknown encoding \"koi8-r\". Encodings: utf-8, utf-16, windows-1252.");
}

static void what_is_wrong_names_the_nearest_and_what_there_is(void **state)
{
    static const struct {
        const char *words, *said;
        int status;
    } rows[] = {
        {"--as trl-prefrence a.csv",
            "Unknown format \"trl-prefrence\". Did you mean trl-preference? Formats: auto, ", 2},
        {"--as native --prompt q a.csv", "--as and --prompt or --response cannot be used together",
            2},
        {"--header maybe a.csv", "--header takes yes or no", 2},
        {"--prompt rihgt a.csv",
            "a.csv has no column \"rihgt\". Did you mean \"right\"? Its columns: nr, q, zz, aa, ",
            1},
        {"--as oasst a.csv", "no record can be read as oasst", 1},
        {"--header no p", "In a project, write it in p/project.yaml, below its `file:`.", 2},
    };
    struct run *r = *state;
    run_put("a.csv", TABLE);
    run_project("p");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        run_shell(r, rows[i].status, "\"$LW\" check %s", rows[i].words);
        run_says(r, rows[i].said);
    }
    assert_int_equal(run_count("."), 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(columns_are_said_and_remembered),
        TEST(members_of_json_are_said_by_their_path),
        TEST(a_format_is_said_and_remembered),
        TEST(a_header_is_said_and_remembered),
        TEST(a_wrong_guess_is_mended_before_the_first_label),
        TEST(an_edited_project_is_not_made_anew),
        TEST(labels_keep_the_reading_they_were_given_under),
        TEST(encodings_are_said_and_remembered),
        TEST(what_is_wrong_names_the_nearest_and_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
