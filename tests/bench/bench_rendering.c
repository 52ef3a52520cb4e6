/* What it costs to lay out a megabyte of Markdown, against md_html() of libmd4c-html on the same
 * text in the same run, interleaved: medians. And how many bytes go to the terminal when an answer
 * that is laid out is scrolled by a line. The texts are answers of a model (LW_SHARED).
 *
 * usage: bench_rendering     LW_PROGRAM names labelwright */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/bench.h"
#include "fixtures/pty.h"
#include "labelwright/base/buf.h"
#include "labelwright/markup/rendering.h"
#include "labelwright/text/glyph.h"

#include <string.h>

enum { ROUNDS = 15, WIDTH = 100, SCREEN = 50, ROWS = 40, COLS = 140, QUIET_MS = 200, KEYS = 24 };

/* ---- texts */

static FILE *open_answers(void)
{
    const char *shared = getenv("LW_SHARED");
    char *path = lw_format("%s/data/markdown/arenahard01_gpt-4-0314.jsonl", shared ? shared : "");
    FILE *f = fopen(path, "r");
    free(path);
    return f;
}

/* The next answer; new reference, NULL at the end. */
static json_t *next_answer(FILE *f)
{
    char *line = NULL;
    size_t cap = 0;
    json_t *answer = NULL;
    if (getline(&line, &cap, f) > 0) {
        json_t *record = json_loads(line, 0, NULL);
        json_t *last = json_array_get(json_object_get(record, "messages"), 1);
        answer = json_incref(json_object_get(json_object_get(last, "content"), "answer"));
        json_decref(record);
    }
    free(line);
    return answer;
}

static void join_answers(FILE *f, struct lw_buf *to)
{
    for (json_t *a; (a = next_answer(f)); json_decref(a)) {
        lw_buf_str(to, json_string_value(a));
        lw_buf_str(to, "\n\n");
    }
}

/* ---- time */

/* Lays out so many lines, and reads so many of them. */
static double time_layout(const struct lw_buf *text, size_t lines, size_t read)
{
    double start = bench_seconds();
    struct lw_rendering *r =
        lw_rendering_new(text->data, text->len, true, (struct lw_reading_opts){.cols = WIDTH});
    size_t n = lw_rendering_reach(r, lines), runs = 0;
    for (size_t i = 0; i < n && i < read; i++)
        runs += lw_rendering_line(r, i).nruns;
    double s = bench_seconds() - start;
    bench_must(runs > 0 || read == 0, "no line shows anything");
    lw_rendering_free(r);
    return s;
}

#ifdef LW_HAVE_MD4C_HTML
#include <md4c-html.h>

static void add_html(const MD_CHAR *text, MD_SIZE n, void *to)
{
    lw_buf_add(to, text, n);
}

static double time_html(const struct lw_buf *text)
{
    struct lw_buf html = {0};
    unsigned flags =
        MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEAUTOLINKS;
    double start = bench_seconds();
    bench_must(md_html(text->data, (MD_SIZE)text->len, add_html, &html, flags, 0) == 0, "md_html");
    double s = bench_seconds() - start;
    lw_buf_fini(&html);
    return s;
}

static void print_ratio(const char *what, double *v, double html, const char *aim)
{
    double t = bench_median(v, ROUNDS);
    printf("%-34s %9.2f ms  %6.3f x md_html%s\n", what, t * 1e3, t / html, aim);
}

static void compare(const struct lw_buf *text)
{
    double whole[ROUNDS], read[ROUNDS], first[ROUNDS], html[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        whole[i] = time_layout(text, SIZE_MAX, SCREEN);
        html[i] = time_html(text);
        read[i] = time_layout(text, SIZE_MAX, SIZE_MAX);
        first[i] = time_layout(text, SCREEN, SCREEN);
    }
    double ref = bench_median(html, ROUNDS);
    printf("%zu bytes of Markdown, %d columns, median of %d\n", text->len, WIDTH, ROUNDS);
    print_ratio("all of it", whole, ref, "   aim 2");
    print_ratio("the same, and every line is read", read, ref, "");
    print_ratio("the first screen", first, ref, "   aim 0.1");
}
#else
static void compare(const struct lw_buf *text)
{
    (void)text;
    printf("SKIPPED: the time of a layout needs libmd4c-html0-dev, which is not installed.\n");
}
#endif

/* ---- bytes */

/* A project of one task with one answer in the folder that is the current one. */
static void make_project(json_t *answer)
{
    FILE *f = fopen("tasks.jsonl", "w"), *project = fopen("project.yaml", "w");
    json_t *task = json_pack("{s:s, s:[{s:O}]}", "prompt", "p", "responses", "text", answer);
    bench_must(f && project && json_dumpf(task, f, JSON_COMPACT) == 0, "cannot write");
    fputs("labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
          "  - {name: quality, type: rating, scale: {min: 1, max: 5}, on: response}\n",
        project);
    bench_must(fclose(f) == 0 && fclose(project) == 0, "cannot write");
    json_decref(task);
}

static double bytes_a_line(json_t *answer)
{
    make_project(answer);
    const char *argv[] = {getenv("LW_PROGRAM"), "label", ".", NULL};
    const char *const env[] = {"XDG_CONFIG_HOME=/nonexistent", NULL};
    struct lw_pty *p = lw_pty_start(ROWS, COLS, env, argv);
    lw_pty_wait_text(p, "? help");
    lw_pty_settle(p, QUIET_MS);
    size_t before = lw_pty_bytes(p);
    for (int i = 0; i < KEYS; i++) {
        lw_pty_send(p, "j", 1);
        lw_pty_settle(p, QUIET_MS);
    }
    double bytes = (double)(lw_pty_bytes(p) - before) / KEYS;
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "\r");
    bench_must(lw_pty_wait_exit(p) == 0, "labelwright failed");
    lw_pty_free(p);
    return bytes;
}

/* Long ones, so that every key scrolls. */
static void scroll(FILE *f)
{
    enum { ANSWERS = 5, LONG = 4000 };
    double bytes[ANSWERS];
    size_t n = 0;
    for (json_t *a; n < ANSWERS && (a = next_answer(f)); json_decref(a)) {
        const char *s = json_string_value(a);
        if (json_string_length(a) <= LONG || !lw_is_markdown(s, strlen(s)))
            continue;
        char folder[] = "rendering-XXXXXX";
        bench_must(mkdtemp(folder) && chdir(folder) == 0, "cannot make a folder");
        bytes[n++] = bytes_a_line(a);
        char *clean = lw_format("rm -rf %s", folder);
        bench_must(chdir("..") == 0 && system(clean) == 0, clean);
        free(clean);
    }
    bench_must(n > 0, "no long answer");
    printf("%-34s %9.0f bytes                aim 160\n", "a scrolled line laid out",
        bench_median(bytes, n));
}

int main(void)
{
    struct lw_buf text = {0};
    FILE *f = open_answers();
    if (!f || !lw_locale_init()) {
        printf("skip: no LW_SHARED\n");
        return 0;
    }
    join_answers(f, &text);
    compare(&text);
    rewind(f);
    if (getenv("LW_PROGRAM"))
        scroll(f);
    else
        printf("SKIPPED: bytes to the terminal need LW_PROGRAM.\n");
    fclose(f);
    lw_buf_fini(&text);
    return 0;
}
