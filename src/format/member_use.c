/* What a member of a record is for, by its name alone: tables of words, as data sets use them.
 * Whole names come first, then the words that a name ends with; numbers and letters behind a name
 * count. What is done with the member is named_members.c's. */
#include "labelwright/format/member_use.h"

#include <string.h>

/* Whole names, after lw_member_use_name(). A name may be in one row only. */
static const struct {
    enum lw_member_use use;
    const char *names; /* separated by spaces */
} whole[] = {
    {LW_USE_SYSTEM, " system system_prompt system_message system_instruction system_instructions "
                    "sys_prompt system_msg developer_prompt persona "},
    {LW_USE_PROMPT,
        " prompt question instruction instructions query user_prompt user_query user_message "
        "user_input user_question user_request user_turn user_text user human problem request "
        "input_prompt "
        "input_text input_question question_text prompt_text full_prompt frage pregunta "
        "domanda pergunta prompts problem_statement stem question_stem question_content "},
    {LW_USE_CONTEXT,
        " input inputs text tweet post sentence sentences statement claim task test_case comment "
        "review utterance message context contexts passage passages document documents article "
        "background paragraph evidence retrieved_context retrieved_contexts retrieved_documents "
        "source_text source_sentence premise hypothesis title abstract story dialogue_text "
        "content retrieval_context ctx hints_text "},
    {LW_USE_OPTIONS,
        " choices options answer_options multiple_choice answer_choices endings option "},
    {LW_USE_CONVERSATION,
        " messages conversation conversations dialogue dialog dialogs chat chat_history "
        "conversation_history history turns transcript thread trajectory traj chat_messages "
        "contents "},
    {LW_USE_RESPONSE,
        " response output completion generation generated generated_text generated_answer reply "
        "candidate rewrite assistant chosen rejected accepted preferred "
        "dispreferred bot bot_turn assistant_turn resp gpt human_ref hypothesis_text mt "
        "continuation assistant_response assistant_reply suggested_answer respuesta antwort "
        "sampled model_patch "},
    {LW_USE_ANSWER, " answer solution summary translation highlights final_answer "},
    {LW_USE_RESPONSES,
        " responses completions answers generations outputs candidates replies samples predictions "
        "summaries translations model_outputs model_responses model_answers new_generations "
        "results rewrites continuations resps "},
    {LW_USE_RESULT, " result prediction pred predicted filtered_resps "},
    {LW_USE_REFERENCE,
        " reference references ref refs gold golden ground_truth ideal expected truth "
        "canonical_solution gold_label label_text target targets reference_text gold_patch "},
    {LW_USE_PICTURE, " image images image_url image_path image_file picture photo img image_name "},
    {LW_USE_TOOLS, " tools functions available_tools tool_definitions "},
};

/* Names that mean something else next to one of these. */
static const struct {
    const char *name, *beside; /* separated by spaces */
    enum lw_member_use use;
} besides[] = {
    {"answer", " task_hash input_hash ", LW_USE_METADATA}, /* of Prodigy: accept, reject, ignore */
    {"answer", " choices options answer_options answer_choices endings option_1 option_a ",
        LW_USE_REFERENCE},
    {"task", " trajectory conversation conversations messages ", LW_USE_METADATA},
    {"title", " trajectory conversation conversations messages mapping ", LW_USE_METADATA},
    {"patch", " problem_statement ", LW_USE_REFERENCE},
    {"input_output", " difficulty solutions starter_code ", LW_USE_NONE}, /* tests of a program */
};

/* A name that ends like this is a response, whoever wrote it: "gpt4_answer". */
static const char ends[] = " response answer output completion generation reply summary "
                           "translation rewrite continuation ";
static const char ends_of_many[] = " responses answers outputs completions generations replies "
                                   "summaries translations rewrites continuations ";

/* … unless it starts like this. */
static const char gold[] =
    " reference ref gold golden ground correct expected ideal best canonical "
    "true truth target label right ";
static const char gold_inside[] =
    " reference gold golden correct expected ideal "; /* or has one of these anywhere */
static const char wrong[] = " is has n num better safer worse prompt question original ";

/* A name with one of these words is not a response, or is about another one. */
static const char judged[] =
    " incorrect wrong labelling labeling judge judgement judgment grader grading evaluator "
    "evaluation critic critique ";

/* Words of names that say something about the record or about a judgement of it. */
static const char aside[] =
    " id ids idx index uid uuid qid guid key label labels score scores rank ranking rating ratings "
    "annotator annotators annotation annotations worker model models generator winner preference "
    "preferences vote votes judge judgment judgement hash sha md5 time timestamp date created "
    "updated tstamp seed split lang language locale metadata meta config params parameters "
    "temperature tokens length count num license licence url tags tag ";

