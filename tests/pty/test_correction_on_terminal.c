/* Corrections in scripts of the world arrive byte for byte as typed: typed code point by code point
 * or byte by byte, composed and decomposed, pasted, undone and done again, killed and started
 * again; and through the user's own editor. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

#include <uninorm.h>

static const char project[] = "labelwright: 1\n"
                              "tasks: [tasks.jsonl]\n"
                              "questions:\n"
                              "  - {name: fix, type: edit, on: response, required: true}\n";

enum { ORIGINAL_LEN = 3, SENTENCES = 6 };
#define ORIGINAL "abc"
#define UNDO "\x1f"
#define REDO "\033e"
#define KEEP "\x18"

/* ---- texts */

/* Article 1 in the words of the declaration, for where no other texts are. */
static const struct language {
    const char *name, *file, *sentence;
} languages[] = {
    {"Vietnamese", "data/languages/udhr_vie.html",
        "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền lợi."},
    {"Thai", "data/languages/mgsm_th.tsv", "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ"},
    {"Hindi", "data/languages/udhr_hin.html",
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है ।"},
    {"Japanese", "data/languages/udhr_jpn.html",
        "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"},
};
enum { LANGUAGES = sizeof languages / sizeof *languages };

struct texts {
    char *v[SENTENCES + 1];
    size_t n;
};

/* The paragraphs of a page, or the first column of a table. */
static void find_sentences(const char *bytes, struct texts *to)
{
    bool page = strstr(bytes, "<p>") != NULL;
    while (to->n < SENTENCES && *bytes) {
        const char *from = page ? strstr(bytes, "<p>") : bytes;
        if (!from)
            return;
        from += page ? 3 : 0;
        size_t n = strcspn(from, page ? "<" : "\t");
        if (!memchr(from, '\n', n) && !memchr(from, '&', n))
            to->v[to->n++] = lw_strndup(from, n);
        bytes = from + n;
        bytes += strcspn(bytes, "\n");
        bytes += *bytes == '\n';
    }
}

static void get_texts(const struct language *l, struct texts *to)
{
    size_t n;
    char *bytes = shared_bytes(l->file, &n);
    *to = (struct texts){.v = {lw_strdup(l->sentence)}, .n = 1};
    if (bytes) {
        find_sentences(bytes, to);
        assert_true(to->n == SENTENCES);
    }
    free(bytes);
}

static char *normal(uninorm_t form, const char *s)
{
    size_t n;
    uint8_t *bytes = u8_normalize(form, (const uint8_t *)s, strlen(s), NULL, &n);
    assert_non_null(bytes);
    char *text = lw_strndup((const char *)bytes, n);
    free(bytes);
    return text;
}

/* ---- typing */

static void type_byte_by_byte(struct lw_pty *p, const char *s)
{
    for (; *s; s++) {
        lw_pty_send(p, s, 1);
        lw_pty_settle(p, 1);
    }
}

static void paste(struct lw_pty *p, const char *s)
{
    lw_pty_type(p, "\033[200~");
    lw_pty_type(p, s);
    lw_pty_type(p, "\033[201~");
}

/* As input methods do: the text is removed and typed again, changed. */
static void type_composing(struct lw_pty *p, const char *s)
{
    lw_pty_type(p, "e\177ê\177ế\177か\177が\177");
    lw_pty_type(p, s);
}

static struct lw_pty *start(struct program_fixture *t, size_t tasks, const char *const *env)
{
    struct lw_buf jsonl = {0};
    for (size_t i = 0; i < tasks; i++)
        lw_buf_fmt(&jsonl,
            "{\"id\":\"t%zu\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"" ORIGINAL
            "\"}]}\n",
            i);
    program_fixture_make(t, project, jsonl.data, jsonl.len);
    lw_buf_fini(&jsonl);
    return program_fixture_open(t, 24, 80, env);
}

static void open_editor(struct lw_pty *p)
{
    lw_pty_type(p, "e");
    lw_pty_wait_text(p, "EDIT  response");
}

static void keep_and_submit(struct lw_pty *p, size_t nth)
{
    char *saved = lw_format("Saved task %zu: Fix corrected.", nth + 1);
    lw_pty_type(p, KEEP);
    lw_pty_wait_text(p, "Fix: corrected. Enter submits.");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, saved);
    free(saved);
}

