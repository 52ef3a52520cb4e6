/* The push protocol: what is asked, and what each answer means. */
#define _GNU_SOURCE
#include "sync/targets_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

/* ---- the table of FORMATS */

static enum lw_send_outcome outcome_of(enum lw_http_outcome outcome, long status)
{
    struct lw_http_reply reply = {.outcome = outcome,
        .status = status,
        .body = "",
        .retry_after_ms = -1,
        .text = "something went wrong"};
    struct lw_send_result d = {0};
    lw_send_result_from_reply(&reply, &d);
    assert_true(d.outcome == LW_SEND_SENT || d.text[0] != '\0');
    return d.outcome;
}

static void every_status_has_the_outcome_of_the_table(void **state)
{
    (void)state;
    static const struct {
        long status;
        enum lw_send_outcome outcome;
    } rows[] = {
        {200, LW_SEND_SENT},
        {201, LW_SEND_SENT},
        {202, LW_SEND_SENT},
        {204, LW_SEND_SENT},
        {299, LW_SEND_SENT},
        {300, LW_SEND_CONFIG},
        {301, LW_SEND_CONFIG},
        {302, LW_SEND_CONFIG},
        {303, LW_SEND_CONFIG},
        {304, LW_SEND_CONFIG},
        {307, LW_SEND_CONFIG},
        {308, LW_SEND_CONFIG},
        {400, LW_SEND_REFUSED},
        {422, LW_SEND_REFUSED},
        {401, LW_SEND_LOGIN},
        {403, LW_SEND_LOGIN},
        {404, LW_SEND_CONFIG},
        {405, LW_SEND_CONFIG},
        {410, LW_SEND_CONFIG},
        {501, LW_SEND_CONFIG},
        {505, LW_SEND_CONFIG},
        {409, LW_SEND_CONFLICT},
        {413, LW_SEND_TOO_LARGE},
        {408, LW_SEND_AGAIN},
        {425, LW_SEND_AGAIN},
        {429, LW_SEND_AGAIN},
        {500, LW_SEND_AGAIN},
        {502, LW_SEND_AGAIN},
        {503, LW_SEND_AGAIN},
        {504, LW_SEND_AGAIN},
        {507, LW_SEND_AGAIN},
        {599, LW_SEND_AGAIN},
        {402, LW_SEND_CONFIG},
        {415, LW_SEND_CONFIG},
        {451, LW_SEND_CONFIG},
        {0, LW_SEND_AGAIN},
        {100, LW_SEND_AGAIN},
        {600, LW_SEND_AGAIN},
        {-1, LW_SEND_AGAIN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (outcome_of(LW_HTTP_ANSWERED, rows[i].status) != rows[i].outcome)
            fail_msg("status %ld has the outcome %d", rows[i].status,
                (int)outcome_of(LW_HTTP_ANSWERED, rows[i].status));
}

static void what_did_not_arrive_whole_is_unknown(void **state)
{
    (void)state;
    assert_int_equal(outcome_of(LW_HTTP_NETWORK, 0), LW_SEND_OFFLINE);
    assert_int_equal(outcome_of(LW_HTTP_NETWORK, 200), LW_SEND_OFFLINE);
    assert_int_equal(outcome_of(LW_HTTP_CONFIG, 0), LW_SEND_CONFIG);
    assert_int_equal(outcome_of(LW_HTTP_CUT, 200), LW_SEND_AGAIN);
    assert_int_equal(outcome_of(LW_HTTP_TOO_LARGE, 200), LW_SEND_AGAIN);
    assert_int_equal(outcome_of(LW_HTTP_CUT, 422), LW_SEND_AGAIN); /* its list may be cut off */
    assert_int_equal(outcome_of(LW_HTTP_TOO_LARGE, 401), LW_SEND_LOGIN);
    assert_int_equal(outcome_of(LW_HTTP_CUT, 413), LW_SEND_TOO_LARGE);
    assert_int_equal(outcome_of(LW_HTTP_ANSWERED, 302), LW_SEND_CONFIG);
}

/* ---- the body */

#define SUM "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

struct post {
    void *target;
    struct lw_send_request batch;
    struct lw_http_request request;
    struct lw_send_result result;
};

static int setup(void **state)
{
    static struct lw_sync_to to = {.to = "https://labels.example.org/v1/batches"};
    static struct post p;
    struct lw_target_opts opts = {.sys = &lw_sys_real, .to = &to};
    assert_ptr_equal(lw_target_kind(&to), &lw_target_push);
    p = (struct post){
        .batch = {
            .first = 1, .last = 3, .sha256 = SUM, .bytes = "{}\n{}\n{}\n", .len = 9, .events = 3}};
    p.target = lw_target_push.open(&opts, NULL);
    *state = &p;
    return 0;
}

static int teardown(void **state)
{
    lw_target_push.close(((struct post *)*state)->target);
    return 0;
}

static enum lw_send_outcome answer(struct post *p, long status, const char *body)
{
    char *copy = strdup(body);
    struct lw_http_reply reply = {.outcome = LW_HTTP_ANSWERED,
        .status = status,
        .body = copy,
        .len = strlen(body),
        .retry_after_ms = -1};
    p->result = (struct lw_send_result){.wait_ms = -1};
    assert_int_equal(
        lw_target_push.step(p->target, &p->batch, &reply, &p->request, &p->result), LW_STEP_DONE);
    free(copy);
    return p->result.outcome;
}

static bool has_header(const struct post *p, const char *header)
{
    for (const char *const *h = p->request.headers; *h; h++)
        if (strcmp(*h, header) == 0)
            return true;
    return false;
}

static void a_batch_is_one_post_of_the_lines(void **state)
{
    struct post *p = *state;
    p->batch.authorization = "Authorization: Bearer t";
    assert_int_equal(
        lw_target_push.step(p->target, &p->batch, NULL, &p->request, &p->result), LW_STEP_REQUEST);
    assert_string_equal(p->request.method, "POST");
    assert_string_equal(p->request.url, "https://labels.example.org/v1/batches");
    assert_ptr_equal(p->request.body, p->batch.bytes);
    assert_int_equal(p->request.len, 9);
    assert_int_equal(p->request.answer_max, 64 * 1024);
    assert_true(has_header(p, "Content-Type: application/x-ndjson"));
    assert_true(has_header(p, "Idempotency-Key: \"" SUM "\""));
    assert_true(has_header(p, "Authorization: Bearer t"));
}

static void a_receipt_is_read(void **state)
{
    struct post *p = *state;
    assert_int_equal(answer(p, 200,
                         "{\"batch\":\"" SUM "\",\"accepted\":1,\"duplicates\":1,\"rejected\":["
                         "{\"seq\":3,\"code\":\"no_task\",\"message\":\"Who?\"}],\"head\":\"x\"}"),
        LW_SEND_SENT);
    assert_string_equal(p->result.batch, SUM);
    assert_int_equal(p->result.accepted, 1);
    assert_int_equal(p->result.duplicates, 1);
    assert_int_equal(p->result.nrejected, 1);
    assert_int_equal(p->result.rejected[0].seq, 3);
    assert_string_equal(p->result.rejected[0].code, "no_task");
    assert_string_equal(p->result.rejected[0].message, "Who?");
}

static void what_is_no_receipt_names_no_batch_or_adds_up_to_nothing(void **state)
{
    struct post *p = *state;
    static const char *const bodies[] = {"", "ok", "[]", "null", "{\"batch\":7}",
        "{\"batch\":\"" SUM "\",\"accepted\":3", "<html>Welcome to the hotel's network</html>",
        "{\"batch\":\"" SUM "\",\"accepted\":-3,\"duplicates\":0}",
        "{\"batch\":\"" SUM "\",\"accepted\":3.0,\"duplicates\":0}",
        "{\"batch\":\"" SUM "\",\"accepted\":\"3\",\"duplicates\":0}",
        "{\"batch\":\"" SUM "\",\"accepted\":3}",
        "{\"batch\":\"" SUM "\",\"batch\":\"" SUM "\",\"accepted\":3,\"duplicates\":0}"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_int_equal(answer(p, 200, bodies[i]), LW_SEND_SENT);
        if (strcmp(p->result.batch, SUM) == 0 && p->result.accepted <= 3 &&
            p->result.duplicates <= 3)
            fail_msg("%s passes for a receipt", bodies[i]);
    }
}

static void foreign_words_are_cut_between_characters(void **state)
{
    struct post *p = *state;
    struct lw_buf body = {0};
    lw_buf_str(&body, "{\"rejected\":[{\"seq\":1,\"code\":\"");
    for (int i = 0; i < 100; i++)
        lw_buf_str(&body, "é");
    lw_buf_str(&body, "\",\"message\":\"x");
    for (int i = 0; i < 1000; i++)
        lw_buf_str(&body, "語");
    lw_buf_str(&body, "\"}]}");
    assert_int_equal(answer(p, 422, body.data), LW_SEND_REFUSED);
    const struct lw_refusal *r = &p->result.rejected[0];
    assert_int_equal(strlen(r->code), 46);
    assert_int_equal(strlen(r->message), 199);
    json_t *text = json_string(r->message);
    assert_non_null(text);
    json_decref(text);
    lw_buf_fini(&body);
}

static void what_a_server_says_is_one_line(void **state)
{
    struct post *p = *state;
    assert_int_equal(
        answer(p, 422,
            "{\"message\":\"a\\nb\\rc\\u2028d\",\"rejected\":[{\"seq\":1,\"code\":\"x\\ny\","
            "\"message\":\"one\\n2 sent, all well\\r\\u001b[2J\"}]}"),
        LW_SEND_REFUSED);
    assert_string_equal(p->result.rejected[0].code, "x^Jy");
    assert_string_equal(p->result.rejected[0].message, "one^J2 sent, all well^M^[[2J");
    assert_int_equal(answer(p, 500, "{\"message\":\"No room\"}"), LW_SEND_AGAIN);
    assert_non_null(strstr(p->result.text, "The server says: No room"));
    assert_true(p->result.trouble);
    assert_int_equal(answer(p, 429, ""), LW_SEND_AGAIN);
    assert_false(p->result.trouble);
}

static void refusals_say_what_and_forks_stop(void **state)
{
    struct post *p = *state;
    assert_int_equal(
        answer(p, 422, "{\"code\":\"hash\",\"message\":\"Bad line.\"}"), LW_SEND_REFUSED);
    assert_int_equal(p->result.nrejected, 0);
    assert_non_null(strstr(p->result.text, "Bad line."));
    assert_int_equal(answer(p, 422, "{\"code\":\"fork\"}"), LW_SEND_FORK);
    assert_int_equal(
        answer(p, 422, "{\"rejected\":[{\"seq\":2,\"code\":\"fork\"}]}"), LW_SEND_FORK);
    assert_int_equal(answer(p, 400, "no JSON"), LW_SEND_REFUSED);
}

static void a_conflict_may_say_where_to_go_on(void **state)
{
    struct post *p = *state;
    assert_int_equal(answer(p, 409, "{\"expected_seq\":17}"), LW_SEND_CONFLICT);
    assert_int_equal(p->result.expected_seq, 17);
    assert_int_equal(answer(p, 409, "{\"expected_seq\":-1}"), LW_SEND_CONFLICT);
    assert_int_equal(p->result.expected_seq, 0);
    assert_int_equal(answer(p, 409, ""), LW_SEND_CONFLICT);
    assert_int_equal(p->result.expected_seq, 0);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    assert_true(lw_locale_init()); /* what is shown depends on it */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_the_outcome_of_the_table),
        cmocka_unit_test(what_did_not_arrive_whole_is_unknown),
        T(a_batch_is_one_post_of_the_lines),
        T(a_receipt_is_read),
        T(what_is_no_receipt_names_no_batch_or_adds_up_to_nothing),
        T(foreign_words_are_cut_between_characters),
        T(what_a_server_says_is_one_line),
        T(refusals_say_what_and_forks_stop),
        T(a_conflict_may_say_where_to_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
