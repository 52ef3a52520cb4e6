/* `questions:` of project.yaml: the keys that all questions have. What is special about a type is
 * in its question_*.c. */
#include "labelwright/base/buf.h"
#include "labelwright/project/talk.h"
#include "labelwright/spell/spell_language.h"
#include "project/project_internal.h"
#include "project/question_internal.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 16, WORDS_AT_MOST = 100000, TOLERANCE_MAX = 1000000 };

/* The names of question types or targets, and which of them this version supports. */
static const char *const type_names[] = {
#define X(id, name, type) [LW_Q_##id] = name,
    LW_QTYPES(X)
#undef X
        [LW_Q_TALK + 1] = NULL};
static const char *const target_names[] = {
#define X(id, name, ready) [LW_ON_##id] = name,
    LW_TARGETS(X)
#undef X
        [LW_ON_SPAN + 1] = NULL};

static bool type_is_supported(int i)
{
    return lw_qtype_is_supported((enum lw_qtype)i);
}

static bool target_is_supported(int i)
{
    static const bool supported[] = {
#define X(id, name, ready) [LW_ON_##id] = ready,
        LW_TARGETS(X)
#undef X
    };
    return supported[i];
}

static int find(const char *const *words, const struct lw_yaml *y)
{
    const char *s = y ? lw_yaml_text(y) : NULL;
    for (int i = 0; s && words[i]; i++)
        if (strcmp(words[i], s) == 0)
            return i;
    return -1;
}

static void supported_words(
    const char *const *all, bool (*is_supported)(int i), const char *words[WORDS_MAX])
{
    size_t n = 0;
    for (int i = 0; all[i]; i++)
        if (is_supported(i))
            words[n++] = all[i];
    words[n] = NULL;
}

static void unsupported_word(struct lw_reading *r, const struct lw_field *f,
    const struct lw_yaml *y, const char *const *words)
{
    struct lw_buf now = {0};
    for (size_t i = 0; words[i]; i++)
        lw_buf_fmt(&now, "%s%s", now.len ? ", " : "", words[i]);
    lw_mistake(r, y, "%s: %s is not supported in this version of labelwright (%s). Use one of: %s.",
        f->key, y->text, LW_VERSION, now.data);
    lw_buf_fini(&now);
}

/* The index of a supported word; otherwise -1, and a mistake is reported. */
static int read_word(struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y,
    const char *what, bool (*is_supported)(int i))
{
    const char *words[WORDS_MAX];
    supported_words(f->words, is_supported, words);
    int i = find(f->words, y);
    if (i >= 0 && is_supported(i))
        return i;
    if (i >= 0)
        unsupported_word(r, f, y, words);
    else if (lw_yaml_text(y))
        lw_mistake_word(r, y, what, y->text, words);
    else
        lw_mistake_kind(r, f, y);
    return -1;
}

static LW_SETTER(set_type)
{
    int i = read_word(r, f, y, "type", type_is_supported);
    if (i >= 0)
        ((struct lw_question *)to)->type = (enum lw_qtype)i;
}

static LW_SETTER(set_on)
{
    struct lw_question *q = to;
    int i = read_word(r, f, y, "target", target_is_supported);
    if (i >= 0)
        q->on = (enum lw_target)i;
}

static bool is_name(const char *s)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz", more[] = "0123456789_";
    size_t n = strspn(s, letters);
    if (n == 0 || strlen(s) > LW_NAME_MAX)
        return false;
    while (s[n] && (strchr(letters, s[n]) || strchr(more, s[n])))
        n++;
    return s[n] == '\0';
}