/* ---- what the journal has */

static void journal_has(const struct program_fixture *t, size_t nth, const char *text)
{
    json_t *events = program_fixture_journal(t), *e;
    size_t i;
    bool found = false;
    char *id = lw_format("t%zu", nth);
    json_array_foreach(events, i, e)
    {
        const char *task = json_string_value(json_object_get(e, "task"));
        if (strcmp(program_fixture_type(e), "annotate") != 0 || strcmp(task, id) != 0)
            continue;
        json_t *fix = json_object_get(json_object_get(json_object_get(e, "answers"), "fix"), "a");
        const json_t *got = json_object_get(fix, "text");
        found = true;
        assert_string_equal(json_string_value(json_object_get(fix, "original")), ORIGINAL);
        assert_string_equal(json_string_value(got), text);
        assert_int_equal(json_string_length(got), strlen(text));
    }
    assert_true(found);
    free(id);
    json_decref(events);
}

/* ---- the tests */

typedef void type_fn(struct lw_pty *p, const char *s);

/* Each sentence of every language, typed so, into a task of its own. */
static void arrives(type_fn *type, uninorm_t form, size_t most)
{
    struct program_fixture t;
    struct lw_pty *p = start(&t, LANGUAGES * (SENTENCES + 1), NULL);
    struct texts texts[LANGUAGES];
    char *sent[LANGUAGES * (SENTENCES + 1)];
    size_t n = 0;
    for (size_t l = 0; l < LANGUAGES; l++) {
        get_texts(&languages[l], &texts[l]);
        for (size_t i = 0; i < texts[l].n && i < most; i++) {
            sent[n] = form ? normal(form, texts[l].v[i]) : lw_strdup(texts[l].v[i]);
            open_editor(p);
            type(p, sent[n]);
            keep_and_submit(p, n++);
        }
    }
    program_fixture_leave(p);
    for (size_t i = 0; i < n; i++) {
        char *expected = lw_format("%s" ORIGINAL, sent[i]);
        journal_has(&t, i, expected);
        free(expected);
        free(sent[i]);
    }
    for (size_t l = 0; l < LANGUAGES; l++)
        for (size_t i = 0; i < texts[l].n; i++)
            free(texts[l].v[i]);
    assert_int_equal(TRIAL_RUN(&t, NULL, "verify"), 0);
    program_fixture_remove(&t);
}

static void as_it_is_typed(void **state)
{
    (void)state;
    arrives(type_composing, NULL, SENTENCES);
}

static void composed(void **state)
{
    (void)state;
    arrives(type_composing, UNINORM_NFC, 3);
}

static void decomposed(void **state)
{
    (void)state;
    arrives(type_composing, UNINORM_NFD, 3);
}

static void in_bytes_that_come_one_by_one(void **state)
{
    (void)state;
    arrives(type_byte_by_byte, UNINORM_NFD, 1);
}

static void pasted(void **state)
{
    (void)state;
    arrives(paste, NULL, SENTENCES);
}

/* Typed, undone to nothing, done again; a paste undone; a letter taken away and put back. */
static void type_and_undo(struct lw_pty *p, const char *s)
{
    lw_pty_type(p, s);
    lw_pty_type(p, UNDO);
    lw_pty_wait_text(p, "No changes.");
    lw_pty_type(p, REDO);
    paste(p, "\xEF\xBC\x81 pasted e\xCC\x81");
    lw_pty_wait_text(p, "pasted");
    lw_pty_type(p, UNDO);
    lw_pty_wait_gone(p, "pasted");
    lw_pty_type(p, "\177" UNDO);
}

static void undone_and_done_again(void **state)
{
    (void)state;
    arrives(type_and_undo, NULL, 3);
}

static void killed_in_the_middle_nothing_older_than_a_second_is_lost(void **state)
{
    (void)state;
    for (size_t l = 0; l < LANGUAGES; l++) {
        struct program_fixture t;
        struct lw_pty *p = start(&t, 1, NULL);
        char *expected = lw_format("%s" ORIGINAL, languages[l].sentence);
        open_editor(p);
        lw_pty_type(p, languages[l].sentence);
        lw_pty_wait_text(p, "draft saved");
        program_fixture_wait_draft(&t, languages[l].sentence);
        program_fixture_kill(p);
        p = program_fixture_open(&t, 24, 80, NULL);
        lw_pty_wait_text(p, "unfinished");
        lw_pty_type(p, "\r");
        lw_pty_wait_text(p, "is not finished");
        open_editor(p);
        keep_and_submit(p, 0);
        program_fixture_leave(p);
        journal_has(&t, 0, expected);
        free(expected);
        program_fixture_remove(&t);
    }
}

