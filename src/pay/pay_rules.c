/* pay.yaml: its keys, read into struct lw_pay_rules. What an invoice says about people is read in
 * pay_invoice_fields.c; whether rules contradict each other is found in pay_rules_check.c; what
 * they come to, earnings.c computes. */
#define _GNU_SOURCE
#include "labelwright/pay/pay_rules.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/date.h"
#include "labelwright/base/file.h"
#include "labelwright/pay/currency.h"
#include "pay/pay_fields_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 256 * 1024, DAY_MINUTES = 24 * 60, RATES_MAX = 1000, DIGITS_MAX = 6 };

static const char *const paid_times[] = {
#define X(id, name, words) name,
    LW_PAID_TIMES(X)
#undef X
        NULL};
static const char *const paid_time_words[] = {
#define X(id, name, words) words,
    LW_PAID_TIMES(X)
#undef X
};
static const char *const steps_by[] = {
#define X(id, name) name,
    LW_STEPS_BY(X)
#undef X
        NULL};
static const char *const roundings[] = {
#define X(id, name, words) name,
    LW_MONEY_ROUNDINGS(X)
#undef X
        NULL};
static const char *const pieces[] = {
#define X(id, name, one, many) name,
    LW_PIECES(X)
#undef X
};
static const char *const round_at[] = {"line", "day", NULL};
static const char *const weeks[] = {"monday", "sunday", NULL};
static const char *const weekdays[] = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", NULL};

const char *lw_paid_time_name(enum lw_paid_time time)
{
    return paid_times[time];
}

const char *lw_paid_time_words(enum lw_paid_time time)
{
    return paid_time_words[time];
}

/* The items of a list of maps, one by one; NULL when it is not such a list. */
static bool is_list(struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y)
{
    if (y->kind == LW_YAML_LIST && y->n > RATES_MAX)
        lw_mistake(r, y, "\"%s\" takes %d items at most.", f->key, RATES_MAX);
    else if (y->kind != LW_YAML_LIST)
        lw_mistake_kind(r, f, y);
    return y->kind == LW_YAML_LIST && y->n <= RATES_MAX;
}

/* ---- rates */

enum { BY_HOUR, BY_TASK };
static const char *const pers[] = {"hour", "task", NULL};

/* As they are in the file. */
struct rate_reading {
    struct lw_pay_rate rate;
    unsigned time, steps;
};

static LW_SETTER(set_when)
{
    struct lw_pay_rate *rate = &((struct rate_reading *)to)->rate;
    const char *text = lw_yaml_text(y);
    if (!text) {
        lw_mistake_kind(r, f, y);
        return;
    }
    rate->pieces = LW_PIECE_ANSWERS;
    for (unsigned i = 0; i < LW_PIECE_ANSWERS; i++)
        if (strcmp(pieces[i], text) == 0)
            rate->pieces = (enum lw_piece_kind)i;
    if (rate->pieces == LW_PIECE_ANSWERS)
        rate->when = lw_strdup(text);
}

#define HOUR .only = 1U << BY_HOUR
#define TASK .only = 1U << BY_TASK
#define IN(member) offsetof(struct rate_reading, member)
static const struct lw_field rate_fields[] = {
    {.key = "rate",
        lw_set_amount,
        IN(rate.rate),
        "an amount",
        "rate: \"17.00\"",
        .required = true,
        .max = 999999999999},
    {.key = "per", lw_set_word, 0, "hour or task", "per: hour", .required = true, .words = pers},
    {.key = "name", lw_set_text, IN(rate.name), "a text", "name: Weekdays"},
    {.key = "currency",
        lw_set_currency,
        IN(rate.currency),
        "three capital letters",
        "currency: EUR"},
    LW_SCOPE_FIELDS(struct lw_pay_rate),
    {.key = "time",
        lw_set_choice,
        IN(time),
        "active, active_and_guidelines or session",
        "time: active",
        .words = paid_times,
        HOUR},
    {.key = "steps",
        lw_set_minutes,
        IN(rate.step_ms),
        "minutes from 1 to 1440",
        "steps: 15",
        .min = 1,
        .max = DAY_MINUTES,
        HOUR},
    {.key = "steps_by",
        lw_set_choice,
        IN(steps),
        "up, nearest or down",
        "steps_by: up",
        .words = steps_by,
        HOUR},
    {.key = "at_least",
        lw_set_minutes,
        IN(rate.least_ms),
        "minutes from 1 to 1440",
        "at_least: 30",
        .min = 1,
        .max = DAY_MINUTES,
        HOUR},
    {.key = "when",
        set_when,
        0,
        "done, skipped, replaced or a filter of answers",
        "when: \"quality <= 3\"",
        TASK},
    {.key = "refused", lw_set_bool, IN(rate.refused), "true or false", "refused: true", TASK},
};
#undef IN
static const struct lw_schema rate_table = {
    "a rate", rate_fields, sizeof rate_fields / sizeof *rate_fields, pers};

