/* Searching all tasks: what the bytes of a record tell beforehand never differs from what its
 * parsed texts say. */
#define _GNU_SOURCE
#include "fixtures/outline.h"
#include "fixtures/tasks_fixture.h"
#include "labelwright/tasks/search.h"
#include "labelwright/text/find.h"
#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"
#include "labelwright/workspace/project_open.h"

#include <ctype.h>
#include <wctype.h>

enum { SAMPLE = 24, NEEDLES = 120, RECORDS = 40, NEEDLE_MAX = 512 };

static uint64_t seed;

static size_t below(size_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(seed >> 33) % n;
}

/* ---- the slow answer */

static bool text_holds(const char *s, size_t len, const char *needle, size_t n)
{
    struct lw_needle wanted;
    size_t took;
    lw_needle_init(&wanted, needle, n);
    bool found = lw_find(&wanted, s, len, 0, &took) < len;
    lw_needle_fini(&wanted);
    return found;
}

static bool task_holds(const struct lw_task *t, const char *needle, size_t n)
{
    for (size_t i = 0; i < texts(t); i++)
        if (text_holds(text_at(t, i).s, text_at(t, i).n, needle, n))
            return true;
    return false;
}

/* ---- needles */

static size_t cut(struct lw_span text, char to[NEEDLE_MAX])
{
    size_t from = text.n ? below(text.n) : 0, n = 1 + below(below(4) ? 12 : 40);
    while (from > 0 && (text.s[from] & 0xC0) == 0x80)
        from--;
    n = from + n < text.n ? n : text.n - from;
    while (from + n < text.n && (text.s[from + n] & 0xC0) == 0x80)
        n++;
    memcpy(to, text.s + from, n);
    return n;
}

/* Each letter in another case, or another letter of the same case: k and the sign for Kelvin. */
static size_t turn_case(const char *s, size_t n, char *to)
{
    static const char32_t same[][2] = {{'k', 0x212A}, {'i', 0x130}, {'s', 0x17F}, {'s', 0xFF33}};
    size_t len = 0;
    char32_t cp;
    for (size_t at = 0; at < n;) {
        at += lw_utf8_decode(s + at, n - at, &cp);
        for (size_t i = 0; i < 4 && below(4) == 0; i++)
            cp = (char32_t)towlower((wint_t)cp) == same[i][0] ? same[i][1] : cp;
        cp = (char32_t)(below(2) ? towupper((wint_t)cp) : towlower((wint_t)cp));
        len += lw_utf8_encode(cp, to + len);
    }
    return len;
}

static size_t make_needle(const struct lw_task *t, char to[NEEDLE_MAX])
{
    static const char *const special[] = {"~", "~2", "2", "Turn 1", "rn 2", "user: ", ": ", "e",
        ".0", "-", "1e", "true", "null", "i", "K", "k ", "\\", "\"", "u00", "(", "{", "\n", " "};
    char plain[NEEDLE_MAX];
    size_t n = cut(text_at(t, below(texts(t))), plain);
    switch (below(6)) {
    case 0:
        return turn_case(plain, n, to);
    case 1:
        return (size_t)sprintf(to, "%s", special[below(sizeof special / sizeof *special)]);
    case 2:
        return (size_t)sprintf(to, below(2) ? "%zx" : "%zu", below(1 << 4 * (1 + below(4))));
    case 3: /* across words that nobody wrote */
        if (n > 1)
            plain[below(n)] = "ik e~1:\"\\"[below(9)];
        break;
    default:
        break;
    }
    memcpy(to, plain, n);
    return n;
}

/* ---- the property */

static void expect_same(
    struct lw_tasks *t, struct lw_task *const *task, const size_t *at, size_t n, size_t needles)
{
    char needle[NEEDLE_MAX];
    for (size_t k = 0; k < needles; k++) {
        size_t len = make_needle(task[below(n)], needle), cost = 0;
        struct lw_search *m = lw_search_new(t, needle, len);
        for (size_t i = 0; i < n; i++) {
            bool holds = task_holds(task[i], needle, len);
            if (lw_search_in(m, at[i], &cost) != holds)
                fail_msg("\"%.*s\" is %s in %s, record %zu (%s)", (int)len, needle,
                    holds ? "" : "not", task[i]->record.file, (size_t)task[i]->record.number,
                    task[i]->id);
        }
        lw_search_free(m);
    }
}