static bool holds(const char *list, const char *word, size_t n)
{
    for (const char *at = list; (at = strchr(at, ' ')) && at[1];) {
        at++;
        if (strncmp(at, word, n) == 0 && at[n] == ' ')
            return true;
    }
    return false;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_upper(c) || is_digit(c) || (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* A word starts: a capital after a small letter, a number after letters. */
static bool begins_word(const char *member, const char *at)
{
    if (at == member || !is_word(at[-1]))
        return false;
    bool small = !is_upper(at[-1]) && !is_digit(at[-1]);
    return (is_upper(*at) && small) || (is_digit(*at) && !is_digit(at[-1]));
}

void lw_member_use_name(const char *member, char to[LW_USE_NAME_MAX])
{
    size_t n = 0;
    for (const char *p = member; *p && n + 2 < LW_USE_NAME_MAX; p++) {
        bool part = !is_word(*p) || begins_word(member, p);
        if (part && n > 0 && to[n - 1] != '_')
            to[n++] = '_';
        if (is_word(*p))
            to[n++] = is_upper(*p) ? (char)(*p - 'A' + 'a') : *p;
    }
    while (n > 0 && to[n - 1] == '_')
        n--;
    to[n] = '\0';
}

static enum lw_member_use find_whole(const char *name)
{
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (holds(whole[i].names, name, strlen(name)))
            return whole[i].use;
    return LW_USE_NONE;
}

static const char *last_word(const char *name)
{
    const char *last = strrchr(name, '_');
    return last ? last + 1 : name;
}

/* "1", "12", "a", "left" … */
static bool counts(const char *word)
{
    static const char words[] = " left right first second third one two three ";
    size_t n = strlen(word);
    bool number = n > 0 && n <= 3 && strspn(word, "0123456789") == n;
    return number || (n == 1 && *word >= 'a' && *word <= 'z') || holds(words, word, n);
}

/* Cuts numbering, and "text" and similar words, off the end. */
static bool cut_end(char *name)
{
    static const char plain[] = " text str string content body ";
    bool counted = false;
    for (char *last = strrchr(name, '_'); last; last = strrchr(name, '_')) {
        bool nth = counts(last + 1);
        if (!nth && !holds(plain, last + 1, strlen(last + 1)))
            break;
        counted = counted || nth;
        *last = '\0';
    }
    return counted;
}

/* More words make a sentence: "what would you answer". */
enum { WORDS_MAX = 3 };

static int count_words(const char *name)
{
    int n = 1;
    for (const char *p = name; (p = strchr(p, '_')); p++)
        n++;
    return n;
}

static bool has_word(const char *name, const char *words)
{
    bool has = false;
    for (const char *at = name; at && !has; at = strchr(at, '_')) {
        at += *at == '_';
        has = holds(words, at, strcspn(at, "_"));
    }
    return has;
}

static enum lw_member_use by_ends(const char *name)
{
    const char *last = last_word(name);
    size_t first = strcspn(name, "_");
    bool one = holds(ends, last, strlen(last)), many = holds(ends_of_many, last, strlen(last));
    if (last == name || (!one && !many) || count_words(name) > WORDS_MAX)
        return LW_USE_NONE;
    if (holds(wrong, name, first) || has_word(name, judged))
        return LW_USE_NONE;
    if (holds(gold, name, first) || has_word(name, gold_inside))
        return LW_USE_REFERENCE;
    if (first == 3 && strncmp(name, "raw", 3) == 0)
        return LW_USE_RESULT;
    return one ? LW_USE_RESPONSE : LW_USE_RESPONSES;
}

/* Of some uses there may be several, counted. */
static enum lw_member_use one_of_several(enum lw_member_use use)
{
    bool many = use == LW_USE_RESPONSE || use == LW_USE_PROMPT || use == LW_USE_CONTEXT ||
                use == LW_USE_OPTIONS;
    if (use == LW_USE_ANSWER || use == LW_USE_CONVERSATION || use == LW_USE_RESULT)
        return LW_USE_RESPONSE;
    return many ? use : LW_USE_NONE;
}

static bool is_metadata(const char *name)
{
    return strncmp(name, "is_", 3) == 0 || strncmp(name, "has_", 4) == 0 || has_word(name, aside);
}

static enum lw_member_use judge(const char *member)
{
    char name[LW_USE_NAME_MAX];
    lw_member_use_name(member, name);
    enum lw_member_use use = *name ? find_whole(name) : LW_USE_NONE;
    if (use == LW_USE_NONE)
        use = by_ends(name);
    if (use != LW_USE_NONE)
        return use;
    char cut[LW_USE_NAME_MAX];
    strcpy(cut, name);
    bool counted = cut_end(cut);
    use = find_whole(cut);
    if (counted)
        use = one_of_several(use);
    if (use == LW_USE_NONE)
        use = by_ends(cut);
    return use != LW_USE_NONE ? use : is_metadata(name) ? LW_USE_METADATA : LW_USE_NONE;
}

/* Records have the same members again and again, and to judge a name takes longer than to read its
 * value: the last names of each kind are kept. */
enum lw_member_use lw_member_use_of(const char *member)
{
    enum { KEPT = 256, NAME_MAX_KEPT = 32 };
    static struct {
        char name[NAME_MAX_KEPT];
        enum lw_member_use use;
    } kept[KEPT];
    unsigned hash = 0;
    size_t n = 0;
    for (; member[n] && n < NAME_MAX_KEPT; n++)
        hash = 31 * hash + (unsigned char)member[n];
    if (n == 0 || n == NAME_MAX_KEPT)
        return judge(member);
    if (strcmp(kept[hash % KEPT].name, member) != 0) {
        kept[hash % KEPT].use = judge(member);
        memcpy(kept[hash % KEPT].name, member, n + 1);
    }
    return kept[hash % KEPT].use;
}

static bool has_member(const json_t *record, const char *names)
{
    const char *member;
    json_t *v;
    json_object_foreach((json_t *)record, member, v)
    {
        char name[LW_USE_NAME_MAX];
        lw_member_use_name(member, name);
        if (!json_is_null(v) && holds(names, name, strlen(name)))
            return true;
    }
    return false;
}

enum lw_member_use lw_member_use_in(const json_t *record, const char *member)
{
    char name[LW_USE_NAME_MAX];
    lw_member_use_name(member, name);
    for (size_t i = 0; i < sizeof besides / sizeof *besides; i++)
        if (strcmp(besides[i].name, name) == 0 && has_member(record, besides[i].beside))
            return besides[i].use;
    return lw_member_use_of(member);
}