static int variant_of(const struct lw_yaml *map, const char *key, const char *const *words)
{
    const struct lw_yaml *word = map->kind == LW_YAML_MAP ? lw_yaml_get(map, key) : NULL;
    const char *text = word ? lw_yaml_text(word) : NULL;
    for (int i = 0; text && words[i]; i++)
        if (strcmp(words[i], text) == 0)
            return i;
    return LW_NO_VARIANT;
}

static LW_SETTER(set_rates)
{
    struct lw_pay_rules *rules = to;
    if (!is_list(r, f, y))
        return;
    rules->rate = lw_alloc((y->n + 1) * sizeof *rules->rate);
    for (size_t i = 0; i < y->n; i++) {
        const struct lw_yaml *map = y->item[i];
        int per = variant_of(map, "per", pers);
        struct rate_reading it = {.rate = {.scope = lw_pay_scope_always(),
                                      .line = map->line,
                                      .col = map->col,
                                      .per_task = per == BY_TASK},
            .time = UINT32_MAX};
        lw_schema_parse(r, &rate_table, per, map, &it);
        lw_pay_scope_check(r, &it.rate.scope, map);
        it.rate.time = (enum lw_paid_time)it.time; /* what is not said comes from the file's own */
        it.rate.steps_by = (enum lw_steps_by)it.steps;
        rules->rate[rules->nrates++] = it.rate;
    }
}

/* ---- overtime */

struct overtime_reading {
    struct lw_pay_overtime overtime;
    unsigned per;
};

static LW_SETTER(set_weekdays)
{
    struct lw_pay_overtime *o = &((struct overtime_reading *)to)->overtime;
    size_t n = 0;
    char **names = lw_texts_parse(r, f, y, &n);
    for (size_t i = 0; i < n; i++) {
        unsigned day = 0;
        while (weekdays[day] && strcmp(weekdays[day], names[i]) != 0)
            day++;
        if (weekdays[day])
            o->on |= 1U << day;
        else
            lw_mistake_word(r, y->kind == LW_YAML_LIST ? y->item[i] : y, "day", names[i], weekdays);
    }
    lw_texts_free(names);
}

static const char *const overtime_pers[] = {"day", "week", NULL};
#define IN(member) offsetof(struct overtime_reading, member)
static const struct lw_field overtime_fields[] = {
    {.key = "factor",
        lw_set_amount,
        IN(overtime.factor),
        "a factor from 0 to 100",
        "factor: \"1.5\"",
        .required = true,
        .max = 100},
    {.key = "after",
        lw_set_hours,
        IN(overtime.after_ms),
        "hours from 0 to 168",
        "after: 8",
        .max = 168},
    {.key = "per", lw_set_choice, IN(per), "day or week", "per: day", .words = overtime_pers},
    {.key = "on", set_weekdays, 0, "a day or a list of them", "on: [saturday, sunday]"},
    LW_SCOPE_FIELDS(struct lw_pay_overtime),
};
#undef IN
static const struct lw_schema overtime_table = {
    "a rule for overtime", overtime_fields, sizeof overtime_fields / sizeof *overtime_fields, NULL};

static void check_overtime(struct lw_reading *r, const struct lw_yaml *map)
{
    if (map->kind != LW_YAML_MAP)
        return;
    bool after = lw_yaml_get(map, "after"), per = lw_yaml_get(map, "per"),
         on = lw_yaml_get(map, "on");
    if (on && (after || per))
        lw_mistake(
            r, map, "takes \"after\" and \"per\", or \"on\", not all of them. Make two rules.");
    else if (!on && !(after && per))
        lw_mistake(r, map,
            "a rule for overtime needs a limit or days. Add `after: 8, per: day`, or `on: "
            "[sunday]`.");
}

static LW_SETTER(set_overtime)
{
    struct lw_pay_rules *rules = to;
    if (!is_list(r, f, y))
        return;
    rules->overtime = lw_alloc((y->n + 1) * sizeof *rules->overtime);
    for (size_t i = 0; i < y->n; i++) {
        const struct lw_yaml *map = y->item[i];
        struct overtime_reading it = {
            .overtime = {.scope = lw_pay_scope_always(), .line = map->line, .col = map->col}};
        lw_schema_parse(r, &overtime_table, LW_NO_VARIANT, map, &it);
        lw_pay_scope_check(r, &it.overtime.scope, map);
        check_overtime(r, map);
        it.overtime.per = it.overtime.on ? LW_OVERTIME_ON : (enum lw_overtime_per)it.per;
        rules->overtime[rules->novertime++] = it.overtime;
    }
}

/* ---- bonuses and deductions */

