/* Misspelt words, with the dictionaries of enchant; and what needs none: how texts are cut, which
 * words are left alone, lists of added words. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/spell/spell_language.h"
#include "labelwright/spell/speller.h"
#include "labelwright/text/unspaced.h"
#include "spell/dictionary_internal.h"
#include "spell/word_cut_internal.h"
#include "spell/word_forms_internal.h"

/* ---- folders of the lists */

static char top[] = "/tmp/lw-speller-XXXXXX";

static int open_dir(void *ctx, enum lw_word_list_of which, bool make)
{
    const char *name = which == LW_WORDS_PROJECT ? "project" : "user";
    int at = open(top, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd;
    (void)ctx;
    if (make)
        mkdirat(at, name, 0700);
    fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    close(at);
    return fd;
}

static const struct lw_speller_setup setup = {&lw_sys_real, open_dir, NULL};

/* The files of the lists; NULL for none. */
static char *list_text(enum lw_word_list_of which)
{
    struct lw_buf b = {0};
    int dir = open_dir(NULL, which, false);
    enum lw_code code =
        dir < 0 ? LW_EABSENT : lw_file_read(&lw_sys_real, dir, "words", NULL, 1 << 20, &b, NULL);
    if (dir >= 0)
        close(dir);
    return code == LW_OK ? lw_buf_detach(&b) : NULL;
}

static void put_list(enum lw_word_list_of which, const char *text)
{
    int dir = open_dir(NULL, which, true);
    assert_int_equal(
        lw_file_replace(&lw_sys_real, dir, "words", text, strlen(text), false, NULL), LW_OK);
    close(dir);
}

static int forget_lists(void **state)
{
    (void)state;
    for (int i = 0; i < LW_WORD_LIST_COUNT; i++) {
        int dir = open_dir(NULL, (enum lw_word_list_of)i, false);
        if (dir >= 0) {
            unlinkat(dir, "words", 0);
            close(dir);
        }
    }
    return 0;
}

/* ---- words as "a|b" */

static char *misspelt_in(struct lw_speller *sp, const char *s, const struct lw_byte_range *skip,
    size_t nskip, size_t step)
{
    struct lw_misspelt found = {0};
    struct lw_buf b = {0};
    lw_buf_str(&b, "");
    while (!lw_speller_check(sp, &found, s, strlen(s), skip, nskip, step))
        ;
    for (size_t i = 0; i < found.n; i++)
        lw_buf_fmt(&b, "%s%.*s", i ? "|" : "", (int)found.v[i].len, s + found.v[i].at);
    lw_misspelt_fini(&found);
    return lw_buf_detach(&b);
}

static void has_misspelt(struct lw_speller *sp, const char *s, const char *expected)
{
    for (size_t step = 1; step <= LW_SPELL_STEP; step *= LW_SPELL_STEP) {
        char *got = misspelt_in(sp, s, NULL, 0, step);
        if (strcmp(got, expected) != 0)
            fail_msg("%s\n  expected %s\n  got      %s", s, expected, got);
        free(got);
    }
}

static void skip_without(const char *tag)
{
    char package[64];
    if (lw_spelling_has(tag))
        return;
    lw_spell_language_package(tag, package, sizeof package);
    print_message("skip: no dictionary for %s here. Install %s.\n", tag, package);
    skip();
}

static struct lw_speller *speller_in(const char *const *tags)
{
    struct lw_speller *sp = lw_speller_new(&setup, NULL);
    lw_speller_languages(sp, tags);
    return sp;
}

struct row {
    const char *text, *misspelt;
};

static void check_language(const char *tag, const struct row *row, size_t n)
{
    const char *const tags[] = {tag, NULL};
    skip_without(tag);
    struct lw_speller *sp = speller_in(tags);
    assert_null(lw_speller_lacks(sp));
    for (size_t i = 0; i < n; i++)
        has_misspelt(sp, row[i].text, row[i].misspelt);
    lw_speller_free(sp);
}
#define CHECK(tag, rows) check_language(tag, rows, sizeof rows / sizeof *(rows))

/* ---- languages */

static void catalan(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"La col·lecció de l'home, d'acord amb l’home d’ahir.", ""},
        {"La co\u0140lecció i la col‧lecció; una colecció i una col.lecció.",
            "colecció|col.lecció"},
        {"cafè cafe\u0300 cafe", "cafe"},
        {"Cal anar-se'n, dona-me-la i compra'l; anar-sen", "sen"},
        {"l'API de l'ONG, d'OpenAI i d'Anthropic", ""},
        {"l'homme", "l'homme"},
    };
    CHECK("ca", rows);
}

