/* Words and sentences as places for a cursor. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/text/units.h"
#include "labelwright/text/unspaced.h"

#include "fixtures/shared_data.h"

struct cut {
    const char *s;
    struct lw_buf words;
};

static void add(void *ctx, size_t at, size_t end)
{
    struct cut *c = ctx;
    lw_buf_str(&c->words, c->words.len ? "|" : "");
    lw_buf_add(&c->words, c->s + at, end - at);
}

static void words_are(const char *text, const char *expected)
{
    struct cut c = {.s = text};
    lw_each_word(text, strlen(text), add, &c);
    assert_string_equal(c.words.data ? c.words.data : "", expected);
    lw_buf_fini(&c.words);
}

static void words_have_a_letter_or_a_digit(void **state)
{
    (void)state;
    words_are("", "");
    words_are(" -- ... ", "");
    words_are("It's 3.14, don't (you) think?", "It's|3.14|don't|you|think");
    words_are("na\xC3\xAFve caf\x65\xCC\x81 \xF0\x9F\x98\x80 e-mail",
        "na\xC3\xAFve|caf\x65\xCC\x81|e|mail");
    words_are("\xE6\x9D\xB1\xE4\xBA\xAC\xE3\x81\xAF", "\xE6\x9D\xB1|\xE4\xBA\xAC|\xE3\x81\xAF");
}

static void thai_goes_by_its_dictionary(void **state)
{
    (void)state;
    if (!lw_unspaced_dictionary()) {
        printf("skip: no dictionary for Thai\n");
        skip();
    }
    words_are(
        "ab \xE0\xB9\x84\xE0\xB8\x9B\xE0\xB9\x82\xE0\xB8\xA3\xE0\xB8\x87\xE0\xB9\x80\xE0\xB8\xA3"
        "\xE0\xB8\xB5\xE0\xB8\xA2\xE0\xB8\x99 cd",
        "ab|\xE0\xB9\x84\xE0\xB8\x9B|\xE0\xB9\x82\xE0\xB8\xA3\xE0\xB8\x87\xE0\xB9\x80\xE0\xB8\xA3"
        "\xE0\xB8\xB5\xE0\xB8\xA2\xE0\xB8\x99|cd");
}

/* "^" stands where a sentence begins. */
static void sentences_are(const char *marked)
{
    struct lw_buf plain = {0}, got = {0};
    for (const char *c = marked; *c; c++)
        if (*c != '^')
            lw_buf_char(&plain, *c);
    for (size_t i = 0; i < plain.len; i++) {
        char c = plain.data[i];
        bool starts = ((unsigned char)c & 0xC0) != 0x80 && !strchr(" \n", c);
        if (starts && lw_begins_sentence(plain.data, plain.len, i))
            lw_buf_char(&got, '^');
        lw_buf_char(&got, c);
    }
    assert_string_equal(got.data, marked);
    lw_buf_fini(&plain);
    lw_buf_fini(&got);
}

static void sentences_begin_behind_a_stop_and_a_blank(void **state)
{
    (void)state;
    sentences_are("^One. ^Two? ^Three! ^Four\xE2\x80\xA6 ^Five");
    sentences_are("^She said \"no.\" ^He left (early.) ^Then **bold.** ^So");
    sentences_are("^Dr. ^But J. Smith paid 3.50 e.g. in Rome.");
    sentences_are("^1. First thing. ^20. Second.");
    sentences_are("^A line\nthat goes on.\n^Another\n\n^one");
    sentences_are("^\xE4\xB8\x80\xE3\x80\x82^\xE4\xBA\x8C\xEF\xBC\x81^\xE4\xB8\x89");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_a_letter_or_a_digit),
        cmocka_unit_test(thai_goes_by_its_dictionary),
        cmocka_unit_test(sentences_begin_behind_a_stop_and_a_blank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