static LW_SETTER(set_name)
{
    char shown[LW_SHORT_MAX];
    const char *name = lw_yaml_text(y);
    if (name && !is_name(name))
        lw_mistake(r, y,
            "the name \"%s\" must start with a-z and contain only a-z 0-9 _, %d characters at "
            "most. Write `name: quality`.",
            lw_shorten(name, shown), LW_NAME_MAX);
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(set_when)
{
    (void)r, (void)f, (void)y, (void)to; /* read when the other keys are known */
}

static const char *const styles[] = {"full", "best_worst", NULL};

static bool any_style(int i)
{
    return styles[i] != NULL;
}

static LW_SETTER(set_style)
{
    ((struct lw_question *)to)->best_worst = read_word(r, f, y, "style", any_style) == 1;
}

static const char *const shapes[] = {"box", "point", NULL};

static bool any_shape(int i)
{
    return shapes[i] != NULL;
}

static LW_SETTER(set_shape)
{
    ((struct lw_question *)to)->points = read_word(r, f, y, "shape", any_shape) == 1;
}

static const char *const formats[] = {"any", "date", "url", NULL};

static bool any_format(int i)
{
    return formats[i] != NULL;
}

static LW_SETTER(set_format)
{
    int i = read_word(r, f, y, "format", any_format);
    if (i >= 0)
        ((struct lw_question *)to)->format = (enum lw_text_format)i;
}

static LW_SETTER(set_language)
{
    char tag[LW_LANGUAGE_TAG_MAX];
    const char *name = lw_yaml_text(y);
    if (!name)
        lw_mistake_kind(r, f, y);
    else if (!lw_spell_language_find(name, tag))
        lw_mistake_word(r, y, "language", name, lw_spell_language_tags());
    else
        ((struct lw_question *)to)->language = lw_strdup(tag);
}

#define IN(member) offsetof(struct lw_question, member)
#define ONLY(id) (1U << LW_Q_##id)
static const struct lw_field fields[] = {
    {.key = "name",
        set_name,
        IN(name),
        "a name",
        "name: quality",
        .required = true,
        .help = "What the journal and exports call the answer: a-z, 0-9 and _, at most 64, a "
                "letter first.",
        .pattern = "^[a-z][a-z0-9_]{0,63}$",
        .kind = LW_KIND_STRING},
    {.key = "label",
        lw_set_text,
        IN(label),
        "text",
        "label: Overall quality",
        .help = "What the screen calls it. Without it: the name."},
    {.key = "help",
        lw_set_text,
        IN(help),
        "text",
        "help: As a whole",
        .help = "A line about the question."},
    {.key = "page",
        lw_set_text,
        IN(page),
        "text",
        "page: Style",
        .help = "It and what follows it is on a page of its own, with this name."},
    {.key = "type",
        set_type,
        0,
        "the name of a type",
        "type: rating",
        .required = true,
        .words = type_names,
        .help = "How it is answered."},
    {.key = "on",
        set_on,
        0,
        "the name of a target",
        "on: response",
        .words = target_names,
        .help = "What it is about: the whole task, its prompt, each response, turn or step, or "
                "each span that was marked above.",
        .initial = "task",
        .beside = "{\"if\": {\"properties\": {\"type\": {\"const\": \"compare\"}}, \"required\": "
                  "[\"type\"]}, "
                  "\"then\": {\"properties\": {\"on\": {\"const\": \"task\"}}}}"},
    {.key = "required",
        lw_set_bool,
        IN(required),
        "true or false",
        "required: true",
        .help = "No label without an answer.",
        .initial = "false"},
    {.key = "scale",
        lw_set_scale,
        0,
        "a map",
        "scale: {min: 1, max: 7}",
        .only = ONLY(RATING),
        .help = "The points of a rating.",
        .initial = "{min: 1, max: 5}",
        .inside = &lw_scale_schema,
        .kind = LW_KIND_MAP},
    {.key = "tolerance",
        lw_set_int,
        IN(tolerance),
        "an integer from 0 to 1000000",
        "tolerance: 1",
        .only = ONLY(RATING),
        .max = TOLERANCE_MAX,
        .help = "In practice, so far from the known rating it still agrees.",
        .initial = "0"},
    {.key = "options",
        lw_set_options,
        0,
        "a list of options",
        "options: [{value: yes}, {value: no}]",
        .needed = ONLY(CHOICE) | ONLY(TAGS) | ONLY(SPANS) | ONLY(BOXES),
        .only = ONLY(CHOICE) | ONLY(TAGS) | ONLY(SPANS) | ONLY(BOXES),
        .help = "The answers to choose from.",
        .min = 1,
        .max = LW_OPTIONS_MAX,
        .inside = &lw_option_schema,
        .kind = LW_KIND_LIST,
        .items = LW_KIND_MAP},
    {.key = "style",
        set_style,
        0,
        "full or best_worst",
        "style: best_worst",
        .only = ONLY(RANK),
        .words = styles,
        .help = "full: all are placed. best_worst: only the best and the worst.",
        .initial = "full"},
    {.key = "shape",
        set_shape,
        0,
        "box or point",
        "shape: point",
        .only = ONLY(BOXES),
        .words = shapes,
        .help = "What is marked on the picture.",
        .initial = "box"},
    {.key = "format",
        set_format,
        0,
        "any, date or url",
        "format: date",
        .only = ONLY(TEXT),
        .words = formats,
        .help = "date (2026-01-31) and url refuse anything else.",
        .initial = "any"},
    {.key = "quota",
        set_when,
        0,
        "a map",
        "quota: {yes: 3}",
        .only = ONLY(CHOICE),
        .help = "So many labels are wanted with each option; what is full is marked.",
        .min = 1,
        .kind = LW_KIND_MAP,
        .items = LW_KIND_INT},
    {.key = "default",
        set_when,
        0,
        "an answer",
        "default: english",
        .only = ONLY(RATING) | ONLY(CHOICE),
        .help =
            "Counts where nothing is chosen, and the label says so; not for a required question.",
        .kind = LW_KIND_TEXT},
    {.key = "min_words",
        lw_set_int,
        IN(min_words),
        "an integer from 1 to 100000",
        "min_words: 20",
        .only = ONLY(WRITE),
        .min = 1,
        .max = WORDS_AT_MOST,
        .help = "Fewer words are no answer."},
    {.key = "max_words",
        lw_set_int,
        IN(max_words),
        "an integer from 1 to 100000",
        "max_words: 300",
        .only = ONLY(WRITE),
        .min = 1,
        .max = WORDS_AT_MOST,
        .help = "More words are no answer."},
    {.key = "distinct",
        lw_set_bool,
        IN(distinct),
        "true or false",
        "distinct: true",
        .only = ONLY(WRITE),
        .help = "Warns when the text is much like one of your earlier texts.",
        .initial = "false"},
    {.key = "language",
        set_language,
        0,
        "a language",
        "language: ca",
        .only = ONLY(WRITE),
        .help = "Warns when the text seems to be in another language; misspelt words are those of "
                "this one.",
        .kind = LW_KIND_TEXT},
    {.key = "templates",
        lw_set_templates,
        0,
        "a list of templates",
        "templates: [{name: A recipe, text: \"Write about ‹topic›.\"}]",
        .only = ONLY(WRITE) | ONLY(TALK),
        .help = "Texts to begin with, which M-t inserts.",
        .min = 1,
        .max = LW_TEMPLATES_MAX,
        .inside = &lw_template_schema,
        .kind = LW_KIND_LIST,
        .items = LW_KIND_MAP},
    {.key = "talk",
        lw_set_talk,
        0,
        "a map",
        "talk: {model: assistant under test, replies: 2}",
        .only = ONLY(TALK),
        .help = "How the talk goes.",
        .inside = &lw_talk_schema,
        .kind = LW_KIND_MAP},
    {.key = "when",
        set_when,
        0,
        "a map",
        "when: {quality: \"<= 3\"}",
        .help = "Asks it only where all these tests of earlier answers hold: a value, a list of "
                "values, \"<= 3\", or answered.",
        .min = 1,
        .kind = LW_KIND_MAP,
        .items = LW_KIND_TEXT | LW_KIND_LIST},
    {.key = "stop_after",
        set_when,
        0,
        "a list of answers",
        "stop_after: [bad]",
        .only = ONLY(RATING) | ONLY(CHOICE),
        .help = "On turns or steps: nothing is asked after the first with one of these answers.",
        .min = 1,
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
};
const struct lw_schema lw_question_schema = {
    "a question", fields, sizeof fields / sizeof *fields, type_names};

/* "self_harm" is shown as "Self harm". */
static char *label_of(const char *name)
{
    char *label = lw_strdup(name);
    if (*label >= 'a' && *label <= 'z')
        *label = (char)(*label - 'a' + 'A');
    for (char *c = label; *c; c++)
        if (*c == '_')
            *c = ' ';
    return label;
}

static void read_question(struct lw_reading *r, struct lw_question *q, const struct lw_yaml *y)
{
    int type = find(type_names, lw_yaml_get(y, "type"));
    q->on = LW_ON_TASK;
    q->scale.min = 1;
    q->scale.max = 5;
    q->scale.step = 1;
    bool supported = type >= 0 && type_is_supported(type);
    lw_schema_parse(r, &lw_question_schema, supported ? type : LW_NO_VARIANT, y, q);
    if (supported && lw_question_type(q->type)->check)
        lw_question_type(q->type)->check(r, q, y);
    if (q->name && !q->label)
        q->label = label_of(q->name);
}

static void check_name(
    struct lw_reading *r, const struct lw_project *p, size_t i, const struct lw_yaml *list)
{
    const char *name = p->question[i].name;
    for (size_t k = 0; name && k < i; k++)
        if (p->question[k].name && strcmp(p->question[k].name, name) == 0) {
            lw_mistake(r, lw_yaml_get(list->item[i], "name"),
                "the name \"%.60s\" is already used by the question on line %d. Choose another.",
                name, list->item[k]->line);
            return;
        }
}

/* A question without a page is on that of the one before. */
static void inherit_page(
    struct lw_reading *r, struct lw_project *p, size_t i, const struct lw_yaml *list)
{
    struct lw_question *q = p->question;
    if (i > 0 && !q[i].page && q[i - 1].page)
        q[i].page = lw_strdup(q[i - 1].page);
    if (i == 0 || !q[i].page || lw_question_same_page(&q[i - 1], &q[i]))
        return;
    char shown[LW_SHORT_MAX];
    for (size_t k = 0; k < i; k++)
        if (lw_question_same_page(&q[k], &q[i])) {
            lw_mistake(r, lw_yaml_get(list->item[i], "page"),
                "the page \"%s\" ended before the question on line %d. Move the questions of a "
                "page "
                "together, or choose another name.",
                lw_shorten(q[i].page, shown), list->item[i - 1]->line);
            return;
        }
}

/* Spans are marked before they are asked about. */
static void check_spans(
    struct lw_reading *r, const struct lw_project *p, size_t i, const struct lw_yaml *list)
{
    const struct lw_yaml *on = lw_yaml_get(list->item[i], "on");
    size_t k = 0;
    while (k < i && p->question[k].type != LW_Q_SPANS)
        k++;
    if (p->question[i].on == LW_ON_SPAN && k == i)
        lw_mistake(r, on,
            "`on: span` asks about spans that were marked, and no question before this one marks "
            "any. Add one of `type: spans` above it.");
}

/* What a talk says becomes the task's turns and responses: there are not two of them. */
static void check_talk(
    struct lw_reading *r, const struct lw_project *p, size_t i, const struct lw_yaml *list)
{
    const struct lw_question *first = lw_talk_question(p);
    if (p->question[i].type == LW_Q_TALK && p->question[i].name && first != &p->question[i])
        lw_mistake(r, lw_yaml_get(list->item[i], "type"),
            "a project takes one talk, and the question on line %d is one. Remove this one.",
            list->item[first - p->question]->line);
}

bool lw_question_is_known(const struct lw_yaml *y)
{
    int type = find(type_names, lw_yaml_get(y, "type"));
    const struct lw_yaml *on = lw_yaml_get(y, "on");
    int target = on ? find(target_names, on) : LW_ON_TASK;
    return type >= 0 && type_is_supported(type) && target >= 0 && target_is_supported(target) &&
           lw_yaml_text(lw_yaml_get(y, "name"));
}

static bool takes_default(const struct lw_question *q)
{
    return q->name && (q->type == LW_Q_RATING || (q->type == LW_Q_CHOICE && q->noptions > 0));
}

LW_SETTER(lw_set_questions)
{
    struct lw_project *p = to;
    if (y->kind != LW_YAML_LIST) {
        lw_mistake_kind(r, f, y);
        return;
    }
    if (y->n == 0 || y->n > LW_QUESTIONS_MAX) {
        lw_mistake(
            r, y, "\"%s\" takes 1 to %d questions, not %zu.", f->key, LW_QUESTIONS_MAX, y->n);
        return;
    }
    p->question = lw_alloc(y->n * sizeof *p->question);
    p->nquestions = y->n;
    for (size_t i = 0; i < y->n; i++)
        read_question(r, &p->question[i], y->item[i]);
    for (size_t i = 0; i < y->n; i++) {
        const struct lw_yaml *when = lw_yaml_get(y->item[i], "when");
        check_name(r, p, i, y);
        check_spans(r, p, i, y);
        check_talk(r, p, i, y);
        inherit_page(r, p, i, y);
        if (when)
            lw_when_parse(r, p, i, when);
        if (lw_yaml_get(y->item[i], "default") && takes_default(&p->question[i]))
            lw_preset_parse(r, &p->question[i], lw_yaml_get(y->item[i], "default"));
        if (lw_yaml_get(y->item[i], "quota") && p->question[i].type == LW_Q_CHOICE)
            lw_quota_parse(r, &p->question[i], lw_yaml_get(y->item[i], "quota"));
        if (lw_yaml_get(y->item[i], "stop_after"))
            lw_stop_parse(r, &p->question[i], lw_yaml_get(y->item[i], "stop_after"));
    }
}

static void question_fini(struct lw_question *q)
{
    for (size_t i = 0; i < q->noptions; i++) {
        free(q->option[i].path);
        free(q->option[i].label);
        free(q->option[i].help);
        free(q->option[i].mark);
    }
    for (size_t i = 0; i < q->scale.npoints; i++)
        free(q->scale.point[i].label);
    for (size_t i = 0; i < q->nwhen; i++)
        json_decref(q->when[i].any_of);
    if (q->stop)
        json_decref(q->stop->any_of);
    free(q->stop);
    free(q->option);
    free(q->scale.point);
    free(q->scale.low);
    free(q->scale.high);
    free(q->when);
    free(q->name);
    free(q->label);
    free(q->help);
    free(q->page);
    free(q->language);
    lw_templates_free(q->template, q->ntemplates);
    json_decref(q->preset);
    lw_talk_rules_free(q->talk);
}

void lw_questions_free(struct lw_question *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        question_fini(&v[i]);
    free(v);
}