static void finnish(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Kuntavaalikoneiden linja-auto Helsingissä", ""},
        {"Ihmisoikeuksien yleismaailmallinen julistuz", "julistuz"},
        {"Hyva\u0308a\u0308 pa\u0308iva\u0308a\u0308, kokoontumis- ja alkeisopetus", ""},
    };
    CHECK("fi", rows);
}

static void bulgarian(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Всички хора се раждат свободни", ""},
        {"Здравеи, човек! Hello wrold", "Здравеи"},
    };
    CHECK("bg", rows);
}

static void spanish(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"¿Qué canción cancio\u0301n prefieres, niño?", ""},
        {"La cancion «bonnita»", "cancion|bonnita"},
    };
    CHECK("es", rows);
}

static void vietnamese(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"hòa hoà thủy thuỷ khỏe khoẻ Hòa HÒA Thủy", ""},
        {"Tất cả mọi người đều được sinh ra tự do", ""},
        {"tie\u0302\u0301ng Vie\u0323\u0302t", ""},
        {"quý qúy nghĩa nghiã", "qúy|nghiã"},
    };
    CHECK("vi", rows);
}

static void english(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"I don't and don’t; John's and John’s.", ""},
        {"Teh wrold isn't recieved", "Teh|wrold|recieved"},
        {"A well-known e-mail re-enters the pre-built room -- by Wi-Fi", ""},
        {"Привет means helo", "helo"},
        {"This is the end.Next sentense", "sentense"},
    };
    CHECK("en_US", rows);
}

static void thai(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"มนุษย์ทั้งปวงเกิดมามีอิสระ and wrold", ""},
        {"ประเทศไทยกฟหกดสวย", "ยกฟหกด"},
    };
    if (!lw_unspaced_dictionary()) {
        print_message("skip: nothing here finds Thai words. Install ICU.\n");
        skip();
    }
    CHECK("th", rows);
}

static void a_word_is_right_in_any_of_several_languages(void **state)
{
    (void)state;
    static const char *const tags[] = {"ca", "es", "bg", NULL}, *const fewer[] = {"es", NULL};
    for (size_t i = 0; tags[i]; i++)
        skip_without(tags[i]);
    struct lw_speller *sp = speller_in(tags);
    has_misspelt(sp, "xarxa canción здравей xyzzyx здравеи", "xyzzyx|здравеи");
    lw_speller_languages(sp, fewer);
    has_misspelt(sp, "xarxa canción здравеи", "xarxa");
    lw_speller_languages(sp, NULL);
    has_misspelt(sp, "aquesta xyzzyx", "");
    lw_speller_free(sp);
}

static void suggests_what_may_have_been_meant(void **state)
{
    (void)state;
    static const char *const tags[] = {"en_US", "es", NULL};
    struct lw_suggestions s;
    skip_without("en_US");
    skip_without("es");
    struct lw_speller *sp = speller_in(tags);
    lw_speller_suggest(sp, "recieve", 7, &s);
    assert_true(s.n > 1 && s.n <= LW_SUGGESTIONS_MAX);
    assert_string_equal(s.v[0], "receive");
    lw_suggestions_fini(&s);
    lw_speller_suggest(sp, "dont’s", strlen("dont’s"), &s);
    for (size_t i = 0; i < s.n; i++)
        assert_null(strchr(s.v[i], '\''));
    lw_suggestions_fini(&s);
    lw_speller_suggest(sp, "здравеи", strlen("здравеи"), &s);
    assert_int_equal(s.n, 0);
    lw_speller_free(sp);
}

/* ---- without dictionaries of others */

static const char *const known[] = {"the", "cat", "anar-se'n", "l’home", "hoà", "don't"};

static const char *fake_library(void)
{
    return "fake 1";
}

