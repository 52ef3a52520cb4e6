/* plant_labels FOLDER [LABELS]: a project of 1,500 labels, or so many, with something of everything
 * in it to be found, for test_figures.py, which reads its journal by itself. */
#include "fixtures/planted_labels.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    const struct planted_labels all = {.labels = argc > 2 ? atoi(argv[2]) : 1500,
        .seed = 9,
        .first_wins = -1,
        .first_above = 1,
        .run_from = 700,
        .run_length = 6,
        .slow = 50,
        .fast = 70,
        .slower = 10,
        .again = 20,
        .differently = 7};
    if (argc < 2 || sodium_init() < 0)
        return 2;
    planted_labels_make(argv[1], &all);
    return 0;
}
