/* Digits and the points of a scale. */
#include "fixtures/shared_data.h"

#include "labelwright/answers/answers.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void reads_digits_as_the_scale_does(void **state)
{
    (void)state;
    static const struct {
        int64_t min, max;
        int digit;
        int64_t value; /* 99 for none */
    } rows[] = {
        {1, 7, 1, 1},
        {1, 7, 7, 7},
        {1, 7, 8, 99},
        {1, 7, 0, 99},
        {0, 9, 0, 0},
        {0, 9, 9, 9},
        {1, 10, 1, 1},
        {1, 10, 0, 10},
        {0, 10, 0, 0},
        {0, 10, 7, 7},
        {0, 10, 9, 9},
        {-2, 2, 1, 1},
        {-2, 2, 2, 2},
        {-2, 2, 0, 0},
        {-2, 2, 8, -2},
        {-2, 2, 9, -1},
        {-2, 2, 5, 99},
        {-3, 3, 7, -3},
        {-3, 3, 3, 3},
        {-3, 3, 4, 99},
        {-5, 5, 5, 5},
        {-5, 5, 6, -4},
        {-3, 20, 7, 7},
        {-9, -1, 1, -9},
        {-9, -1, 9, -1},
        {-20, -11, 1, 99},
        {10, 50, 0, 99},
        {10, 50, 4, 99},
        {0, 100, 1, 1},
        {0, 100, 0, 0},
        {5, 14, 5, 5},
        {5, 14, 0, 99},
        {2, 10, 0, 10},
        {1, 7, -1, 99},
        {1, 7, 10, 99},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct lw_scale s = {.min = rows[i].min, .max = rows[i].max};
        int64_t value = 99;
        assert_int_equal(lw_scale_digit(&s, rows[i].digit, &value), rows[i].value != 99);
        assert_int_equal(value, rows[i].value);
    }
}

/* No digit stands for two points, and each point has at most one. */
static void a_key_and_its_point_agree(void **state)
{
    (void)state;
    for (int64_t min = -12; min <= 12; min++)
        for (int64_t max = min + 1; max <= 24; max++) {
            const struct lw_scale s = {.min = min, .max = max};
            for (int64_t v = min - 1; v <= max + 1; v++) {
                int64_t value = 99;
                int key = lw_scale_key(&s, v);
                if (key < 0)
                    continue;
                assert_true(lw_scale_digit(&s, key, &value));
                assert_int_equal(value, v);
                assert_true(v == key || key < min || key > max); /* a digit means itself first */
            }
        }
}

static void points_stand_a_step_apart(void **state)
{
    (void)state;
    const struct lw_scale fives = {.min = -10, .max = 100, .step = 5}, ones = {.min = 1, .max = 7};
    int64_t low, high;
    assert_int_equal(lw_scale_points(&fives), 23);
    assert_int_equal(lw_scale_points(&ones), 7);
    assert_true(lw_scale_has(&fives, -10) && lw_scale_has(&fives, 0) && lw_scale_has(&fives, 95));
    assert_false(lw_scale_has(&fives, 3) || lw_scale_has(&fives, -15) || lw_scale_has(&fives, 105));
    assert_true(lw_scale_continues(&fives, 2, &low, &high));
    assert_int_equal(low, 20);
    assert_int_equal(high, 25);
    assert_true(lw_scale_continues(&fives, 9, &low, &high));
    assert_int_equal(high, 95);
    const struct lw_scale rough = {.min = 0, .max = 100, .step = 50};
    assert_false(lw_scale_continues(&rough, 2, &low, &high));
    assert_true(lw_scale_continues(&rough, 5, &low, &high));
    assert_int_equal(low, 50);
}

static void knows_which_numbers_go_on(void **state)
{
    (void)state;
    static const struct {
        int64_t min, max, number, low, high; /* 0, 0: it does not */
    } rows[] = {
        {0, 10, 1, 10, 10},
        {1, 10, 1, 10, 10},
        {0, 10, 2, 0, 0},
        {0, 10, 0, 0, 0},
        {0, 9, 1, 0, 0},
        {0, 100, 4, 40, 49},
        {0, 100, 10, 100, 100},
        {0, 100, 11, 0, 0},
        {10, 50, 5, 50, 50},
        {15, 50, 1, 15, 19},
        {10, 50, 6, 0, 0},
        {100, 150, 1, 100, 150},
        {100, 150, 14, 140, 149},
        {-3, 3, 1, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct lw_scale s = {.min = rows[i].min, .max = rows[i].max};
        int64_t low = 0, high = 0;
        bool on = lw_scale_continues(&s, rows[i].number, &low, &high);
        assert_int_equal(on, rows[i].high != 0);
        if (on) {
            assert_int_equal(low, rows[i].low);
            assert_int_equal(high, rows[i].high);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_digits_as_the_scale_does),
        cmocka_unit_test(a_key_and_its_point_agree),
        cmocka_unit_test(points_stand_a_step_apart),
        cmocka_unit_test(knows_which_numbers_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
