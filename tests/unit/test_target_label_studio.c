/* What the target for Label Studio asks, and what it makes of the answers that a real server gives
 * only now and then: a token that ran out, a label deleted over there, two tasks of one id. */
#define _GNU_SOURCE
#include "fixtures/app_fixture.h"
#include "sync/targets_internal.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#define CONFIG                                                                                     \
    "{\"label_config\":\"<View><Text name='t' value='$t'/><Rating name='q' toName='t'/></View>\"}"
#define TASK "{\"tasks\":[{\"id\":40,\"data\":{\"id\":\"a\"}}]}"
#define MADE "{\"id\":70}"
#define REFRESH "eyJhbGciOiJIUzI1NiJ9.e30.x"

struct talk {
    struct app_fixture app;
    struct lw_sync_to to;
    void *target;
    struct lw_buf lines;
    struct lw_send_request request;
    struct lw_http_request next;
    struct lw_send_result delivery;
    enum lw_step step;
    char mark[200]; /* an annotation of ours, as the server shows it */
};

static void append(struct talk *t, json_t *body)
{
    struct lw_event e;
    assert_int_equal(lw_journal_append(t->app.w.journal, &body, 1, &e, NULL), LW_OK);
    lw_ledger_fold(t->app.w.ledger, &e);
    if (t->request.events++ == 0)
        t->request.first = e.seq;
    t->request.last = e.seq;
    lw_buf_add(&t->lines, e.text, e.pos.len - 1);
    lw_buf_char(&t->lines, '\n');
    json_decref(body);
}

static uint64_t label(struct talk *t, int q, uint64_t replaces)
{
    json_t *e = json_pack("{s:s, s:s, s:i, s:s, s:i, s:{s:i}}", "type", "annotate", "task", "a",
        "record", 1, "sha256", "00", "active_ms", 1500, "answers", "q", q);
    if (replaces)
        json_object_set_new(e, "replaces", json_integer((json_int_t)replaces));
    append(t, e);
    return t->request.last;
}

static void undo(struct talk *t, uint64_t seq)
{
    append(t, json_pack("{s:s, s:I, s:s}", "type", "undo", "of", (json_int_t)seq, "task", "a"));
}

static void talk_open(struct talk *t)
{
    *t = (struct talk){.to = {.to = (char *)"http://127.0.0.1:9/", .project = 3}};
    app_fixture_make(&t->app,
        "labelwright: 1\ntasks: [{file: tasks.jsonl}]\n"
        "questions: [{name: q, type: rating, on: task}]\n",
        "{\"id\":\"a\",\"prompt\":\"x\"}\n");
    app_fixture_open(&t->app);
    struct lw_target_opts opts = {.sys = &t->app.sys,
        .project = t->app.w.project,
        .to = &t->to,
        .journal = t->app.w.journal,
        .ledger = t->app.w.ledger};
    t->target = lw_target_label_studio.open(&opts, NULL);
    t->request.journal = lw_journal_id(t->app.w.journal);
    t->request.authorization = "Authorization: Bearer " REFRESH;
    snprintf(t->mark, sizeof t->mark,
        "{\"annotations\":[{\"id\":70,\"completed_by\":{\"id\":5},\"result\":[{\"id\":"
        "\"%.12s.3.q\"}]}]}",
        t->request.journal);
}

static void talk_close(struct talk *t)
{
    lw_target_label_studio.close(t->target);
    lw_buf_fini(&t->lines);
    app_fixture_end(&t->app);
}

static void step(struct talk *t, const struct lw_http_reply *reply)
{
    t->next = (struct lw_http_request){0};
    t->delivery = (struct lw_send_result){.wait_ms = -1};
    t->step = lw_target_label_studio.step(t->target, &t->request, reply, &t->next, &t->delivery);
}

/* The request of all that was appended since the last one. */
static void begin(struct talk *t)
{
    static char sha256[LW_SHA256_HEX];
    lw_sha256_hex(t->lines.data, t->lines.len, sha256);
    t->request.sha256 = sha256;
    t->request.bytes = t->lines.data;
    t->request.len = t->lines.len;
    step(t, NULL);
}

static void next_request(struct talk *t)
{
    lw_buf_clear(&t->lines);
    t->request.events = 0;
}