static bool fake_has(const char *tag)
{
    return strcmp(tag, "en") == 0 || strcmp(tag, "vi") == 0;
}

static size_t opened;

static void *fake_open(const char *tag)
{
    opened += fake_has(tag);
    return fake_has(tag) ? strdup(tag) : NULL;
}

static size_t asked;

static bool fake_check(void *dictionary, const char *word, size_t n)
{
    (void)dictionary;
    asked++;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i]) == n && memcmp(known[i], word, n) == 0)
            return true;
    return false;
}

static void fake_suggest(void *dictionary, const char *word, size_t n,
    void (*each)(void *ctx, const char *word), void *ctx)
{
    (void)word, (void)n;
    for (char c = 'a'; c < 'z'; c++)
        each(ctx, (char[]){*(char *)dictionary, c, 0});
    each(ctx, "\xff");
}

static void fake_list(void (*each)(void *ctx, const char *tag, const char *by), void *ctx)
{
    (void)each, (void)ctx;
}

static const struct lw_dictionaries fake = {
    fake_library, fake_has, fake_open, free, fake_check, fake_suggest, fake_list};

static struct lw_speller *fake_speller(const char *const *tags)
{
    struct lw_speller *sp = lw_speller_with(&setup, &fake, NULL);
    lw_speller_languages(sp, tags);
    return sp;
}

static const char *const en[] = {"en", NULL};

static void leaves_alone_what_is_no_word(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"the cat dgo", "dgo"},
        {"http://exmaple.org/thsi www.exmaple.org see://x ann@exmaple.org @annn #tagg", ""},
        {"/usr/lbin ~/fiel ./fiel src/mian.rs a/b/cc fiel.txt exmaple.com C:\\fiel", ""},
        {"dgo/dgi and/or", "dgo|dgi|and|or"},
        {"snake_csae camelCsae HTTPServr GPT-4 LLaMA ChatGPT Mistral x86 mp3 2nd PDFs", ""},
        {"NATOO NATOOO \\comand $varr --optoin &nbspp; a b", "NATOOO"},
        {"_dgo_ **dgi** (dgu) \"dga\" «dge» `dgy`", "dgo|dgi|dgu|dga|dge|dgy"},
        {"dgo:dgi dgo,dgi cat.Dgo e.gg", "dgo|dgi|dgo|dgi|Dgo"},
        {"кот 猫 ねこ แมว", ""},
        {"l'home d'ONG don't Llama's", ""},
        {"anar-se'n anar-dgo", "anar|dgo"},
        {"dgo\xff"
         "dgi",
            "dgo|dgi"},
        {"", ""},
    };
    struct lw_speller *sp = fake_speller(en);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        has_misspelt(sp, rows[i].text, rows[i].misspelt);
    lw_speller_free(sp);
}

static void leaves_alone_the_ranges_it_is_given(void **state)
{
    (void)state;
    static const struct lw_byte_range skip[] = {{0, 3}, {9, 1}, {12, 3}};
    struct lw_speller *sp = fake_speller(en);
    char *got = misspelt_in(sp, "aaa bbb cccc ddd eee", skip, 3, LW_SPELL_STEP);
    assert_string_equal(got, "bbb|eee");
    free(got);
    lw_speller_free(sp);
}

static void asks_once_for_each_word(void **state)
{
    (void)state;
    struct lw_speller *sp = fake_speller(en);
    asked = 0;
    has_misspelt(sp, "dgo dgo cat dgo cat", "dgo|dgo|dgo");
    assert_int_equal(asked, 2);
    lw_speller_free(sp);
}

static void a_dictionary_stays_open_for_the_next_task(void **state)
{
    (void)state;
    static const char *const both[] = {"vi", "en", NULL}, *const none[] = {NULL};
    opened = 0;
    struct lw_speller *sp = fake_speller(en);
    has_misspelt(sp, "the cat dog", "dog");
    lw_speller_languages(sp, both);
    assert_string_equal(lw_speller_waits_for(sp), "Vietnamese");
    has_misspelt(sp, "the cat dog", "dog");
    lw_speller_languages(sp, none);
    has_misspelt(sp, "the cat dog", "");
    lw_speller_languages(sp, en);
    assert_null(lw_speller_waits_for(sp));
    has_misspelt(sp, "the cat dog", "dog");
    lw_speller_languages(sp, both);
    assert_null(lw_speller_waits_for(sp));
    assert_int_equal(opened, 2);
    lw_speller_free(sp);
}

