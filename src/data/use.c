#include "data/use.h"

#include <string.h>

/* Whole names, after lw_use_name(). A name may stand in one row only. */
static const struct {
    enum lw_use use;
    const char *names; /* parted by blanks */
} whole[] = {
    {LW_USE_SYSTEM, " system system_prompt system_message system_instruction system_instructions "
                    "sys_prompt system_msg developer_prompt persona "},
    {LW_USE_PROMPT,
        " prompt question instruction instructions query user_prompt user_query user_message "
        "user_input user_question user_request user_turn user_text user human problem request "
        "input_prompt "
        "input_text input_question question_text prompt_text full_prompt frage pregunta "
        "domanda pergunta prompts "},
    {LW_USE_MATERIAL,
        " input inputs text tweet post sentence sentences statement claim task test_case comment "
        "review utterance message context contexts passage passages document documents article "
        "background paragraph evidence retrieved_context retrieved_contexts retrieved_documents "
        "source_text source_sentence premise hypothesis title abstract story dialogue_text "
        "content "},
    {LW_USE_OPTIONS, " choices options answer_options multiple_choice answer_choices "},
    {LW_USE_TALK, " messages conversation conversations dialogue dialog dialogs chat chat_history "
                  "conversation_history history turns transcript thread trajectory chat_messages "},
    {LW_USE_RESPONSE,
        " response output completion generation generated generated_text generated_answer reply "
        "prediction pred predicted candidate rewrite assistant chosen rejected accepted preferred "
        "dispreferred bot bot_turn assistant_turn filtered_resps resp gpt human_ref result "
        "hypothesis_text mt continuation assistant_response "
        "assistant_reply suggested_answer respuesta antwort "},
    {LW_USE_ANSWER, " answer solution summary translation highlights final_answer "},
    {LW_USE_RESPONSES,
        " responses completions answers generations outputs candidates replies samples predictions "
        "summaries translations model_outputs model_responses model_answers new_generations "
        "results rewrites continuations resps "},
    {LW_USE_REFERENCE,
        " reference references ref refs gold golden ground_truth ideal expected truth "
        "canonical_solution gold_label label_text target targets reference_text "},
    {LW_USE_PICTURE, " image images image_url image_path image_file picture photo img image_name "},
    {LW_USE_TOOLS, " tools functions available_tools tool_definitions "},
};

/* A name that ends so is a response, whoever gave it: "gpt4_answer". */
static const char ends[] = " response answer output completion generation reply summary "
                           "translation rewrite continuation ";
static const char ends_of_many[] = " responses answers outputs completions generations replies ";

/* … unless it begins so. */
static const char gold[] =
    " reference ref gold golden ground correct expected ideal best canonical "
    "true truth target label right ";
static const char wrong[] = " incorrect is has n num better safer worse prompt question original ";

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

/* A word begins: a capital behind a small letter, a number behind letters. */
static bool begins_word(const char *member, const char *at)
{
    if (at == member || !is_word(at[-1]))
        return false;
    bool small = !is_upper(at[-1]) && !is_digit(at[-1]);
    return (is_upper(*at) && small) || (is_digit(*at) && !is_digit(at[-1]));
}

void lw_use_name(const char *member, char to[LW_USE_NAME_MAX])
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

static enum lw_use find_whole(const char *name)
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

/* Cuts what counts, and "text" and its like, off the end. */
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

/* More of them make a sentence: "what would you answer". */
enum { WORDS_MAX = 3 };

static int count_words(const char *name)
{
    int n = 1;
    for (const char *p = name; (p = strchr(p, '_')); p++)
        n++;
    return n;
}

static enum lw_use by_ends(const char *name)
{
    const char *last = last_word(name);
    size_t first = strcspn(name, "_");
    bool one = holds(ends, last, strlen(last)), many = holds(ends_of_many, last, strlen(last));
    if (last == name || (!one && !many) || count_words(name) > WORDS_MAX)
        return LW_USE_NONE;
    if (holds(gold, name, first))
        return LW_USE_REFERENCE;
    if (holds(wrong, name, first))
        return LW_USE_NONE;
    return one ? LW_USE_RESPONSE : LW_USE_RESPONSES;
}

/* Of some uses there may be several, counted. */
static enum lw_use one_of_several(enum lw_use use)
{
    bool many = use == LW_USE_RESPONSE || use == LW_USE_PROMPT || use == LW_USE_MATERIAL;
    if (use == LW_USE_ANSWER || use == LW_USE_TALK)
        return LW_USE_RESPONSE;
    return many ? use : LW_USE_NONE;
}

static bool says_aside(const char *name)
{
    bool is = strncmp(name, "is_", 3) == 0 || strncmp(name, "has_", 4) == 0;
    for (const char *at = name; at && !is; at = strchr(at, '_')) {
        at += *at == '_';
        is = holds(aside, at, strcspn(at, "_"));
    }
    return is;
}

enum lw_use lw_use_of(const char *member)
{
    char name[LW_USE_NAME_MAX];
    lw_use_name(member, name);
    enum lw_use use = *name ? find_whole(name) : LW_USE_NONE;
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
    return use != LW_USE_NONE ? use : says_aside(name) ? LW_USE_ASIDE : LW_USE_NONE;
}
