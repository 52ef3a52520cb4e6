/* CSV and TSV: where rows begin and end, what their cells are, and which column is what. */
#define _GNU_SOURCE
#include "fixtures/tasks_fixture.h"
#include "labelwright/format/record_reader.h"
#include "labelwright/workspace/project_open.h"

static void expect_rows(struct tasks_fixture *r, const char *text, char delimiter, size_t window,
    const char *const *rows)
{
    struct lw_raw_record raw = {.blank = true};
    struct lw_csv table = {.delimiter = delimiter};
    struct lw_record_reader source = {
        .format = lw_format_find("native"), .container = LW_ROWS, .table = &table};
    tasks_fixture_write(r, "other", text);
    char *path = tasks_fixture_path(r, "other");
    struct lw_lines lines = {.sys = &r->sys, .name = "other", .size = strlen(text)};
    lines.window_max = window;
    lines.fd = open(path, O_RDONLY);
    uint64_t at = 0;
    for (size_t i = 0; at < lines.size; i++, at = raw.next) {
        assert_int_equal(lw_record_reader_get(&source, &lines, at, &raw, NULL), LW_OK);
        if (raw.blank != !rows[i])
            fail_msg("%s: row %zu by %zu bytes", text, i, window);
        if (raw.blank)
            break;
        if (raw.n != strlen(rows[i]) || memcmp(raw.s, rows[i], raw.n) != 0)
            fail_msg("%s: row %zu by %zu bytes is %.*s", text, i, window, (int)raw.n, raw.s);
    }
    lw_lines_fini(&lines);
    close(lines.fd);
    free(path);
}

static void test_rows_through_windows_of_every_size(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char delimiter;
        const char *rows[5];
    } cases[] = {
        {"a,b\nc,d\n", ',', {"a,b", "c,d"}},
        {"a,b\r\n\r\n\nc,d\r\n", ',', {"a,b", "c,d"}},
        {"a,\"b\nc\"\nd,e", ',', {"a,\"b\nc\"", "d,e"}},
        {"a,\"b\r\n\"\"c\"\"\r\n\"\r\nd,e\r", ',', {"a,\"b\r\n\"\"c\"\"\r\n\"", "d,e"}},
        {"a,b \"x\ny\"\n", ',', {"a,b \"x", "y\""}},
        {"\"a\" x\"\n,\n", ',', {"\"a\" x\""}},
        {"a,b\n,,\r\n\"\",\"\"\n , \nc,\n,d\n,,\n", ',', {"a,b", "c,", ",d"}},
        {"a,b\n,,", ',', {"a,b"}},
        {"a\tb,\"c\nd\"\n", '\t', {"a\tb,\"c", "d\""}},
        {"a\rb,c\n", ',', {"a\rb,c"}},
        {"a,\"never\nclosed\n", ',', {"a,\"never\nclosed\n"}},
    };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t window = 1; window < 24; window++)
            expect_rows(&r, cases[i].text, cases[i].delimiter, window, cases[i].rows);
    tasks_fixture_remove(&r);
}

/* The first task: its id (# for one of the hash), prompt, responses and reference. */
static char *first_of(struct lw_tasks *t)
{
    struct lw_task *task = tasks_fixture_load(t, 0);
    struct lw_buf b = {0};
    bool hashed = strncmp(task->id, task->record.sha256, 16) == 0;
    if (task->unreadable)
        fail_msg("%s", task->unreadable);
    lw_buf_str(&b, hashed ? "#" : task->id);
    for (size_t i = 0; i < task->nturns; i++)
        lw_buf_fmt(&b, " p=%.*s", (int)task->turn[i].text.n, task->turn[i].text.s);
    for (size_t i = 0; i < task->nresponses; i++)
        lw_buf_fmt(&b, " r=%.*s", (int)task->response[i].text.n, task->response[i].text.s);
    if (task->reference.s)
        lw_buf_fmt(&b, " ref=%.*s", (int)task->reference.n, task->reference.s);
    lw_task_free(task);
    return lw_buf_detach(&b);
}