static void both_tones_of_vietnamese_are_right(void **state)
{
    (void)state;
    static const char *const vi[] = {"vi", NULL};
    struct lw_speller *sp = fake_speller(vi);
    has_misspelt(sp, "hoà hòa Hòa hóa", "hóa");
    lw_speller_free(sp);
    struct lw_buf b = {0};
    assert_true(lw_word_other_tone("Thủy", strlen("Thủy"), &b));
    assert_string_equal(b.data, "thuỷ");
    assert_true(lw_word_other_tone("khoẻ", strlen("khoẻ"), &b));
    assert_string_equal(b.data, "khỏe");
    assert_false(lw_word_other_tone("quý", strlen("quý"), &b));
    assert_false(lw_word_other_tone("toán", strlen("toán"), &b));
    lw_buf_fini(&b);
}

static void says_what_is_lacking(void **state)
{
    (void)state;
    static const char *const tags[] = {"en", "ca", "fi", "pt_BR", "mk", NULL};
    struct lw_speller *sp = fake_speller(tags);
    assert_string_equal(lw_speller_lacks(sp),
        "Spelling of Catalan (ca) is not checked: install hunspell-ca. "
        "Spelling of Finnish (fi) is not checked: install voikko-fi libenchant-2-voikko. "
        "Spelling of Portuguese (pt_BR) is not checked: install hunspell-pt-br. "
        "Spelling of Macedonian (mk) is not checked: install a dictionary for hunspell.");
    lw_speller_languages(sp, en);
    assert_null(lw_speller_lacks(sp));
    lw_speller_free(sp);
}

static const char *no_provider(void)
{
    return NULL;
}

static void without_enchant_no_word_is_wrong(void **state)
{
    (void)state;
    struct lw_dictionaries none = fake;
    none.provider = no_provider;
    struct lw_speller *sp = lw_speller_with(&setup, &none, NULL);
    lw_speller_languages(sp, en);
    has_misspelt(sp, "dgo", "");
    assert_string_equal(lw_speller_lacks(sp),
        "Spelling is not checked: enchant is missing. Install libenchant-2-2.");
    struct lw_suggestions s;
    lw_speller_suggest(sp, "dgo", 3, &s);
    assert_int_equal(s.n, 0);
    lw_speller_free(sp);
}

static void every_language_gets_its_share_of_suggestions(void **state)
{
    (void)state;
    static const char *const tags[] = {"en", "vi", NULL};
    struct lw_suggestions s;
    struct lw_speller *sp = fake_speller(tags);
    lw_speller_suggest(sp, "dgo", 3, &s);
    assert_int_equal(s.n, LW_SUGGESTIONS_MAX);
    assert_string_equal(s.v[3], "ed");
    assert_string_equal(s.v[4], "va");
    lw_suggestions_fini(&s);
    lw_speller_free(sp);
}

/* ---- added words */

static void an_added_word_is_right_and_on_the_disk(void **state)
{
    (void)state;
    static const char text[] = "dgo Dgo DGODGO l'Dgi dgi";
    struct lw_speller *sp = fake_speller(en);
    struct lw_misspelt found = {0};
    lw_speller_check(sp, &found, text, strlen(text), NULL, 0, LW_SPELL_STEP);
    assert_int_equal(found.n, 5);
    assert_int_equal(lw_speller_add(sp, LW_WORDS_PROJECT, "dgo", 3, NULL), LW_OK);
    assert_int_equal(lw_speller_add(sp, LW_WORDS_USER, "Dgi", 3, NULL), LW_OK);
    assert_int_equal(lw_speller_add(sp, LW_WORDS_USER, "d’o", 5, NULL), LW_OK);
    lw_speller_check(sp, &found, text, strlen(text), NULL, 0, LW_SPELL_STEP);
    assert_int_equal(found.n, 2);
    lw_misspelt_fini(&found);
    lw_speller_free(sp);
    char *project = list_text(LW_WORDS_PROJECT), *user = list_text(LW_WORDS_USER);
    assert_string_equal(project, "dgo\n");
    assert_string_equal(user, "Dgi\nd'o\n");
    free(project);
    free(user);
    sp = fake_speller(en);
    has_misspelt(sp, text, "DGODGO|dgi");
    lw_speller_free(sp);
}

