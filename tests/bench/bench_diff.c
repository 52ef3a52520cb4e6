/* The word diff of two texts of 50,000 words, against `git diff --word-diff` of the same two files,
 * interleaved in one run: medians. The texts are answers of a model (LW_SHARED) and what becomes of
 * them when words are changed and paragraphs moved.
 * usage: bench_diff [FOLDER [WORDS]]      aim: half the time of git or less, for each pair
 * With LW_PROGRAM and LW_BEFORE, another build of it, also the processor time of the key that shows
 * the diff of the first pair, and of a line scrolled in it, in both. */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "bench/beside.h"
#include "labelwright/base/buf.h"
#include "labelwright/text/diff.h"

#include <stdint.h>
#include <string.h>

enum { ROUNDS = 15 };

static uint32_t seed = 1;

static uint32_t random_below(uint32_t n)
{
    seed = seed * 1664525U + 1013904223U;
    return (uint32_t)((uint64_t)n * (seed >> 1) >> 31);
}

/* ---- texts */

/* The answers of the file, one after the other, until there are as many words. */
static void read_answers(FILE *f, size_t from, size_t words, struct lw_buf *to)
{
    char *line = NULL;
    size_t cap = 0, seen = 0;
    while (seen < from + words && getline(&line, &cap, f) > 0) {
        json_t *record = json_loads(line, 0, NULL);
        json_t *last = json_array_get(json_object_get(record, "messages"), 1);
        const char *s =
            json_string_value(json_object_get(json_object_get(last, "content"), "answer"));
        for (; s && *s && seen < from + words; s++) {
            seen += *s > ' ' && s[1] <= ' ' && s[1] >= 0;
            if (seen >= from)
                lw_buf_char(to, *s);
        }
        if (seen >= from)
            lw_buf_str(to, "\n\n");
        json_decref(record);
    }
    free(line);
    rewind(f);
}

/* One of `each` words becomes another, gets a neighbour or goes. */
static void change_words(const struct lw_buf *from, uint32_t each, struct lw_buf *to)
{
    static const char *const other[] = {
        "perhaps", "the", "a", "therefore", "method", "of", "which"};
    for (const char *s = from->data; *s;) {
        size_t blank = strspn(s, " \n"), n = strcspn(s + blank, " \n");
        lw_buf_add(to, s, blank);
        s += blank;
        uint32_t what = random_below(each) ? 3 : random_below(3);
        if (what == 1 || what == 3)
            lw_buf_add(to, s, n);
        if (what == 1)
            lw_buf_char(to, ' ');
        if (what < 2)
            lw_buf_str(to, other[random_below(7)]);
        s += n;
    }
}

/* One of twenty paragraphs moves behind some of the next ones. */
static void move_paragraphs(const struct lw_buf *from, struct lw_buf *to)
{
    struct lw_buf held = {0};
    for (const char *s = from->data; *s;) {
        const char *end = strstr(s, "\n\n");
        size_t n = end ? (size_t)(end - s) + 2 : strlen(s);
        if (!held.len && random_below(20) == 0) {
            lw_buf_add(&held, s, n);
        } else {
            lw_buf_add(to, s, n);
            if (held.len && random_below(4) == 0) {
                lw_buf_add(to, held.data, held.len);
                lw_buf_clear(&held);
            }
        }
        s += n;
    }
    lw_buf_fini(&held);
}

static void write_file(const char *name, const struct lw_buf *text)
{
    FILE *f = fopen(name, "w");
    bench_must(f && fwrite(text->data, 1, text->len, f) == text->len && fclose(f) == 0, name);
}

/* ---- figures */

/* git ends with 1 when the files differ. */
static double time_git(void)
{
    double start = bench_seconds();
    int status = system("git diff --no-index --word-diff a b > /dev/null");
    double s = bench_seconds() - start;
    bench_must(WIFEXITED(status) && WEXITSTATUS(status) <= 1, "cannot run git");
    return s;
}

static void compare(const char *name, const struct lw_buf *a, const struct lw_buf *b)
{
    double ours[ROUNDS], git[ROUNDS];
    struct lw_diff d = {0};
    write_file("a", a);
    write_file("b", b);
    for (int i = 0; i < ROUNDS; i++) {
        double start = bench_seconds();
        lw_diff_words(&d, a->data, a->len, b->data, b->len);
        ours[i] = bench_seconds() - start;
        git[i] = time_git();
    }
    double t = bench_median(ours, ROUNDS), ref = bench_median(git, ROUNDS);
    printf("%-34s %9.1f ms  %6.2f x git   aim 0.5   %zu words out, %zu in%s\n", name, t * 1e3,
        t / ref, d.words_out, d.words_in, d.coarse ? ", coarse" : "");
    lw_diff_fini(&d);
}

