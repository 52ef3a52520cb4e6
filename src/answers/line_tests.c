/* Tests of answers for the lines of labels. The answers that the tests look at are cut out of the
 * line and put together to an object of their own, as text; that text alone decides. */
#define _GNU_SOURCE
#include "labelwright/answers/line_tests.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_read.h"

#include <stdlib.h>
#include <string.h>

enum { REMEMBERED = 512, LONGEST = 150 }; /* texts, and bytes of one */

/* A later text that has the same place takes it. */
struct remembered {
    uint8_t len; /* 0: none */
    bool hold;
    char text[LONGEST];
};

struct lw_line_tests {
    const struct lw_project *p;
    const struct lw_tests *tests;
    bool looks_at[LW_QUESTIONS_MAX];
    struct lw_buf answers; /* those that they look at */
    struct remembered known[REMEMBERED];
};

struct lw_line_tests *lw_line_tests_new(const struct lw_project *p, const struct lw_tests *tests)
{
    struct lw_line_tests *t = lw_alloc(sizeof *t);
    t->p = p;
    t->tests = tests;
    for (size_t i = 0; i < p->nquestions; i++)
        t->looks_at[i] = !tests && p->question[i].type == LW_Q_TAGS;
    for (size_t i = 0; tests && i < tests->n; i++)
        t->looks_at[tests->v[i].question] = true;
    return t;
}

void lw_line_tests_free(struct lw_line_tests *t)
{
    if (!t)
        return;
    lw_buf_fini(&t->answers);
    free(t);
}

/* A name that is written with escapes may be any. */
static bool is_looked_at(const struct lw_line_tests *t, const struct lw_member *m)
{
    for (size_t i = 0; i < t->p->nquestions; i++)
        if (t->looks_at[i] && lw_member_is(m, t->p->question[i].name))
            return true;
    return memchr(m->key, '\\', m->key_len) != NULL;
}

/* Where the answers begin. In JSON these bytes can only be a member; it is one of the line itself
 * where no object was opened before it. */
static const char *find_answers(const char *line, size_t n)
{
    static const char member[] = ",\"answers\":";
    const char *p = memmem(line, n, member, sizeof member - 1);
    struct lw_member m;
    if (!p || p == line)
        return NULL;
    if (!memchr(line + 1, '{', (size_t)(p - line) - 1))
        return p + sizeof member - 1;
    return lw_member_find(line, line + n, "answers", &m) ? m.value : NULL;
}

/* All of them where the walk through them ends early, so that the JSON parser has the last word. */
static void cut_out(struct lw_line_tests *t, const char *answers, const char *end)
{
    const char *at = answers;
    struct lw_member m;
    lw_buf_clear(&t->answers);
    while (lw_member_next(&at, end, &m))
        if (is_looked_at(t, &m)) {
            lw_buf_char(&t->answers, t->answers.len ? ',' : '{');
            lw_buf_add(&t->answers, m.key - 1, (size_t)(m.value + m.value_len - m.key) + 1);
        }
    if (at > answers && at < end && *at == '}') {
        lw_buf_str(&t->answers, t->answers.len ? "}" : "{}");
        return;
    }
    m = (struct lw_member){.value = answers};
    lw_buf_clear(&t->answers);
    if (lw_member_close(&at, end, &m))
        lw_buf_add(&t->answers, m.value, m.value_len);
}

static bool decide(const struct lw_line_tests *t, const char *text, size_t n)
{
    json_t *answers = text ? lw_json_read(text, n, JSON_ALLOW_NUL, NULL) : NULL;
    bool hold =
        t->tests ? lw_tests_hold(t->p, t->tests, answers) : lw_answers_have_tag(t->p, answers);
    json_decref(answers);
    return hold;
}

static bool decide_or_remember(struct lw_line_tests *t)
{
    const char *text = t->answers.data;
    size_t n = t->answers.len;
    if (n > LONGEST)
        return decide(t, text, n);
    struct remembered *k = &t->known[lw_run_key(text, n) % REMEMBERED];
    if (k->len != n || memcmp(k->text, text, n) != 0) {
        k->hold = decide(t, text, n);
        k->len = (uint8_t)n;
        memcpy(k->text, text, n);
    }
    return k->hold;
}

bool lw_line_tests_hold(struct lw_line_tests *t, const char *line, size_t n)
{
    const char *answers = find_answers(line, n);
    if (answers)
        cut_out(t, answers, line + n);
    return answers && t->answers.len ? decide_or_remember(t) : decide(t, NULL, 0);
}
