/* What a terminal sends, wherever the stream is cut: keys, pastes, and what is neither. */
#include "fixtures/shared_data.h"

#include "tui/input/input_internal.h"

enum { PASTE = LW_CODE(LW_KEY_PASTE), PASTE_END = LW_CODE(LW_KEY_PASTE_END) };

/* Appends the key as its name, and a paste with what it holds. */
static void add_key(struct lw_input *d, struct lw_key key, struct lw_buf *to)
{
    if (to->len)
        lw_buf_char(to, ' ');
    if (key.name != LW_KEY_PASTE) {
        lw_key_print(key, to);
        return;
    }
    size_t n;
    bool cut;
    const char *paste = lw_input_paste(d, &n, &cut);
    lw_buf_str(to, cut ? "(cut " : "(");
    lw_buf_add(to, paste, n);
    lw_buf_char(to, ')');
}

static void drain(struct lw_input *d, struct lw_buf *to)
{
    struct lw_key key;
    while (lw_input_next(d, &key))
        add_key(d, key, to);
}

/* Feeds the codes in three pieces, with a timeout at the end. */
static char *keys_of(const int *codes, size_t n, size_t cut1, size_t cut2)
{
    struct lw_input *d = lw_input_new();
    struct lw_buf b = {0};
    lw_input_feed(d, codes, cut1);
    drain(d, &b);
    lw_input_feed(d, codes + cut1, cut2 - cut1);
    drain(d, &b);
    lw_input_feed(d, codes + cut2, n - cut2);
    drain(d, &b);
    if (lw_input_waits(d)) {
        lw_input_timeout(d);
        assert_false(lw_input_waits(d));
        drain(d, &b);
    }
    lw_input_free(d);
    return lw_buf_detach(&b);
}

static size_t codes_of(const char *bytes, size_t n, int *to)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (unsigned char)bytes[i];
    return n;
}

static void codes_give(const int *codes, size_t n, const char *keys)
{
    for (size_t i = 0; i <= n; i++)
        for (size_t k = i; k <= n; k++) {
            char *got = keys_of(codes, n, i, k);
            assert_string_equal(got, keys);
            free(got);
        }
}

static void bytes_give(const char *bytes, const char *keys)
{
    int codes[256];
    codes_give(codes, codes_of(bytes, strlen(bytes), codes), keys);
}

static void gives_the_same_keys_wherever_the_stream_is_cut(void **state)
{
    (void)state;
    bytes_give("a1 Z\r\t\177\b", "a 1 Space Z Enter Tab Backspace Backspace");
    bytes_give("\020\001\032\034\037", "^P ^A ^Z ^\\ ^_");
    bytes_give("\xE1\xBA\xBFx\xF0\x9F\x98\x80\xC3\xA9", "ế x 😀 é");
    bytes_give("\033u\033\xC3\xA9\033\r\033\177", "M-u M-é M-Enter M-Backspace");
    bytes_give("\033[A\033OB\033[Z\033[3~\033[6~", "Up Down S-Tab Del PgDn");
    bytes_give("\033[1;5C\033[1;3D\033[1;5A\033[5;3~", "C-Right M-Left C-Up M-PgUp");
    bytes_give("\033[[A\033[[E\033[24~\033OP", "F1 F5 F12 F1");
    bytes_give("\033Oq\033Oy\033OM", "1 9 Enter");
    bytes_give("\033Od\033[c", "C-Left S-Right");
}

static void drops_what_it_does_not_know_whole(void **state)
{
    (void)state;
    bytes_give("a\033[1;2;3;4yb", "a b");
    bytes_give("a\033[?1;2cb", "a b");
    bytes_give("a\033[99~b\033[12;34Rc", "a b c"); /* where the cursor is, not F3 */
    bytes_give("a\033]11;rgb:1212/3434/5656\007b", "a b");
    bytes_give("a\033]11;rgb:1212/3434/5656\033\\b", "a b");
    bytes_give("a\033P1+r5463\033\\b", "a b");
    bytes_give("a\033[12\033[Ab", "a Up b");
    bytes_give("a\033[M 55b\033[M\x23\xC1!c\033[M 5\033[Ad", "a b c Up d"); /* X10 mouse */
    bytes_give("a\033[<0;15;10Mb\033[32;21;21Mc\033[M 5", "a b c");
    bytes_give("a\033[12", "a");
    bytes_give("a\033]11;rgb", "a");
}