#define IN(member) offsetof(struct lw_pay_extra, member)
static const struct lw_field extra_fields[] = {
    {.key = "amount",
        lw_set_amount,
        IN(amount),
        "an amount",
        "amount: \"50.00\"",
        .required = true,
        .max = 999999999999},
    {.key = "date", lw_set_date, IN(date), "a day", "date: 2026-11-30"},
    {.key = "every",
        lw_set_int,
        IN(every),
        "a number of tasks from 1 to 1000000",
        "every: 100",
        .min = 1,
        .max = 1000000},
    {.key = "currency", lw_set_currency, IN(currency), "three capital letters", "currency: EUR"},
    {.key = "note", lw_set_text, IN(note), "a text", "note: Quality"},
    LW_SCOPE_FIELDS(struct lw_pay_extra),
};
#undef IN
static const struct lw_schema extra_table = {
    "a bonus or deduction", extra_fields, sizeof extra_fields / sizeof *extra_fields, NULL};

static void check_extra(
    struct lw_reading *r, const struct lw_pay_extra *x, const struct lw_yaml *map)
{
    if (map->kind != LW_YAML_MAP)
        return;
    bool every = lw_yaml_get(map, "every");
    if (x->dated == every)
        lw_mistake(r, map,
            "a bonus or deduction needs \"date\" or \"every\", one of them. Add `%s`.",
            extra_fields[1].example);
    else if (x->dated && (lw_yaml_get(map, "from") || lw_yaml_get(map, "to")))
        lw_mistake(r, map, "\"from\" and \"to\" are only for \"every\". Remove them.");
    else if (x->dated && x->scope.projects && x->scope.projects[1])
        lw_mistake(r, lw_yaml_get(map, "projects"),
            "what has a date is for one project. Write an item for each.");
}

static void read_extra(
    struct lw_reading *r, struct lw_pay_rules *rules, const struct lw_yaml *map, bool deduction)
{
    struct lw_pay_extra x = {.scope = lw_pay_scope_always(), .line = map->line, .col = map->col};
    lw_schema_parse(r, &extra_table, LW_NO_VARIANT, map, &x);
    lw_pay_scope_check(r, &x.scope, map);
    x.dated = map->kind == LW_YAML_MAP && lw_yaml_get(map, "date");
    check_extra(r, &x, map);
    if (x.amount && deduction)
        lw_amount_scale(x.amount, -1, 1);
    rules->extra = lw_grow(rules->extra, rules->nextras + 1, sizeof *rules->extra);
    rules->extra[rules->nextras++] = x;
}

static LW_SETTER(set_extras)
{
    for (size_t i = 0; is_list(r, f, y) && i < y->n; i++)
        read_extra(r, to, y->item[i], strcmp(f->key, "deductions") == 0);
}

/* ---- all of it */

static LW_SETTER(set_digits)
{
    struct lw_pay_rules *rules = to;
    if (y->kind != LW_YAML_MAP) {
        lw_mistake_kind(r, f, y);
        return;
    }
    rules->digits = lw_alloc((y->n + 1) * sizeof *rules->digits);
    for (size_t i = 0; i < y->n; i++) {
        int64_t n;
        if (lw_currency_digits(y->key[i]->text) >= 0)
            lw_mistake(r, y->key[i], "%s is a currency of ISO 4217 with %d digits. Remove it.",
                y->key[i]->text, lw_currency_digits(y->key[i]->text));
        else if (lw_yaml_int(y->item[i], &n) && n >= 0 && n <= DIGITS_MAX)
            rules->digits[rules->ndigits++] = (struct lw_pay_digits){lw_strdup(y->key[i]->text), n};
        else
            lw_mistake_kind(r, f, y->item[i]);
    }
}

/* As they are in the file. */
struct pay_reading {
    struct lw_pay_rules rules; /* first: setters get it */
    unsigned time, rounding, round_at, week;
};

#define IN(member) offsetof(struct pay_reading, member)
#define LIST(name, setter, sample)                                                                 \
    {                                                                                              \
        .key = name, setter, 0, "a list of maps", name ": [" sample "]"                            \
    }