static void a_list_is_what_an_editor_left(void **state)
{
    (void)state;
    put_list(LW_WORDS_USER, "dgo \r\n\n\xff\xfe\ncafe\xcc\x81\ndgu");
    struct lw_speller *sp = fake_speller(en);
    has_misspelt(sp, "dgo caf\xc3\xa9 dgu dgi", "dgi");
    assert_int_equal(lw_speller_add(sp, LW_WORDS_USER, "dgi", 3, NULL), LW_OK);
    char *user = list_text(LW_WORDS_USER);
    assert_string_equal(user, "dgo \r\n\n\xff\xfe\ncafe\xcc\x81\ndgu\ndgi\n");
    free(user);
    lw_speller_free(sp);
}

static void what_is_no_word_is_not_added(void **state)
{
    (void)state;
    struct lw_err err = {0};
    struct lw_speller *sp = fake_speller(en);
    assert_int_equal(lw_speller_add(sp, LW_WORDS_USER, "a\nb", 3, &err), LW_EUSAGE);
    assert_string_equal(err.text, "Only a word of one line can be added.");
    assert_int_equal(lw_speller_add(sp, LW_WORDS_USER, "", 0, NULL), LW_EUSAGE);
    assert_int_equal(lw_speller_add(sp, LW_WORDS_USER, "\xff", 1, NULL), LW_EUSAGE);
    assert_null(list_text(LW_WORDS_USER));
    lw_speller_free(sp);
}

static void a_link_is_not_written_through(void **state)
{
    (void)state;
    struct lw_err err = {0};
    int dir = open_dir(NULL, LW_WORDS_PROJECT, true);
    assert_int_equal(symlinkat("../elsewhere", dir, "words"), 0);
    close(dir);
    struct lw_speller *sp = fake_speller(en);
    assert_int_not_equal(lw_speller_add(sp, LW_WORDS_PROJECT, "dgo", 3, &err), LW_OK);
    assert_non_null(strstr(err.text, "Cannot add to the words of this project, so the word counts "
                                     "for this sitting only: "));
    has_misspelt(sp, "dgo", "");
    lw_speller_free(sp);
}

static int no_sync(const struct lw_sys *sys, int fd)
{
    (void)sys, (void)fd;
    errno = EIO;
    return -1;
}

/* A disk with room for two bytes. */
static ssize_t two_bytes(const struct lw_sys *sys, int fd, const void *from, size_t n)
{
    static bool full;
    (void)sys;
    full = !full;
    errno = ENOSPC;
    return full ? write(fd, from, n < 2 ? n : 2) : -1;
}

static void a_word_that_is_not_on_the_disk_counts_for_now(void **state)
{
    (void)state;
    struct lw_sys broken = lw_sys_real, full = lw_sys_real;
    struct lw_speller_setup with = setup;
    broken.fdatasync = no_sync;
    full.write = two_bytes;
    put_list(LW_WORDS_USER, "dgi\n");
    const struct lw_sys *const disks[] = {&full, &broken};
    static const enum lw_code codes[] = {LW_EFULL, LW_EIO};
    for (int i = 0; i < 2; i++) {
        struct lw_err err = {0};
        with.sys = disks[i];
        struct lw_speller *sp = lw_speller_with(&with, &fake, NULL);
        lw_speller_languages(sp, en);
        assert_int_equal(lw_speller_add(sp, LW_WORDS_USER, "dgo", 3, &err), codes[i]);
        assert_non_null(strstr(err.text, "the word counts for this sitting only"));
        has_misspelt(sp, "dgi dgo dgu", "dgu");
        lw_speller_free(sp);
        char *user = list_text(LW_WORDS_USER);
        assert_string_equal(user, i == 0 ? "dgi\n" : "dgi\ndgo\n");
        free(user);
    }
}

/* ---- languages by their names */