/* Of some of the tasks, in the order of the files. */
static void expect_same_of_some(struct lw_tasks *t, size_t most, size_t needles)
{
    struct lw_task **task = lw_alloc(most * sizeof *task);
    size_t *at = lw_alloc(most * sizeof *at), count = lw_tasks_count(t);
    size_t n = count < most ? count : most;
    for (size_t i = 0; i < n; i++) {
        at[i] = n < count ? i * count / n + below(count / n) : i;
        task[i] = tasks_fixture_load(t, at[i]);
    }
    expect_same(t, task, at, n, needles);
    for (size_t i = 0; i < n; i++)
        lw_task_free(task[i]);
    free(task);
    free(at);
}

/* ---- records made of what is hard */

static const char *const letters[] = {"a", "b", "A", "e", "E", "i", "I", "k", "K", "s", "n", "u",
    "1", "2", "0", ".", "-", "+", "~", " ", " ", ":", "(", "[", ",", ";", "/", "'", "t", "r",
    "\xC4\xB0", "\xC4\xB1", "\xE2\x84\xAA", "\xC5\xBF", "\xC3\x9F", "\xC3\x89", "\xE6\x97\xA5",
    "\xE0\xB8\x81", "\xD0\xAF", "\xF0\x9F\x98\x80", "\n", "\"", "\\", "\t", "\x01", "Turn 1:", "in",
    "bake"};

/* Scripts with and without case, marks that join and change places, letters of several parts, what
 * is not seen, and words of them. */
static const char *const scripts[] = {"д", "Д", "й", "Й", "и", "\xCC\x86", "ё", "дом", "ДОМ", "σ",
    "ς", "Σ", "ά", "Ά", "α", "\xCC\x81", "ΐ", "ᾳ", "\xCD\x85", "é", "É", "e", "\xCC\x87", "ï", "na",
    "ⱥ", "Ⱥ", "ß", "ẞ", "ss", "ǆ", "ǅ", "Ꭰ", "ꭰ", "ა", "Ა", "क", "\xE0\xA5\x8D", "य", "ि",
    "\xE0\xA4\xBC", "क़", "ে", "া", "ো", "ก", "ำ", "า", "\xE0\xB9\x8D", "가", "각", "\xE1\x84\x80",
    "\xE1\x85\xA1", "\xE1\x86\xA8", "م", "ل", "لا", "ﻻ", "\xD9\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D",
    "\xC2\xAD", "\xEF\xB8\x8F", "ש", "\xD6\xB8", "パ", "ﾊ", "\xEF\xBE\x9F", "ハ", "\xE3\x82\x9A",
    "漢", "字", "㎏", "kg", "…", "...", "½", "²", "２", "2", "Ａ", "ａ", "a", "𝐚", "𐐨", "𐐀", "😀",
    "❤", " ", "\xC2\xA0", "ﬁ", "fi", "f", "i", "t", "™"};

static const char *any_letter(bool wide)
{
    return wide ? scripts[below(sizeof scripts / sizeof *scripts)]
                : letters[below(sizeof letters / sizeof *letters)];
}

static void add_escape(struct lw_buf *b, char32_t cp)
{
    if (cp >= 0x10000)
        lw_buf_fmt(b, "\\u%04X\\u%04x", (unsigned)(0xD7C0 + (cp >> 10)),
            (unsigned)(0xDC00 | (cp & 0x3FF)));
    else
        lw_buf_fmt(b, below(2) ? "\\u%04x" : "\\u%04X", (unsigned)cp);
}

static void add_letter(struct lw_buf *b, const char *s, size_t n, bool escaped)
{
    char32_t cp;
    lw_utf8_decode(s, n, &cp);
    const char *at = cp < 0x80 ? strchr("\n\"\\\t/", (int)cp) : NULL;
    if (escaped && below(3) == 0)
        add_escape(b, cp);
    else if (at && (cp != '/' || below(2)))
        lw_buf_fmt(b, "\\%c", "n\"\\t/"[at - "\n\"\\\t/"]);
    else if (cp < ' ')
        add_escape(b, cp);
    else
        lw_buf_add(b, s, n);
}

static void add_json(struct lw_buf *b)
{
    bool escaped = below(3) == 0, wide = below(2);
    char32_t cp;
    lw_buf_char(b, '"');
    for (size_t n = 1 + below(30); n > 0; n--) {
        const char *s = any_letter(wide);
        for (size_t took; *s; s += took) {
            took = lw_utf8_decode(s, strlen(s), &cp);
            add_letter(b, s, took, escaped);
        }
    }
    lw_buf_char(b, '"');
}

static void add_number(struct lw_buf *b)
{
    static const char *const number[] = {"12", "-0", "1.50", "2e3", "1E-7", "1234567890", "-1.5e1",
        "0.10", "100e-2", "true", "1.0000000000000000001"};
    lw_buf_str(b, number[below(sizeof number / sizeof *number)]);
}