static void a_paste_that_is_cut_says_so(void **state)
{
    (void)state;
    enum { TOO_LONG = 1024 * 1024 + 10 };
    struct program_fixture t;
    struct lw_pty *p = start(&t, 1, NULL);
    char *text = lw_alloc(TOO_LONG + 1);
    memset(text, 'x', TOO_LONG);
    open_editor(p);
    paste(p, text);
    lw_pty_wait_text(p, "Paste too long: only the first MiB was pasted");
    lw_pty_type(p, "\x03");
    lw_pty_wait_text(p, "Not finished");
    program_fixture_leave(p);
    free(text);
    program_fixture_remove(&t);
}

/* ---- the user's own editor */

static struct lw_pty *start_with(struct program_fixture *t, const char *script)
{
    program_fixture_make(t, project, "", 0);
    program_fixture_settings(t, "editor.sh", script);
    program_fixture_settings(t, "config.yaml", "annotator: ana\ndigit_guard_ms: 0\n");
    static const char task[] =
        "{\"id\":\"t0\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"" ORIGINAL
        "\"}]}\n";
    char *path = lw_format("%s/tasks.jsonl", t->dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(task, f);
    fclose(f);
    free(path);
    char *editor = lw_format("EDITOR=sh %s/config/labelwright/editor.sh", t->dir);
    struct lw_pty *p = program_fixture_open(t, 24, 80, (const char *const[]){editor, NULL});
    free(editor);
    return p;
}

static bool footer_in_row_29(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    return strstr(lw_pty_row(p, 29), "? help") != NULL;
}

static void the_own_editor_has_the_terminal_to_itself(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = start_with(&t, "test -t 0 && test -t 1 && echo READY\n"
                                      "read word && printf '%s\\n' \"$word\" >> \"$1\"\n");
    lw_pty_type(p, "E");
    lw_pty_wait_text(p, "READY");
    assert_false(lw_pty_in_alternate_screen(p));
    lw_pty_resize(p, 30, 100);
    lw_pty_type(p, "Tiếng Việt\n");
    lw_pty_wait_text(p, "Fix: corrected. Enter submits.");
    lw_pty_wait(p, footer_in_row_29, NULL, "the new size");
    assert_true(lw_pty_in_alternate_screen(p));
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "Saved task 1");
    program_fixture_leave(p);
    journal_has(&t, 0, ORIGINAL "Tiếng Việt");
    program_fixture_remove(&t);
}

static void an_interrupt_is_for_the_own_editor_alone(void **state)
{
    (void)state;
    struct program_fixture t;
    /* A shell that reads would miss an interrupt that comes just before it waits. */
    struct lw_pty *p =
        start_with(&t, "echo lost >> \"$1\"\ntrap 'exit 4' INT\necho READY\nwhile :; do :; done\n");
    open_editor(p);
    lw_pty_type(p, "typed ");
    lw_pty_wait_text(p, "typed " ORIGINAL);
    lw_pty_type(p, "\x14");
    lw_pty_wait_text(p, "READY");
    lw_pty_type(p, "\x03");
    lw_pty_wait_text(p, "No change. sh exited with status 4.");
    lw_pty_wait_text(p, "typed " ORIGINAL);
    keep_and_submit(p, 0);
    program_fixture_leave(p);
    journal_has(&t, 0, "typed " ORIGINAL);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_it_is_typed),
        cmocka_unit_test(composed),
        cmocka_unit_test(decomposed),
        cmocka_unit_test(in_bytes_that_come_one_by_one),
        cmocka_unit_test(pasted),
        cmocka_unit_test(undone_and_done_again),
        cmocka_unit_test(killed_in_the_middle_nothing_older_than_a_second_is_lost),
        cmocka_unit_test(a_paste_that_is_cut_says_so),
        cmocka_unit_test(the_own_editor_has_the_terminal_to_itself),
        cmocka_unit_test(an_interrupt_is_for_the_own_editor_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