static void expect_first(struct tasks_fixture *r, const char *text, size_t n, const char *first)
{
    tasks_fixture_write(r, "a.jsonl", text);
    struct lw_tasks *t = tasks_fixture_open_whole(r);
    assert_int_equal(lw_tasks_count(t), n);
    char *is = first_of(t);
    assert_string_equal(is, first);
    free(is);
    lw_tasks_close(t);
}

static void test_columns_that_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t n;
        const char *first;
    } cases[] = {
        {"id,type,prompt,completion,final_label\nv1,x,\"How, so?\",\"a\n\nb\",good\n", 1,
            "v1 p=How, so? r=a\n\nb"},
        {"case_id,templ_id,text,functionality,label_gold\n0,1.0,t 1,f,1\n1,1.0,u,f,0\n", 2,
            "0 p=t 1"},
        {"prompt;chosen;rejected\r\np;a;b\r\n", 1, "# p=p r=a r=b"},
        {"\xef\xbb\xbfquestion\tanswer\nq\ta\n", 1, "# p=q r=a"},
        {"instruction,input,output\ndo,,\"say \"\"hi\"\"\"\n", 1, "# p=do r=say \"hi\""},
        {"id,prompt\n7,hello\n8,you", 2, "7 p=hello"},
        {"\xe0\xb9\x80 16\t18\nb 2\t3\n", 2, "# p=\xe0\xb9\x80 16 ref=18"},
        {"nr,kind,said,lang\n1,a,some words here,en\n2,b,more words here,en\n", 2,
            "# p=some words here"},
        {"id,kind,said\n1,a,some words here\n", 1, "1 p=some words here"},
        {"1,some words here,x\n2,more words here,y\n", 2, "# p=some words here"},
        {"text,label\n\x1e\x02\xc2\x97\xe2\x80\xa8\xc2\x85\xef\xbf\xbd x,1\n", 1,
            "# p=\x1e\x02\xc2\x97\xe2\x80\xa8\xc2\x85\xef\xbf\xbd x"},
        /* headers with holes, doubles, blanks, numbers and questions */
        {",count,class,tweet\n0,3,2,some words here\n1,3,1,more words\n", 2, "# p=some words here"},
        {"prompt,response,,\np,a,,\nq,b,,\n,,,\n", 2, "# p=p r=a"},
        {"prompt,response\np,a,,\nq,b,,\n", 2, "# p=p r=a"},
        {" Prompt , Response A,Response B \np,a,b\n", 1, "# p=p r=a r=b"},
        {"text,label,text\none,1,two\n", 1, "# p=one\n\ntwo"},
        {"prompt,1,2\np,3,4\nq,5,6\n", 2, "# p=p"},
        {"Question,2021,2022\nHow was it,3,4\nAnd now,5,6\n", 2, "# p=How was it"},
        {"0,1,2\nsome words,more words,7\nthe words,x y,8\n", 2, "# p=some words"},
        {",0,1\n0,some words,more words\n1,the words,x y\n", 2, "# p=some words"},
        {"Timestamp,How clear was it?,What would you change?\n2024-01-02,very clear,the end of it\n"
         "2024-01-03,not at all clear,nothing at all\n",
            2, "# p=very clear"},
        {"Timestamp,How was it?\n2024/03/01 10:02:11 AM GMT+1,good enough\n"
         "2024/03/01 11:02:11 AM GMT+1,not so good\n",
            2, "# p=good enough"},
        /* more than one row of headers */
        {"StartDate,Status,Q1,Q2\nStart Date,Response Type,What do you think?,How likely?\n"
         "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\","
         "\"{\"\"ImportId\"\":\"\"QID1\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n"
         "2024-01-01 10:00:00,IP Address,\"slow, but\nnice\",7\n"
         "2024-01-01 11:00:00,IP Address,so slow,2\n",
            2, "# p=slow, but\nnice"},
        {"Respondent ID,Start Date,What could be better?,Which do you use?,,\n"
         ",,Open-Ended Response,Phone,Tablet,Laptop\n"
         "118,03/01/2024 10:00,Answer the phone,Phone,,Laptop\n"
         "119,03/01/2024 11:00,Nothing at all,,Tablet,\n",
            2, "# p=Answer the phone"},
        {"id,prompt,response,\n,p,a,\n2,q,b,\n", 2, "# p=p r=a"},
        {"sep=;\nid;prompt\n7;some words\n", 1, "7 p=some words"},
        {"SEP=,\r\nid,prompt\r\n7,some words\r\n", 1, "7 p=some words"},
        {"prompt\n\"Hello, world\"\n\"you, too\"\n", 2, "# p=Hello, world"},
        {"id|prompt|response\n7|p|a\n", 1, "7 p=p r=a"},
        {"prompt\tresponse\n1\tp\ta\n2\tq\tb\n", 2, "# p=p r=a"},
        {"prompt,response\n,\n,b\np,a\n", 2, "# p= r=b"},
        {"\"What is\nasked\",response\nthe words,a\n", 1, "# p=the words r=a"},
        {"What is 1?\t2\nWhat is 3?\t4\n", 2, "# p=What is 1? ref=2"},
    };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_first(&r, cases[i].text, cases[i].n, cases[i].first);
    tasks_fixture_remove(&r);
}