static const struct lw_field fields[] = {
    {.key = "currency",
        lw_set_currency,
        IN(rules.currency),
        "three capital letters",
        "currency: EUR"},
    {.key = "digits", set_digits, 0, "currencies and their digits (0 to 6)", "digits: {XYZ: 2}"},
    {.key = "time",
        lw_set_choice,
        IN(time),
        "active, active_and_guidelines or session",
        "time: active",
        .words = paid_times},
    {.key = "rounding",
        lw_set_choice,
        IN(rounding),
        "half_even, half_up or down",
        "rounding: half_even",
        .words = roundings},
    {.key = "round", lw_set_choice, IN(round_at), "line or day", "round: line", .words = round_at},
    {.key = "week_starts",
        lw_set_choice,
        IN(week),
        "monday or sunday",
        "week_starts: monday",
        .words = weeks},
    LIST("rates", set_rates, "{per: hour, rate: \"17.00\", currency: EUR}"),
    LIST("overtime", set_overtime, "{after: 8, per: day, factor: \"1.5\"}"),
    LIST("bonuses", set_extras, "{date: 2026-11-30, amount: \"50.00\", note: Quality}"),
    LIST("deductions", set_extras, "{date: 2026-11-30, amount: \"5.00\", note: Fee}"),
    {.key = "invoice",
        lw_set_invoice,
        0,
        "a map of from and to",
        "invoice: {from: {name: Ana Puig}, to: [{name: Client}]}"},
};
#undef IN
static const struct lw_schema table = {"pay.yaml", fields, sizeof fields / sizeof *fields, NULL};

static void read_all(struct lw_reading *r, const struct lw_yaml *root, struct lw_pay_rules *rules)
{
    struct pay_reading it = {.rules = *rules, .time = LW_PAID_GUIDELINES};
    lw_schema_parse(r, &table, LW_NO_VARIANT, root, &it);
    *rules = it.rules;
    rules->time = (enum lw_paid_time)it.time;
    rules->rounding = (enum lw_money_rounding)it.rounding;
    rules->round_at = (enum lw_round_at)it.round_at;
    rules->sunday = it.week == 1;
    for (size_t i = 0; i < rules->nrates; i++)
        if ((unsigned)rules->rate[i].time == UINT32_MAX)
            rules->rate[i].time = rules->time;
    lw_pay_rules_check(r, rules);
}

enum lw_code lw_pay_rules_parse(const char *file, const char *bytes, size_t n,
    struct lw_pay_rules *to, struct lw_problems *p, struct lw_err *err)
{
    struct lw_reading r = {.file = file};
    struct lw_yaml *root = lw_yaml_parse(file, bytes, n, p);
    *to = (struct lw_pay_rules){.file = lw_strdup(file)};
    if (root)
        read_all(&r, root, to);
    bool well = lw_reading_end(&r, p) && root;
    lw_yaml_free(root);
    return well ? LW_OK : lw_fail(err, LW_EBAD, "%s has mistakes: %zu.", file, p->n);
}

/* The XDG specification: a path that is not absolute does not count. */
static char *find_file(void)
{
    const char *dir = getenv("XDG_CONFIG_HOME");
    if (dir && *dir == '/')
        return lw_format("%s/labelwright/pay.yaml", dir);
    return lw_format("%s/.config/labelwright/pay.yaml", lw_home());
}

enum lw_code lw_pay_rules_load(
    const struct lw_sys *sys, struct lw_pay_rules *to, struct lw_problems *p, struct lw_err *err)
{
    struct lw_buf text = {0};
    struct lw_err found = {0};
    char *file = find_file();
    enum lw_code code = lw_file_read(sys, AT_FDCWD, file, NULL, FILE_MAX, &text, &found);
    if (code == LW_OK || code == LW_EABSENT) {
        code = lw_pay_rules_parse(file, text.data ? text.data : "", text.len, to, p, err);
        to->missing = found.code == LW_EABSENT;
    } else {
        *to = (struct lw_pay_rules){.file = lw_strdup(file)};
        lw_fail(err, code, "%s", found.text);
    }
    lw_buf_fini(&text);
    free(file);
    return code;
}

static void free_rate(struct lw_pay_rate *rate)
{
    lw_pay_scope_fini(&rate->scope);
    lw_amount_free(rate->rate);
    free(rate->name);
    free(rate->currency);
    free(rate->when);
}

static void free_extra(struct lw_pay_extra *x)
{
    lw_pay_scope_fini(&x->scope);
    lw_amount_free(x->amount);
    free(x->currency);
    free(x->note);
}

void lw_pay_rules_fini(struct lw_pay_rules *rules)
{
    for (size_t i = 0; i < rules->nrates; i++)
        free_rate(&rules->rate[i]);
    for (size_t i = 0; i < rules->novertime; i++) {
        lw_pay_scope_fini(&rules->overtime[i].scope);
        lw_amount_free(rules->overtime[i].factor);
    }
    for (size_t i = 0; i < rules->nextras; i++)
        free_extra(&rules->extra[i]);
    for (size_t i = 0; i < rules->ndigits; i++)
        free(rules->digits[i].currency);
    for (size_t i = 0; i < rules->nnotes; i++)
        free(rules->note[i]);
    lw_pay_parties_free(rules);
    free(rules->rate);
    free(rules->overtime);
    free(rules->extra);
    free(rules->digits);
    free(rules->note);
    free(rules->currency);
    free(rules->file);
    *rules = (struct lw_pay_rules){0};
}
