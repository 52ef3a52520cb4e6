/* Quotas: how many labels are wanted of each option of a choice. Read here; how many there are is
 * counted in answers/past_labels.c. */
#include "project/question_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

static void mistake_option(
    struct lw_reading *r, const struct lw_question *q, const struct lw_yaml *key)
{
    const char **words = lw_alloc((q->noptions + 1) * sizeof *words);
    for (size_t i = 0; i < q->noptions; i++)
        words[i] = q->option[i].path;
    lw_mistake_word(r, key, "option", key->text, words);
    free(words);
}

static void read_one(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *key,
    const struct lw_yaml *value)
{
    char shown[LW_SHORT_MAX];
    const struct lw_option *o = lw_option_find(q, key->text);
    int64_t wanted = 0;
    if (!o)
        mistake_option(r, q, key);
    else if (!lw_yaml_int(value, &wanted) || wanted < 1 || wanted > LW_QUOTA_MAX)
        lw_mistake(r, value,
            "the quota of \"%s\" takes an integer from 1 to %d. Write `%s: 3`, or leave it out.",
            lw_shorten(o->path, shown), LW_QUOTA_MAX, shown);
    else
        q->option[o - q->option].quota = wanted;
}

void lw_quota_parse(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *y)
{
    if (y->kind != LW_YAML_MAP || y->n == 0) {
        lw_mistake(r, y,
            "\"quota\" takes a map: how many labels are wanted of each option. Write `quota: {%s: "
            "3}`.",
            q->noptions ? q->option[0].path : "yes");
        return;
    }
    for (size_t i = 0; q->noptions && i < y->n; i++)
        read_one(r, q, y->key[i], y->item[i]);
}

bool lw_question_has_quota(const struct lw_question *q)
{
    size_t i = 0;
    while (i < q->noptions && !q->option[i].quota)
        i++;
    return i < q->noptions;
}