/* It asks this; the server answers. */
static void asks(
    struct talk *t, const char *method, const char *path, long status, const char *body)
{
    char url[512];
    snprintf(url, sizeof url, "http://127.0.0.1:9%s", path);
    if (t->step != LW_STEP_REQUEST)
        fail_msg("it asks nothing, not %s %s: %s", method, path, t->delivery.text);
    assert_string_equal(t->next.method, method);
    if (strncmp(t->next.url, url, strlen(url)) != 0)
        fail_msg("it asks %s, not %s", t->next.url, url);
    char *own = lw_strdup(body);
    struct lw_http_reply reply = {.outcome = LW_HTTP_ANSWERED,
        .status = status,
        .body = own,
        .len = strlen(own),
        .retry_after_ms = -1};
    step(t, &reply);
    free(own);
}

static void opens(struct talk *t)
{
    asks(t, "POST", "/api/token/refresh/", 200, "{\"access\":\"one\"}");
    asks(t, "GET", "/api/projects/3/", 200, CONFIG);
    asks(t, "GET", "/api/current-user/whoami", 200, "{\"id\":5}");
}

static void ends(struct talk *t, enum lw_send_outcome outcome, size_t accepted, size_t duplicates)
{
    assert_int_equal(t->step, LW_STEP_DONE);
    if (t->delivery.outcome != outcome)
        fail_msg("outcome %d, not %d: %s", t->delivery.outcome, outcome, t->delivery.text);
    if (outcome == LW_SEND_SENT) {
        assert_string_equal(t->delivery.batch, t->request.sha256);
        assert_int_equal(t->delivery.accepted, accepted);
        assert_int_equal(t->delivery.duplicates, duplicates);
        assert_int_equal(accepted + duplicates + t->delivery.nrejected, t->request.events);
    }
}

static void test_a_token_that_ran_out_is_renewed_once(void **state)
{
    (void)state;
    struct talk t;
    talk_open(&t);
    label(&t, 4, 0);
    begin(&t);
    opens(&t);
    assert_string_equal(t.next.headers[0], "Authorization: Bearer one");
    asks(&t, "GET", "/api/tasks?project=3&", 200, TASK);
    asks(&t, "POST", "/api/tasks/40/annotations/", 401, "{}");
    asks(&t, "POST", "/api/token/refresh/", 200, "{\"access\":\"two\"}");
    assert_string_equal(t.next.headers[0], "Authorization: Bearer two");
    asks(&t, "POST", "/api/tasks/40/annotations/", 401, "{}");
    ends(&t, LW_SEND_LOGIN, 0, 0);
    begin(&t); /* the same request goes on where it was */
    asks(&t, "POST", "/api/token/refresh/", 200, "{\"access\":\"three\"}");
    asks(&t, "POST", "/api/tasks/40/annotations/", 201, MADE);
    ends(&t, LW_SEND_SENT, 1, 0);
    talk_close(&t);
}

static void test_an_error_of_the_server_is_told_with_its_detail_and_the_task(void **state)
{
    (void)state;
    struct talk t;
    talk_open(&t);
    label(&t, 4, 0);
    begin(&t);
    opens(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 200, TASK);
    asks(&t, "POST", "/api/tasks/40/annotations/", 500,
        "{\"detail\":\"'NoneType' object is not iterable\"}");
    ends(&t, LW_SEND_AGAIN, 0, 0);
    assert_non_null(strstr(
        t.delivery.text, "The server says: 'NoneType' object is not iterable (about task a)"));
    assert_true(t.delivery.trouble);
    talk_close(&t);
}

static void test_what_is_there_already_is_a_duplicate(void **state)
{
    (void)state;
    struct talk t;
    talk_open(&t);
    label(&t, 4, 0);
    begin(&t);
    opens(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 200, TASK);
    asks(&t, "POST", "/api/tasks/40/annotations/", 409, "{}");
    ends(&t, LW_SEND_SENT, 0, 1);
    talk_close(&t);
}