static void takes_bytes_that_are_no_utf8_for_a_sign(void **state)
{
    (void)state;
    bytes_give("\xFF"
               "a\x80",
        "\xEF\xBF\xBD a \xEF\xBF\xBD");
    bytes_give("\xC3(", "\xEF\xBF\xBD (");
    bytes_give("\xE1\xBA", "\xEF\xBF\xBD");
    bytes_give("\xC0\xAF", "\xEF\xBF\xBD \xEF\xBF\xBD");
    bytes_give("\xED\xA0\x80", "\xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBF\xBD");
    bytes_give("\033\xE1", "M-\xEF\xBF\xBD");
}

static void makes_a_key_of_what_waited_too_long(void **state)
{
    (void)state;
    bytes_give("\033", "Esc");
    bytes_give("a\033", "a Esc");
    bytes_give("\033\033", "Esc Esc");
    bytes_give("\033[", "M-[");
    bytes_give("\033O", "M-O");
    bytes_give("\033]", "M-]");
    bytes_give("\033[\r", "M-[ Enter");
}

static void takes_the_codes_of_terminfo(void **state)
{
    (void)state;
    const int codes[] = {LW_CODE(LW_KEY_UP), 033, LW_CODE(LW_KEY_DOWN), 0xC3, LW_CODE(LW_KEY_F2),
        LW_CODE(LW_KEY_PASTE_END), 99999, -5, LW_CODE(LW_KEY_CHAR), LW_CODE(LW_KEY_COUNT), 'x'};
    codes_give(codes, sizeof codes / sizeof *codes, "Up M-Down \xEF\xBF\xBD F2 x");
}

static void collects_a_paste_whole(void **state)
{
    (void)state;
    bytes_give("a\033[200~12\r3\033[201~4", "a (12\n3) 4");
    bytes_give("\033[200~\r\n\n\r\r\033[201~", "(\n\n\n\n)");
    bytes_give("\033[200~\033[201~\033[200~x\033[201~", "() (x)");
    bytes_give("\033[200~\033[20\033[2\033\033[201~", "(\033[20\033[2\033)");
    bytes_give("\033[200~\033[200~x\033[201~", "(\033[200~x)");
    bytes_give("\033[200~\033[A\033]7\xE1\xBA\xBF\033[201~", "(\033[A\033]7ế)");
    const int codes[] = {
        PASTE, '1', LW_CODE(LW_KEY_UP), LW_CODE(LW_KEY_ENTER), '2', PASTE_END, '3'};
    codes_give(codes, sizeof codes / sizeof *codes, "(1\n2) 3");
    const int behind_esc[] = {033, PASTE, '1', PASTE_END};
    codes_give(behind_esc, sizeof behind_esc / sizeof *behind_esc, "Esc (1)");
    bytes_give("\033\033[200~1\033[201~", "Esc (1)");
    const int mixed[] = {PASTE, '1', 033, '[', '2', '0', '1', '~', 'x'};
    codes_give(mixed, sizeof mixed / sizeof *mixed, "(1) x");
}

static void ends_a_paste_whose_end_never_comes(void **state)
{
    (void)state;
    bytes_give("\033[200~123", "(123)");
    bytes_give("\033[200~123\033[20", "(123)");
}

static void swallows_an_end_marker_that_comes_late(void **state)
{
    (void)state;
    struct lw_input *d = lw_input_new();
    struct lw_buf b = {0};
    int codes[64];
    lw_input_feed(d, codes, codes_of("\033[200~7\033[2", 10, codes));
    drain(d, &b);
    lw_input_timeout(d);
    drain(d, &b);
    lw_input_feed(d, codes, codes_of("01~", 3, codes));
    drain(d, &b);
    lw_input_feed(d, codes, codes_of("05", 2, codes));
    drain(d, &b);
    assert_string_equal(b.data, "(7) 0 5");
    lw_buf_fini(&b);
    lw_input_free(d);
}

/* Feeds the pieces, with a timeout behind each of them. */
static void pieces_give(const char *const *pieces, const char *keys)
{
    struct lw_input *d = lw_input_new();
    struct lw_buf b = {0};
    int codes[256];
    for (; *pieces; pieces++) {
        lw_input_feed(d, codes, codes_of(*pieces, strlen(*pieces), codes));
        drain(d, &b);
        if (lw_input_waits(d) && !lw_input_pastes(d))
            lw_input_timeout(d);
        drain(d, &b);
    }
    assert_string_equal(b.len ? b.data : "", keys);
    lw_buf_fini(&b);
    lw_input_free(d);
}