/* Quoted as it must be, or with a closing quote in its middle. */
static void add_cell(struct lw_buf *b)
{
    size_t open = below(3);
    bool wide = below(2);
    lw_buf_str(b, open ? "\"" : "x");
    for (size_t n = 1 + below(30); n > 0; n--) {
        const char *s = any_letter(wide);
        if (strpbrk(s, "\",\n;") && !open)
            s = "b";
        if (open == 1 && n == 1) {
            lw_buf_str(b, "\"");
            open = 0;
        }
        lw_buf_str(b, *s == '"' ? "\"\"" : s);
    }
    lw_buf_str(b, open ? "\"" : "");
}

/* T a text, V a text or a number, N a number, I an id that may occur twice, C a cell. */
static void add_record(struct lw_buf *b, const char *pattern)
{
    for (; *pattern; pattern++)
        if (*pattern == 'T' || (*pattern == 'V' && below(2)))
            add_json(b);
        else if (*pattern == 'V' || *pattern == 'N')
            add_number(b);
        else if (*pattern == 'I')
            lw_buf_fmt(b, below(2) ? "\"ki~%zu\"" : "\"\\u006b%zu\"", below(RECORDS / 4));
        else if (*pattern == 'C')
            add_cell(b);
        else
            lw_buf_char(b, *pattern);
}

static const struct {
    const char *format, *head, *record, *joined;
    bool random;
} kinds[] = {
    {"native", "", "{\"id\":I,\"prompt\":T,\"responses\":[{\"text\":T},T]}\n", NULL, false},
    {"native", "", "{\"id\":I,\"prompt\":T,\"responses\":[{\"text\":T},T]}\n", NULL, true},
    {"native", "", "{\"prompt\":T,\"response\":T}\n", NULL, false},
    {"native", "[", "{\n  \"prompt\": T,\n  \"response\": T\n},\n", NULL, false},
    {"native", "{\"prompt\":\"p\"}\n", "{\"id\":I,\"prompt\":T,\n", NULL, false},
    {"pandalm", "",
        "{\"idx\":N,\"instruction\": V,\"input\":V,\"response1\":V,\"response2\":\nV}\n", NULL,
        false},
    {"trl-preference", "",
        "{\"chosen\":[{\"role\":\"user\",\"content\":T},{\"role\":T,\"content\":[T,{\"type\":"
        "\"ki\"}]}],"
        "\"rejected\":[{\"role\":\"system\",\"content\":T},{\"role\":\"k\",\"content\":T}]}\n",
        NULL, false},
    {"messages", "",
        "{\"id\":I,\"messages\":[{\"role\":\"user\",\"content\":T},{\"role\":\"tool\",\"content\":"
        "T,"
        "\"tool_calls\":[{\"function\":{\"name\":T,\"arguments\":{\"a\" : T, \"b\":[N, "
        "{\"c\":T}]}}},"
        "{\"function\":{\"name\":T,\"arguments\":T}}, {\"k\":N, \"i\":T}]}]}\n",
        NULL, false},
    {"sharegpt", "",
        "{\"conversations\":[{\"from\":\"human\",\"value\":V},{\"from\":\"gpt\",\"value\":V}]}\n",
        NULL, false},
    {"mt-bench-answers", "", "{\"question_id\":N,\"choices\":[{\"turns\":[V,V]}]}\n", NULL, false},
    {"mt-bench", "", "{\"question_id\":7,\"turns\":[T,V]}\n",
        "{\"question_id\":7,\"choices\":[{\"turns\":[V,V]}]}\n", false},
    {"xstest", "id,type,prompt,completion\n", "C,k,C,C\n", NULL, false},
    {"hatecheck", "case_id,functionality,text\n", ",k,C\n", NULL, false},
};

static void expect_same_of_kind(size_t kind)
{
    struct tasks_fixture r;
    struct lw_buf b = {0};
    tasks_fixture_make(&r);
    r.file[0].format = (char *)kinds[kind].format;
    r.file[0].join = (char *)(strstr(kinds[kind].format, "answers") ? "none" : NULL);
    lw_buf_str(&b, kinds[kind].head);
    for (int i = 0; i < RECORDS; i++)
        add_record(&b, kinds[kind].record);
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    lw_buf_clear(&b);
    for (int i = 0; i < 3 && kinds[kind].joined; i++)
        add_record(&b, kinds[kind].joined);
    tasks_fixture_put(&r, "b.jsonl", b.len ? b.data : "", b.len, "wb");
    r.project.ntasks = b.len ? 2 : 1;
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_true(lw_tasks_count(t) >= RECORDS);
    if (kinds[kind].random)
        lw_tasks_shuffle(t, 7);
    expect_same_of_some(t, RECORDS, 200);
    lw_tasks_close(t);
    lw_buf_fini(&b);
    tasks_fixture_remove(&r);
}