static void finds_a_language_however_it_is_named(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"ca", "ca"},
        {"CA", "ca"},
        {"cat", "ca"},
        {"Catalan", "ca"},
        {"ca-es", "ca_ES"},
        {"pt_br", "pt_BR"},
        {"ca-ES-valencia", "ca_ES-valencia"},
        {"Norwegian Bokmål", "nb"},
        {"../../etc", NULL},
        {"ca/x", NULL},
        {"ca_", NULL},
        {"ca-E", NULL},
        {"ca-0123456789012345678901234567", NULL},
        {"xx", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char tag[LW_LANGUAGE_TAG_MAX] = "";
        const struct lw_spell_language *l = lw_spell_language_find(rows[i][0], tag);
        if (!l != !rows[i][1] || (l && strcmp(tag, rows[i][1]) != 0))
            fail_msg("\"%s\" is %s", rows[i][0], l ? tag : "none");
    }
}

/* ---- how much of a text is in a language */

static void counts_words_that_a_language_lacks(void **state)
{
    (void)state;
    static const char *const ca[] = {"ca", NULL};
    static const struct {
        const char *text;
        size_t words, unknown_least, unknown_most;
    } rows[] = {
        {"El tren surt a les nou i l'estació és a vint minuts de casa meva.", 12, 0, 0},
        {"El tren sale a las nueve y la estación está a veinte minutos de mi casa.", 13, 5, 9},
        {"The train leaves at nine and the station is twenty minutes away.", 12, 7, 11},
        {"请写八行诗", 5, 5, 5},
        {"", 0, 0, 0},
    };
    skip_without("ca");
    struct lw_speller *sp = speller_in(ca);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_word_count c = lw_speller_count(sp, rows[i].text, strlen(rows[i].text), NULL, 0);
        if (c.words != rows[i].words || c.unknown < rows[i].unknown_least ||
            c.unknown > rows[i].unknown_most)
            fail_msg("%s: %zu words, %zu unknown", rows[i].text, c.words, c.unknown);
    }
    lw_speller_free(sp);
}

static void counts_nothing_without_a_dictionary(void **state)
{
    (void)state;
    struct lw_speller *sp = speller_in(NULL);
    struct lw_word_count c = lw_speller_count(sp, "one two", 7, NULL, 0);
    assert_int_equal(c.words, 0);
    lw_speller_free(sp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalan),
        cmocka_unit_test(finnish),
        cmocka_unit_test(bulgarian),
        cmocka_unit_test(spanish),
        cmocka_unit_test(vietnamese),
        cmocka_unit_test(english),
        cmocka_unit_test(thai),
        cmocka_unit_test(a_word_is_right_in_any_of_several_languages),
        cmocka_unit_test(suggests_what_may_have_been_meant),
        cmocka_unit_test(leaves_alone_what_is_no_word),
        cmocka_unit_test(leaves_alone_the_ranges_it_is_given),
        cmocka_unit_test(asks_once_for_each_word),
        cmocka_unit_test(a_dictionary_stays_open_for_the_next_task),
        cmocka_unit_test(both_tones_of_vietnamese_are_right),
        cmocka_unit_test(says_what_is_lacking),
        cmocka_unit_test(without_enchant_no_word_is_wrong),
        cmocka_unit_test(every_language_gets_its_share_of_suggestions),
        cmocka_unit_test_teardown(an_added_word_is_right_and_on_the_disk, forget_lists),
        cmocka_unit_test_teardown(a_list_is_what_an_editor_left, forget_lists),
        cmocka_unit_test_teardown(what_is_no_word_is_not_added, forget_lists),
        cmocka_unit_test_teardown(a_word_that_is_not_on_the_disk_counts_for_now, forget_lists),
        cmocka_unit_test_teardown(a_link_is_not_written_through, forget_lists),
        cmocka_unit_test(finds_a_language_however_it_is_named),
        cmocka_unit_test(counts_words_that_a_language_lacks),
        cmocka_unit_test(counts_nothing_without_a_dictionary),
    };
    if (!mkdtemp(top))
        return 1;
    setenv("ENCHANT_CONFIG_DIR", top, 1); /* enchant makes files there */
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    char *remove = lw_format("rm -r %s", top);
    failed += system(remove) != 0;
    free(remove);
    return failed;
}