static void test_columns_that_the_project_names(void **state)
{
    (void)state;
    static const char text[] = "nr,q,a,b,right\n5,ask,one,two,yes\n";
    char *both[] = {(char *)"a", (char *)"b", NULL};
    struct lw_column_map columns = {.prompt = (char *)"q",
        .id = (char *)"nr",
        .reference = (char *)"right",
        .response = both,
        .nresponses = 2};
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    r.file[0].columns = &columns;
    expect_first(&r, text, 1, "5 p=ask r=one r=two ref=yes");
    columns = (struct lw_column_map){.prompt = (char *)"2", .id = (char *)"1"};
    expect_first(&r, "5,ask\n6,more\n", 2, "5 p=ask");
    columns = (struct lw_column_map){.prompt = (char *)"what"};
    struct lw_tasks *t;
    struct lw_err err = {0};
    tasks_fixture_write(&r, "a.jsonl", text);
    assert_int_equal(lw_tasks_open(&r.sys, &r.project, &t, &err), LW_EBAD);
    assert_string_equal(
        err.text, "a.jsonl has no column \"what\". Its columns: nr, q, a, b, right.");
    lw_err_clear(&err);
    columns = (struct lw_column_map){.prompt = (char *)"in.q",
        .id = (char *)"nr",
        .reference = (char *)"right",
        .response = both,
        .nresponses = 2};
    expect_first(&r,
        "{\"nr\":5,\"in\":{\"q\":\"ask\"},\"a\":\"one\",\"b\":[{\"role\":\"assistant\","
        "\"content\":\"two\"}],\"c\":3}\n",
        1, "5 p=ask r=one r=two");
    tasks_fixture_write(&r, "a.jsonl", "{\"nr\":5,\"in\":{},\"a\":\"one\",\"b\":\"two\"}\n");
    t = tasks_fixture_open_whole(&r);
    struct lw_task *task = tasks_fixture_load(t, 0);
    assert_non_null(strstr(task->unreadable, "no member \"in.q\". Its members: nr, in, a, b."));
    lw_task_free(task);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

/* The ids come from other columns: the kept index must not be believed. */
static void test_other_columns_make_another_index(void **state)
{
    (void)state;
    struct lw_column_map columns = {.prompt = (char *)"q", .id = (char *)"x"};
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    r.file[0].columns = &columns;
    expect_first(&r, "x,y,q\n1,2,p\n", 1, "1 p=p");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    lw_tasks_close(t);
    columns.id = (char *)"y";
    t = tasks_fixture_open_whole(&r);
    tasks_fixture_expect_id(t, 0, "2");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_rows_that_cannot_be_read(void **state)
{
    (void)state;
    static const char *const parts[] = {NULL, "The row has 1 cell, the table has 2 columns",
        "The row has 3 cells", "(0xFF) is not UTF-8", NULL, NULL, NULL,
        "The opening quote of cell 2 in the row is not closed"};
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(
        &r, "a.jsonl", "id,prompt\n1,a\n2\n3,b,c\n4,\xff\n5,d\n6,g\n7,h\n8,\"e\n9,f\n");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 8);
    for (size_t i = 0; i < 8; i++) {
        struct lw_task *task = tasks_fixture_load(t, i);
        assert_int_equal(!task->unreadable, !parts[i]);
        if (parts[i])
            assert_non_null(strstr(task->unreadable, parts[i]));
        assert_int_equal(task->record.number, i + 1);
        assert_int_equal(lw_tasks_line(t, i), i + 2);
        lw_task_free(task);
    }
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_appended_rows_and_equal_ids(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl", "id,prompt\n1,a\n1,b\n");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    tasks_fixture_expect_id(t, 1, "1~2");
    lw_tasks_close(t);
    tasks_fixture_append(&r, "a.jsonl", "2,\"c\n");
    lw_tasks_close(tasks_fixture_open_whole(&r));
    tasks_fixture_append(&r, "a.jsonl", "d\"\n1,e");
    t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 4);
    tasks_fixture_expect_id(t, 2, "2");
    tasks_fixture_expect_id(t, 3, "1~3");
    lw_tasks_close(t);
    tasks_fixture_append(&r, "a.jsonl", "f\n3,g\n");
    t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 5);
    tasks_fixture_expect_id(t, 4, "3");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_a_blank_row_that_goes_on(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl", "id,prompt\n1,a\n,");
    lw_tasks_close(tasks_fixture_open_whole(&r));
    tasks_fixture_append(&r, "a.jsonl", "b\n2,c\n,\n3,d\n");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 4);
    tasks_fixture_expect_id(t, 2, "2");
    tasks_fixture_expect_id(t, 3, "3");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

static void test_a_large_cell(void **state)
{
    (void)state;
    enum { LONG = 600 * 1024 };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    struct lw_buf b = {0};
    lw_buf_str(&b, "id,prompt\n1,a\n2,\"");
    for (int i = 0; i < LONG / 4; i++)
        lw_buf_str(&b, i % 9 ? "x,y\n" : "\"\"\r\n");
    lw_buf_str(&b, "\"\n3,c\n");
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    lw_buf_fini(&b);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_count(t), 3);
    struct lw_task *task = tasks_fixture_load(t, 1);
    assert_null(task->unreadable);
    assert_in_range(task->turn[0].text.n, LONG / 2, LONG);
    lw_task_free(task);
    tasks_fixture_expect_id(t, 2, "3");
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

/* The column that was guessed to be the prompt is in the project that is made, to be corrected. */
static void test_a_guess_is_told_in_the_project(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(
        &r, "a.jsonl", "nr,say \"it\": {%1},x # y\n1,some words here,z\n2,more words here,z\n");
    char *path = tasks_fixture_path(&r, "a.jsonl"),
         *made_file = tasks_fixture_path(&r, "a.jsonl.labelwright/project.yaml");
    struct lw_project *project;
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    bool made;
    size_t n;
    if (lw_project_open(&r.sys, path, false, &project, &made, &problems, &err) != LW_OK)
        fail_msg("%s", err.text);
    assert_string_equal(project->tasks[0].columns->prompt, "say \"it\": {%1}");
    struct lw_tasks *t;
    assert_int_equal(lw_tasks_open(&r.sys, project, &t, &err), LW_OK);
    char *first = first_of(t), *text = file_bytes(made_file, &n);
    assert_string_equal(first, "# p=some words here");
    assert_non_null(strstr(text, "Columns: \"nr, say \\\"it\\\": {%1}, x # y\"\n"));
    lw_tasks_close(t);
    lw_project_free(project);
    lw_problems_fini(&problems);
    char *remove_all = lw_format("rm -r '%s.labelwright'", path);
    assert_int_equal(system(remove_all), 0);
    free(remove_all);
    free(first);
    free(text);
    free(made_file);
    free(path);
    tasks_fixture_remove(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_through_windows_of_every_size),
        cmocka_unit_test(test_columns_that_are_known),
        cmocka_unit_test(test_columns_that_the_project_names),
        cmocka_unit_test(test_other_columns_make_another_index),
        cmocka_unit_test(test_rows_that_cannot_be_read),
        cmocka_unit_test(test_appended_rows_and_equal_ids),
        cmocka_unit_test(test_a_blank_row_that_goes_on),
        cmocka_unit_test(test_a_large_cell),
        cmocka_unit_test(test_a_guess_is_told_in_the_project),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