static void test_a_label_replaced_is_changed_and_one_taken_back_deleted(void **state)
{
    (void)state;
    struct talk t;
    talk_open(&t);
    uint64_t first = label(&t, 4, 0), second = label(&t, 2, first);
    begin(&t);
    opens(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 200, TASK);
    asks(&t, "GET", "/api/tasks/40/", 200, t.mark);
    assert_non_null(strstr(t.next.body, "{\"rating\":2}"));
    asks(&t, "PATCH", "/api/annotations/70/", 404, "{}"); /* deleted over there just now */
    asks(&t, "POST", "/api/tasks/40/annotations/", 201, MADE);
    ends(&t, LW_SEND_SENT, 2, 0);
    next_request(&t);
    undo(&t, second);
    begin(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 200, TASK);
    asks(&t, "GET", "/api/tasks/40/", 200, t.mark);
    assert_non_null(strstr(t.next.body, "{\"rating\":4}"));
    asks(&t, "PATCH", "/api/annotations/70/", 200, MADE);
    ends(&t, LW_SEND_SENT, 1, 0);
    next_request(&t);
    undo(&t, first);
    begin(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 200, TASK);
    asks(&t, "GET", "/api/tasks/40/", 200, t.mark);
    asks(&t, "DELETE", "/api/annotations/70/", 404, "{}");
    ends(&t, LW_SEND_SENT, 1, 0);
    talk_close(&t);
}

static void test_what_others_made_is_left_alone(void **state)
{
    (void)state;
    struct talk t;
    talk_open(&t);
    undo(&t, label(&t, 4, 0));
    begin(&t);
    opens(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 200, TASK);
    asks(&t, "GET", "/api/tasks/40/", 200,
        "{\"annotations\":[{\"id\":71,\"completed_by\":{\"id\":6},\"result\":[]},"
        "{\"id\":72,\"completed_by\":5,\"result\":[{\"id\":\"made by hand\"}]}]}");
    ends(&t, LW_SEND_SENT, 2, 0);
    talk_close(&t);
}

static void test_two_tasks_with_one_id_are_refused(void **state)
{
    (void)state;
    struct talk t;
    talk_open(&t);
    label(&t, 4, 0);
    begin(&t);
    opens(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 200,
        "{\"tasks\":[{\"id\":40,\"data\":{\"id\":\"a\"}},{\"id\":41,\"data\":{\"id\":\"a\"}}]}");
    ends(&t, LW_SEND_SENT, 0, 0);
    assert_int_equal(t.delivery.rejected[0].seq, t.request.last);
    assert_non_null(strstr(t.delivery.rejected[0].message, "several tasks"));
    talk_close(&t);
}

static void test_what_is_no_answer_of_it_comes_again(void **state)
{
    (void)state;
    struct talk t;
    talk_open(&t);
    label(&t, 4, 0);
    begin(&t);
    asks(&t, "POST", "/api/token/refresh/", 200, "<html>Welcome to the WLAN</html>");
    ends(&t, LW_SEND_AGAIN, 0, 0);
    begin(&t);
    opens(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 500, "{}");
    ends(&t, LW_SEND_AGAIN, 0, 0);
    begin(&t);
    asks(&t, "GET", "/api/tasks?project=3&", 200, TASK);
    asks(&t, "POST", "/api/tasks/40/annotations/", 200, "<html>Welcome to the WLAN</html>");
    ends(&t, LW_SEND_AGAIN, 0, 0);
    begin(&t);
    asks(&t, "POST", "/api/tasks/40/annotations/", 400,
        "{\"validation_errors\":{\"detail\":\"This task cannot be skipped.\"}}");
    ends(&t, LW_SEND_SENT, 0, 0);
    assert_non_null(strstr(t.delivery.rejected[0].message, "cannot be skipped"));
    talk_close(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_token_that_ran_out_is_renewed_once),
        cmocka_unit_test(test_an_error_of_the_server_is_told_with_its_detail_and_the_task),
        cmocka_unit_test(test_what_is_there_already_is_a_duplicate),
        cmocka_unit_test(test_a_label_replaced_is_changed_and_one_taken_back_deleted),
        cmocka_unit_test(test_what_others_made_is_left_alone),
        cmocka_unit_test(test_two_tasks_with_one_id_are_refused),
        cmocka_unit_test(test_what_is_no_answer_of_it_comes_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