static void a_start_marker_in_pieces_makes_no_keys(void **state)
{
    (void)state;
    static const char marker[] = "\033[200~", rest[] = "5\r\033[201~";
    /* Every way to cut it once, and twice; Esc and a bracket are keys, which do nothing. */
    for (size_t i = 1; i < sizeof marker - 1; i++)
        for (size_t k = i; k < sizeof marker - 1; k++) {
            char first[8], second[8], third[32];
            snprintf(first, sizeof first, "%.*s", (int)i, marker);
            snprintf(second, sizeof second, "%.*s", (int)(k - i), marker + i);
            snprintf(third, sizeof third, "%s%s", marker + k, rest);
            const char *given = i == 1 && k == 2 ? "Esc [ (5\n)"
                                : i == 1         ? "Esc (5\n)"
                                : i == 2         ? "M-[ (5\n)"
                                                 : "(5\n)";
            pieces_give((const char *const[]){first, second, third, NULL}, given);
        }
    pieces_give((const char *const[]){"\033", "[", "2", "0", "0", "~", rest, NULL}, "Esc [ (5\n)");
}

static void other_sequences_in_pieces_are_what_they_are(void **state)
{
    (void)state;
    pieces_give((const char *const[]){"\033", "[A", "5", NULL}, "Esc Up 5");
    pieces_give((const char *const[]){"\033[", "6~", "5", NULL}, "M-[ PgDn 5");
    pieces_give((const char *const[]){"\033[1;", "5C5", NULL}, "C-Right 5");
    pieces_give((const char *const[]){"\033[99", "9~5", NULL}, "5");
    pieces_give((const char *const[]){"\033[12", "\r5", NULL}, "Enter 5");
    /* Esc, and then a person's keys */
    pieces_give((const char *const[]){"\033", "5", "\r", NULL}, "Esc 5 Enter");
    pieces_give((const char *const[]){"\033", "O", "A", NULL}, "Esc O A");
    pieces_give((const char *const[]){"\033", "\033", "[A", NULL}, "Esc Esc Up");
    pieces_give((const char *const[]){"\033", "[\r", NULL}, "Esc [ Enter");
}

static void forgets_a_broken_sequence_after_a_while(void **state)
{
    (void)state;
    struct lw_input *d = lw_input_new();
    struct lw_buf b = {0};
    int codes[8];
    lw_input_feed(d, codes, codes_of("\033[", 2, codes));
    drain(d, &b);
    lw_input_timeout(d);
    drain(d, &b);
    lw_input_forget(d);
    lw_input_feed(d, codes, codes_of("5", 1, codes));
    drain(d, &b);
    assert_string_equal(b.data, "M-[ 5");
    lw_buf_fini(&b);
    lw_input_free(d);
}

static void cuts_a_paste_beyond_its_limit_between_characters(void **state)
{
    (void)state;
    struct lw_input *d = lw_input_new();
    const int start = PASTE, end = PASTE_END, letter[] = {0xE1, 0xBA, 0xBF};
    size_t n;
    bool cut;
    struct lw_key key;
    lw_input_feed(d, &start, 1);
    for (int i = 0; i < 400000; i++)
        lw_input_feed(d, letter, 3);
    assert_false(lw_input_next(d, &key));
    lw_input_feed(d, &end, 1);
    assert_true(lw_input_next(d, &key));
    assert_int_equal(key.name, LW_KEY_PASTE);
    lw_input_paste(d, &n, &cut);
    assert_true(cut);
    assert_int_equal(n, (1024 * 1024) / 3 * 3);
    lw_input_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_same_keys_wherever_the_stream_is_cut),
        cmocka_unit_test(drops_what_it_does_not_know_whole),
        cmocka_unit_test(takes_bytes_that_are_no_utf8_for_a_sign),
        cmocka_unit_test(makes_a_key_of_what_waited_too_long),
        cmocka_unit_test(takes_the_codes_of_terminfo),
        cmocka_unit_test(collects_a_paste_whole),
        cmocka_unit_test(ends_a_paste_whose_end_never_comes),
        cmocka_unit_test(swallows_an_end_marker_that_comes_late),
        cmocka_unit_test(a_start_marker_in_pieces_makes_no_keys),
        cmocka_unit_test(other_sequences_in_pieces_are_what_they_are),
        cmocka_unit_test(forgets_a_broken_sequence_after_a_while),
        cmocka_unit_test(cuts_a_paste_beyond_its_limit_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