static void the_same_of_hard_records(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (seed = 1; seed < 4; seed++)
            expect_same_of_kind(i);
}

/* ---- words in disguise */

static void found_in_disguise(void **state)
{
    (void)state;
#define CALL(arguments)                                                                            \
    "{\"messages\":[{\"role\":\"assistant\",\"content\":null,\"function_call\":"                   \
    "{\"name\":\"get\",\"arguments\":" arguments "}}]}\n"
    static const struct {
        const char *format, *record, *needle;
    } rows[] = {
        {"native", "{\"prompt\":\"La\\u212ae\"}\n", "LAKE"},
        {"native", "{\"prompt\":\"Lak\xC4\xB0\"}\n", "laki"},
        {"native", "{\"prompt\":\"\\u65e5\\u672C\"}\n", "\xE6\x97\xA5\xE6\x9C\xAC"},
        {"native", "{\"prompt\":\"\\u0077ord\"}\n", "word"},
        {"native", "{\"prompt\":\"caf\xC3\xA9\"}\n", "cafe\xCC\x81"},
        {"native", "{\"prompt\":\"cafe\\u0301\"}\n", "caf\xC3\xA9"},
        {"native",
            "{\"prompt\":\"Stra\xC3\x9F"
            "e\"}\n",
            "STRASSE"},
        {"native", "{\"prompt\":\"\xEF\xAC\x81ne\"}\n", "fine"},
        {"native", "{\"prompt\":\"co\xC2\xADop\"}\n", "coop"},
        {"native", "{\"prompt\":\"co\\u00ADop\"}\n", "coop"},
        {"native", "{\"prompt\":\"\\ud835\\udc00b\"}\n", "ab"},
        {"native", "{\"prompt\":\"\xEF\xBD\xB1\"}\n", "\xE3\x82\xA2"},
        {"native", "{\"prompt\":\"\xE1\x84\x92\xE1\x85\xA1\"}\n", "\xED\x95\x98"},
        {"gsm8k", "question,answer\na,\xEF\xBC\xB7ord\n", "word"},
        {"pandalm",
            "{\"instruction\":100000000000000000000.0,\"response1\":\"a\",\"response2\":\"b\"}\n",
            "1e20"},
        {"trl-preference",
            "{\"chosen\":[{\"role\":\"user\",\"content\":\"fine\"},{\"role\":\"user\",\"content\":"
            "\"x\"}],\"rejected\":[{\"role\":\"tool\",\"content\":\"y\"}]}\n",
            " fine"},
        {"messages",
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
            "\"cat.png\"}]}]}\n",
            "cat.p"},
        {"named", "{\"question\":\"q?\",\"choices\":[\"one\",\"two\"]}\n", "B) t"},
        {"named", "{\"question\":\"q?\",\"choices\":[\"one\",\"two\"]}\n", "B"},
        {"messages", CALL("{ }"), "get"},
        {"messages", CALL("{ }"), "{}"},
        {"messages", CALL("[1, 2]"), "1,2"},
        {"messages", CALL("\"x\""), "x"},
        {"messages", CALL("{\"a\":\"\\u000ano\"}"), "nno"},
        {"messages", CALL("{\"a\":true}"), "\"a\":true"},
        {"gsm8k", "question,answer\na,\"wo\"rd\n", "word"},
        /* Some letters as escapes, with ASCII between. */
        {"native", "{\"prompt\":\"kh\\u00f4ng \xC4\x91\"}\n", "không đ"},
        {"native", "{\"prompt\":\"éa\\u00e8 o\"}\n", "éaè o"},
        {"native", "{\"prompt\":\"\\u00e9è o\"}\n", "éè o"},
        /* Other marks come before an iota that stands below its letter. */
        {"native", "{\"prompt\":\"kα\xCC\x87ι\"}\n", "kᾳ\xCC\x87"},
        {"native", "{\"prompt\":\"kᾳ\xCC\x87\"}\n", "kᾳ\xCC\x87"},
        {"native", "{\"prompt\":\"ᾳ\xCC\x87kind\"}\n", "ᾳ\xCC\x87kind"},
        {"native", "{\"prompt\":\"\\u1fb3\\u0307kind\"}\n", "ᾳ\xCC\x87kind"},
        /* Characters in many forms. */
        {"native", "{\"prompt\":\"\xCE\xB8, the angle between them\"}\n", "\xCE\xB8"},
        {"native", "{\"prompt\":\"\xCF\xB4, the angle between them\"}\n", "\xCE\xB8"},
        {"native", "{\"prompt\":\"\xEF\xA4\x8A is written so, too\"}\n", "\xE9\x87\x91"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tasks_fixture r;
        size_t cost = 0;
        tasks_fixture_make(&r);
        r.file[0].format = (char *)rows[i].format;
        tasks_fixture_write(&r, "a.jsonl", rows[i].record);
        struct lw_tasks *t = tasks_fixture_open_whole(&r);
        struct lw_search *m = lw_search_new(t, rows[i].needle, strlen(rows[i].needle));
        if (!lw_search_in(m, 0, &cost))
            fail_msg("%s is not found in %s", rows[i].needle, rows[i].record);
        lw_search_free(m);
        lw_tasks_close(t);
        tasks_fixture_remove(&r);
    }
}

/* ---- order */

static void found_again_before_what_was_looked_at(void **state)
{
    (void)state;
    struct tasks_fixture r;
    size_t cost = 0;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl", "{\"prompt\":\"word\"}\n{\"prompt\":\"other\"}\n");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    struct lw_search *m = lw_search_new(t, "word", 4);
    assert_true(lw_search_in(m, 0, &cost));
    assert_false(lw_search_in(m, 1, &cost));
    assert_true(lw_search_in(m, 0, &cost));
    lw_search_free(m);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

/* ---- real data */

static size_t opened;

static void expect_same_of_file(const char *path, const char *name)
{
    struct lw_project *project = NULL;
    struct lw_problems problems = {0};
    struct lw_tasks *t;
    bool made;
    (void)name;
    if (lw_project_open(&lw_sys_real, path, false, &project, &made, &problems, NULL) == LW_OK &&
        lw_tasks_open(&lw_sys_real, project, &t, NULL) == LW_OK) {
        tasks_fixture_finish(t);
        expect_same_of_some(t, SAMPLE, NEEDLES);
        lw_tasks_close(t);
        opened++;
    }
    lw_problems_fini(&problems);
    lw_project_free(project);
}

static void the_same_of_real_data(void **state)
{
    (void)state;
    each_shared_file(expect_same_of_file);
    assert_true(opened > 10);
}

/* ---- what makes it fast */

static size_t cost_of(struct lw_tasks *t, const char *needle)
{
    struct lw_search *m = lw_search_new(t, needle, strlen(needle));
    size_t cost = 0;
    for (size_t i = 0; i < lw_tasks_count(t); i++)
        assert_false(lw_search_in(m, i, &cost));
    lw_search_free(m);
    return cost;
}

static void records_without_the_words_are_not_parsed(void **state)
{
    (void)state;
    static const char *const fast[] = {"Words nobody wrote", "kick", "gar\xC3\xA7on", "2024", "abc",
        "\xE6\x97\xA5\xE6\x9C\xAC", "w00001 w00003", "\xC3\xA7", "naïve", "дом", "ДОМ", "ΣΊΣΥΦΟΣ",
        "क्या", "ภาษา", "한국어", "עִברִית", "العربية", "漢字"};
    struct tasks_fixture r;
    struct lw_buf b = {0};
    tasks_fixture_make(&r);
    for (int i = 0; i < 2000; i++) {
        lw_buf_fmt(
            &b, "{\"id\":\"t%d\",\"prompt\":\"It\xE2\x80\x99s \\u2013 3.5 x\",\"response\":\"", i);
        for (int k = 0; k < 100; k++)
            lw_buf_str(&b, k % 10 ? "w00002 " : "w00002\\n");
        lw_buf_str(&b, "\"}\n");
    }
    tasks_fixture_put(&r, "a.jsonl", b.data, b.len, "wb");
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    size_t slow = cost_of(t, "?!");
    for (size_t i = 0; i < sizeof fast / sizeof *fast; i++) {
        r.bytes_read = 0;
        size_t cost = cost_of(t, fast[i]);
        if (cost > slow / 5 || r.bytes_read > b.len + b.len / 8)
            fail_msg("\"%s\" cost %zu of %zu, %llu of %zu bytes", fast[i], cost, slow,
                (unsigned long long)r.bytes_read, b.len);
    }
    lw_tasks_close(t);
    lw_buf_fini(&b);
    tasks_fixture_remove(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_of_hard_records),
        cmocka_unit_test(found_in_disguise),
        cmocka_unit_test(found_again_before_what_was_looked_at),
        cmocka_unit_test(the_same_of_real_data),
        cmocka_unit_test(records_without_the_words_are_not_parsed),
    };
    return lw_locale_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
