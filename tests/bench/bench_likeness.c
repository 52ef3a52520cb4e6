/* A prompt compared with all earlier ones for likeness, as is done between keys while it is typed:
 * against looking for one word through the same texts in the same run. And what it takes to keep a
 * text for that, against reading its label from JSON.
 *
 * usage: bench_likeness [TEXTS]      10,000 unless said otherwise */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "labelwright/base/buf.h"
#include "labelwright/text/likeness.h"

#include <stdint.h>
#include <string.h>

enum { RUNS = 25, WORDS = 60, VOCABULARY = 5000 };

static uint32_t seed = 1;

static uint32_t random_below(uint32_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)seed * n >> 32);
}

/* Frequent words are frequent, as in any language. */
static void add_words(struct lw_buf *to, int n)
{
    static const char *const parts[] = {
        "ta", "re", "mo", "lin", "ver", "so", "ken", "a", "u", "pi"};
    for (int i = 0; i < n; i++) {
        uint32_t word = random_below(random_below(random_below(VOCABULARY) + 1) + 1);
        for (lw_buf_char(to, ' '); word; word /= 10)
            lw_buf_str(to, parts[word % 10]);
        lw_buf_str(to, "n");
    }
}

static double check(const struct lw_likeness *l, const struct lw_buf *text, bool expected)
{
    double took[RUNS];
    struct lw_like like;
    for (int i = 0; i < RUNS; i++) {
        double a = bench_seconds();
        bool found = lw_likeness_find(l, text->data, text->len, 0, &like);
        took[i] = bench_seconds() - a;
        bench_must(found == expected, "found what is not there, or not what is");
    }
    return bench_median(took, RUNS);
}

static double look_for_a_word(const struct lw_buf *all)
{
    double took[RUNS];
    for (int i = 0; i < RUNS; i++) {
        double a = bench_seconds();
        bench_must(!memmem(all->data, all->len, " tazlin", 7), "a word that is not there");
        took[i] = bench_seconds() - a;
    }
    return bench_median(took, RUNS);
}

int main(int argc, char **argv)
{
    int texts = argc > 1 ? atoi(argv[1]) : 10000;
    struct lw_buf all = {0}, one = {0}, other = {0};
    struct lw_likeness *l = lw_likeness_new();
    double parse = 0, keep = 0;
    for (int i = 0; i < texts; i++) {
        lw_buf_clear(&one);
        add_words(&one, WORDS / 2 + (int)random_below(WORDS));
        lw_buf_add(&all, one.data, one.len);
        json_t *label = json_pack("{s:s, s:{s:s}}", "type", "annotate", "answers", "p", one.data);
        char *line = json_dumps(label, JSON_COMPACT);
        json_decref(label);
        double a = bench_seconds();
        json_decref(json_loads(line, 0, NULL));
        double b = bench_seconds();
        lw_likeness_add(l, (uint64_t)i + 1, one.data, one.len);
        parse += b - a;
        keep += bench_seconds() - b;
        free(line);
    }
    add_words(&other, WORDS);
    double word = look_for_a_word(&all), differs = check(l, &other, false),
           same = check(l, &one, true);
    printf("%d texts, %.1f MB\n", texts, (double)all.len / 1e6);
    printf("like none   %6.2f ms, %4.1f times looking for a word (aim 1)\n", differs * 1e3,
        differs / word);
    printf(
        "like one    %6.2f ms, %4.1f times looking for a word (aim 1)\n", same * 1e3, same / word);
    printf("kept        %6.1f us a text, %4.1f times parsing its label (aim 3)\n",
        keep / texts * 1e6, keep / parse);
    lw_likeness_free(l);
    lw_buf_fini(&all);
    lw_buf_fini(&one);
    lw_buf_fini(&other);
    return 0;
}