static void compare_changed(const char *name, const struct lw_buf *a, uint32_t each, bool moved)
{
    struct lw_buf b = {0}, c = {0};
    change_words(a, each, &b);
    if (moved)
        move_paragraphs(&b, &c);
    compare(name, a, moved ? &c : &b);
    lw_buf_fini(&b);
    lw_buf_fini(&c);
}

/* Another key in the middle of a text of which 1 % was changed, against a diff from scratch. */
static void compare_update(const struct lw_buf *a)
{
    double update[ROUNDS], scratch[ROUNDS];
    struct lw_buf b = {0};
    struct lw_diff d = {0};
    change_words(a, 100, &b);
    lw_diff_words(&d, a->data, a->len, b.data, b.len);
    for (int i = 0; i < ROUNDS; i++) {
        size_t at = b.len / 2;
        lw_buf_char(&b, ' ');
        memmove(b.data + at + 1, b.data + at, b.len - at - 1);
        b.data[at] = 'x';
        double start = bench_seconds();
        lw_diff_update(&d, a->data, a->len, b.data, b.len, at, 0, 1);
        update[i] = bench_seconds() - start;
        start = bench_seconds();
        lw_diff_words(&d, a->data, a->len, b.data, b.len);
        scratch[i] = bench_seconds() - start;
    }
    double t = bench_median(update, ROUNDS);
    printf("%-34s %9.3f ms  %7.3f x from scratch\n", "one more key", t * 1e3,
        t / bench_median(scratch, ROUNDS));
    lw_diff_fini(&d);
    lw_buf_fini(&b);
}

/* ---- in the program, beside another build */

static struct lw_buf pair_task;

static void make_pair(const struct lw_buf *a)
{
    struct lw_buf b = {0};
    change_words(a, 100, &b);
    json_t *task = json_pack("{s:s, s:[{s:s#}, {s:s#}]}", "prompt", "p", "responses", "text",
        a->data, (int)a->len, "text", b.data, (int)b.len);
    char *line = json_dumps(task, JSON_COMPACT);
    lw_buf_fmt(&pair_task, "%s\n", line);
    free(line);
    json_decref(task);
    lw_buf_fini(&b);
}

static void compare_in_program(void **state)
{
    (void)state;
    struct beside b = {0};
    double shown[BESIDE_MOST], scrolled[BESIDE_MOST];
    beside_open(&b);
    beside_write(&b, "tasks.jsonl", &pair_task);
    beside_prepare(&b, "tasks.jsonl");
    for (size_t i = 0; i < b.n; i++) {
        struct lw_pty *p = beside_start(&b, i, "tasks.jsonl", 40, 140, NULL);
        shown[i] = beside_key_ms(p, "", "d", 1);
        scrolled[i] = beside_key_ms(p, "", "j", 8);
        lw_pty_free(p);
    }
    beside_print(&b, "the key that shows it", shown, 1, "ms in the program");
    printf("\n");
    beside_print(&b, "a line scrolled in it", scrolled, 2, "ms in the program");
    printf("\n");
    assert_int_equal(beside_close(&b), 0);
}

int main(int argc, char **argv)
{
    char folder[200], path[4096];
    snprintf(folder, sizeof folder, "%s/bench-XXXXXX", argc > 1 ? argv[1] : ".");
    size_t words = argc > 2 ? (size_t)atol(argv[2]) : 50000;
    const char *shared = getenv("LW_SHARED");
    snprintf(
        path, sizeof path, "%s/data/markdown/arenahard01_gpt-4-0314.jsonl", shared ? shared : "");
    FILE *f = fopen(path, "r");
    if (!f) {
        printf("skip: no LW_SHARED\n");
        return 0;
    }
    bench_must(mkdtemp(folder) && chdir(folder) == 0, "cannot make a folder");
    struct lw_buf a = {0}, b = {0};
    read_answers(f, 0, words, &a);
    read_answers(f, words, words, &b);
    printf("%zu words, %zu bytes, median of %d\n", words, a.len, ROUNDS);
    compare_changed("1 % of the words changed", &a, 100, false);
    compare_changed("10 % of the words changed", &a, 10, false);
    compare_changed("paragraphs moved, 1 % changed", &a, 100, true);
    compare("two other texts", &a, &b);
    compare_update(&a);
    make_pair(&a);
    const struct CMUnitTest beside[] = {cmocka_unit_test(compare_in_program)};
    int failed = beside_is_wanted() ? cmocka_run_group_tests(beside, NULL, NULL) : 0;
    lw_buf_fini(&pair_task);
    lw_buf_fini(&a);
    lw_buf_fini(&b);
    fclose(f);
    return system("rm -r a b") || rmdir(folder) ? failed : failed;
}
