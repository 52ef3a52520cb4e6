/* Each format: which records it takes, and what task comes out. */
#include "fixtures/outline.h"
#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/record_reader.h"
#include "labelwright/format/task.h"
#include "labelwright/json/json_value.h"

static struct lw_task *parse(const char *format, const char *record)
{
    struct lw_task *t = lw_record_reader_task(
        &(struct lw_record_reader){.format = lw_format_find(format)}, record, strlen(record));
    assert_null(t->unreadable);
    return t;
}

static void assert_span(struct lw_span s, const char *text)
{
    assert_int_equal(s.n, strlen(text));
    assert_memory_equal(s.s, text, s.n);
}

static void assert_response(
    const struct lw_task *t, size_t i, const char *id, const char *model, const char *text)
{
    assert_true(i < t->nresponses);
    assert_string_equal(t->response[i].id, id);
    assert_span(t->response[i].text, text);
    if (model)
        assert_string_equal(t->response[i].model, model);
    else
        assert_null(t->response[i].model);
    assert_ptr_equal(lw_task_response(t, id), &t->response[i]);
}

static void test_turns_have_ids_of_their_own(void **state)
{
    (void)state;
    struct lw_task *t = parse("messages",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":"
        "\"b\"},{\"role\":\"user\",\"content\":\"c\"}]}");
    assert_int_equal(t->nturns, 3);
    assert_string_equal(t->turn[0].id, "t1");
    assert_string_equal(t->turn[1].id, "t2");
    assert_string_equal(t->turn[2].id, "t3");
    lw_task_free(t);
}

static void test_table(void **state)
{
    (void)state;
    const char *const *names = lw_format_names();
    assert_string_equal(names[0], "auto");
    for (size_t i = 1; names[i]; i++)
        assert_string_equal(lw_format_find(names[i])->name, names[i]);
    assert_null(lw_format_find("auto"));
    assert_null(lw_format_find("unheard"));
}

static void test_guess(void **state)
{
    (void)state;
    static const struct {
        const char *record, *format;
    } cases[] = {
        {"{\"id\":1,\"prompt\":\"p\",\"responses\":[]}", "native"},
        {"{\"prompt\":\"p\",\"response\":\"r\",\"model\":\"m\"}", "native"},
        {"{\"messages\":[],\"responses\":[\"a\"]}", "native"},
        {"{\"prompt\":\"p\"}", "native"},
        {"{\"chosen\":\"\\n\\nHuman: a\",\"rejected\":\"\\n\\nHuman: b\"}", "hh-rlhf"},
        {"{\"chosen\":\"\\n\\nHuman: a\",\"rejected\":\"\"}", "hh-rlhf"},
        {"{\"id\":1,\"messages\":[],\"tags\":[\"violence\"]}", "native"},
        {"{\"id\":1,\"messages\":[]}", "messages"},
        {"{\"chosen\":\"\",\"rejected\":\"\"}", NULL},
        {"{\"prompt\":\"p\",\"completion\":[]}", NULL},
        {"{\"prompt\":\"p\",\"completion\":\"c\",\"responses\":[]}", "trl-sft"},
        {"{\"prompt\":\"p\",\"responses\":[\"a\"],\"difficulty\":3}", "native"},
        {"{\"question\":\"p\",\"responses\":[\"a\"]}", "named"},
        {"{\"input\":\"i\",\"steps\":[\"a\"]}", "bbmistake"},
        {"{\"prompt\":\"p\",\"completions\":[\"a\"],\"labels\":[true]}", "trl-stepwise"},
        {"{\"question_id\":1,\"model_id\":\"m\",\"choices\":[{\"turns\":[\"a\"]}]}",
            "mt-bench-answers"},
        {"{\"text\":\"t\"}", "named"},
        {"{\"text\":\"\"}", NULL},
        {"{\"title\":7}", "named"},
        {"{\"headline\":\"t\"}", NULL},
        {"{}", NULL},
        {"[]", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *record = json_loads(cases[i].record, 0, NULL);
        const struct lw_format *f = lw_format_guess(record);
        if (f != (cases[i].format ? lw_format_find(cases[i].format) : NULL))
            fail_msg("%s: %s", cases[i].record, f ? f->name : "none");
        json_decref(record);
    }
}

static const struct {
    const char *record, *format, *id, *outline;
} recognised[] = {
    {"{'prompt':'p','chosen':'a','rejected':'b'}", "trl-preference", NULL,
        "user: p\nchosen= a\nrejected= b\n"},
    {"{'chosen':'a','rejected':'b','id':'x'}", "trl-preference", "x", "chosen= a\nrejected= b\n"},
    {"{'chosen':[{'role':'user','content':'q'},{'role':'assistant','content':'a'}],"
     "'rejected':[{'role':'user','content':'q'},{'role':'assistant','content':'b'}],'prompt':'q'}",
        "trl-preference", NULL, "user: q\nchosen= a\nrejected= b\n"},
    {"{'prompt':[{'role':'user','content':'q'}],'chosen':[{'role':'assistant','content':'a'}],"
     "'rejected':[{'role':'assistant','content':'b'},{'role':'user','content':'c'}]}",
        "trl-preference", NULL, "user: q\nchosen= a\nrejected= assistant: b\n\nuser: c\n"},
    {"{'prompt':'p','completion':'c','label':true}", "trl-kto", NULL, "user: p\ncompletion= c\n"},
    {"{'prompt':'p','completion':'c'}", "trl-sft", NULL, "user: p\ncompletion= c\n"},
    {"{'prompt':[{'role':'system','content':'s'},{'role':'user','content':'q'}],"
     "'completion':[{'role':'assistant','content':'a'}]}",
        "trl-sft", NULL, "system: s\nuser: q\ncompletion= a\n"},
    {"{'messages':[{'role':'user','content':'q'},{'role':'assistant','tool_calls':[{'function':"
     "{'name':'look','arguments':'{1}'}}]},{'role':'tool','content':'rain'},"
     "{'role':'assistant','content':'wet'}],'tools':[]}",
        "messages", NULL, "user: q\nassistant: \ntool: rain\nr1= wet\nassistant[call look|{1}]\n"},
    {"{'id':7,'messages':[{'role':'user','content':[{'type':'text','text':'see'},{'type':"
     "'image_url'},'b']},{'role':'assistant','content':'ok','tool_calls':[{'function':{'name':'f',"
     "'arguments':{'a':1}}},{'x':2}]}]}",
        "messages", "7",
        "user: see\n\nb\nr1= ok\nuser[picture |]\nr1[call f|{\"a\":1}]\nr1[call |{\"x\":2}]\n"},
    {"{'id':18446744073709551616,'messages':[{'role':'user','content':'q'},{'role':'assistant',"
     "'tool_calls':[{'function':{'name':'f','arguments':{'a':0.1,'b':[9223372036854775808]}}}]}]}",
        "messages", "18446744073709551616",
        "user: q\nr1= \nr1[call f|{\"a\":0.1,\"b\":[9223372036854775808]}]\n"},
    {"{'id':'c','image':'c.png','alt':'a cat','prompt':'q'}", "native", "c",
        "user: q\ntask[picture c.png|a cat]\n"},
    {"{'id':'s','conversations':[{'from':'system','value':'s'},{'from':'human','value':'q'},"
     "{'from':'gpt','value':'a'}]}",
        "sharegpt", "s", "system: s\nuser: q\nr1= a\n"},
    {"{'conversations':[{'from':'human','value':'q'}]}", "sharegpt", NULL, "user: q\n"},
    {"{'instruction':'do','input':'it','output':'done'}", "alpaca", NULL,
        "user: do\n\nit\noutput= done\n"},
    {"{'instruction':'do','input':'','output':'done'}", "alpaca", NULL, "user: do\noutput= done\n"},
    {"{'idx':0,'instruction':'do','input':'it','response1':true,'response2':'no','annotator1':2}",
        "pandalm", "0", "user: do\n\nit\nresponse1= true\nresponse2= no\n"},
    {"{'idx':1,'instruction':'do','response1':1.5,'response2':false}", "pandalm", "1",
        "user: do\nresponse1= 1.5\nresponse2= false\n"},
    {"{'idx':2,'instruction':'do','response1':0.30000000000000004,'response2':"
     "99999999999999999999}",
        "pandalm", "2",
        "user: do\nresponse1= 0.30000000000000004\nresponse2= 99999999999999999999\n"},
    {"{'input':'i','output_1':'a','output_2':'b','label':1}", "llmbar", NULL,
        "user: i\noutput_1= a\noutput_2= b\n"},
    {"{'question_id':81,'category':'c','turns':['one','two'],'reference':['x','y']}", "mt-bench",
        "81", "user: one\nuser: two\nreference x\n\ny\n"},
    {"{'question_id':81,'model_id':'m','choices':[{'index':0,'turns':['one','two']},{'turns':[1]}]"
     "}",
        "mt-bench-answers", "81", "r1= Turn 1:\n\none\n\nTurn 2:\n\ntwo\nr2= 1\n"},
    {"{'uid':'u','category':'c','cluster':'k','prompt':'p'}", "arena", "u", "user: p\n"},
    {"{'uid':'u','ans_id':'n','model':'m','messages':[{'content':'q','role':'user'},{'content':"
     "{'answer':'a'},'role':'assistant'}],'tstamp':1.5}",
        "arena", "u", "user: q\nr1= a\n"},
    {"{'prompt':'p','answer1':'a','answer2':'b'}", "rlhf-pair", NULL,
        "user: p\nanswer1= a\nanswer2= b\n"},
    {"{'question':'q','answer':'a\\n\\nb\\n#### 2'}", "gsm8k", NULL,
        "user: q\nanswer= a\n\nb\n#### 2\nstep s1 of answer: a\nstep s2 of answer: b\n"
        "step s3 of answer: #### 2\n"},
    {"{'question':'q','answer':'a'}", "named", NULL, "user: q\nanswer= a\n"},
    {"{'input':'i','steps':['a','b'],'target':'-2','answer':'3','mistake_index':1}", "bbmistake",
        NULL,
        "user: i\nr1= a\nb\nreference -2\nstep s1 of r1: a\nstep s2 of r1: b\n"
        "r1[other answer|3]\n"},
    {"{'question':'q','model_output_steps':'Step 1: a\\nStep 2: b\\n','model_output_answer':'6',"
     "'ground_truth_solution':'s','ground_truth_answer':'5','uuid':'u',"
     "'model_output_solution_first_error_step':'2'}",
        "mr-gsm8k", "u",
        "user: q\nr1= Step 1: a\nStep 2: b\n\nreference 5\n\ns\nstep s1 of r1: Step 1: a\n"
        "step s2 of r1: Step 2: b\nr1[other answer|6]\n"},
    {"{'custom_id':'r-1','method':'POST','body':{'model':'m','messages':[{'role':'user','content':"
     "'q'}]}}",
        "batch", "r-1", "user: q\n"},
    {"{'custom_id':'r-1','params':{'system':'s','messages':[{'role':'user','content':'q'}]}}",
        "batch", "r-1", "system: s\nuser: q\n"},
    {"{'custom_id':'r-1','response':{'status_code':200,'body':{'model':'m','choices':[{'message':"
     "{'role':'assistant','content':'a'}},{'message':{'role':'assistant','content':'b'}}]}},"
     "'error':null}",
        "batch-results", "r-1", "r1= a\nr2= b\n"},
    {"{'custom_id':'r-1','result':{'type':'succeeded','message':{'role':'assistant','content':"
     "[{'type':'text','text':'a'}]}}}",
        "batch-results", "r-1", "r1= a\n"},
    {"{'id':'1','prompt':'[\\'q\\',\\'r\\']','response_a':'[\\'a\\',\\'b\\']','response_b':"
     "'[\\'c\\',null]','winner_tie':'1'}",
        "lmsys", "1",
        "user: q\nuser: r\nresponse_a= Turn 1:\n\na\n\nTurn 2:\n\nb\nresponse_b= Turn 1:\n\nc"
        "\n\nTurn 2:\n\n\n"},
    {"{'prompt':'p','completions':['a','b'],'labels':[true,false]}", "trl-stepwise", NULL,
        "user: p\nr1= a\nb\nstep s1 of r1: a\nstep s2 of r1: b\n"},
    {"{'question':{'problem':'q','ground_truth_answer':'4','pre_generated_steps':['a','b','c']},"
     "'label':{'steps':[{'completions':[{'text':'a','rating':1}],'chosen_completion':0},"
     "{'completions':[{'text':'x','rating':-1},{'text':'b','rating':0}]}],"
     "'finish_reason':'found_error'}}",
        "prm800k", NULL,
        "user: q\nr1= a\nb\nc\nreference 4\nstep s1 of r1: a\nstep s2 of r1: b\n"
        "step s2.1 of r1: x\nstep s3 of r1: c\n"},
    {"{'question':{'problem':'q','ground_truth_answer':4,'ground_truth_solution':'s'},"
     "'label':{'steps':[{'completions':[{'text':'x'},{'text':'a'}],'chosen_completion':1},"
     "{'completions':[{'text':'y'}],'human_completion':{'text':'h'},'chosen_completion':null}]}}",
        "prm800k", NULL,
        "user: q\nr1= a\nh\nreference 4\n\ns\nstep s1 of r1: a\nstep s1.1 of r1: x\n"
        "step s2 of r1: h\nstep s2.1 of r1: y\n"},
    {"{'prompt':'p','responses':[{'id':'a','text':'t','steps':['u','v']},{'steps':['w']}]}",
        "native", NULL,
        "user: p\na= t\nr2= w\nstep s1 of a: u\nstep s2 of a: v\nstep s3 of r2: w\n"},
    {"{'message_id':'m','parent_id':null,'text':'t','role':'prompter','rank':null,'replies':"
     "[{'message_id':'x','text':'a','rank':1,'replies':[]},{'text':'b','rank':0}]}",
        "oasst", "m", "user: t\nx= a\nr2= b\n"},
    {"{'message_tree_id':'t','tree_state':'ready','prompt':{'message_id':'m','text':'t','role':"
     "'prompter','replies':[{'message_id':'x','text':'a'}]}}",
        "oasst-tree", "t", "user: t\nx= a\n"},
    {"{'prompt':'p','results':[{'sampling_config':'s','outputs':['a','b']},{'outputs':['c']}]}",
        "oasst-eval", NULL, "user: p\nr1= a\nr2= b\nr3= c\n"},
};

static void test_each_format_is_recognised_and_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof recognised / sizeof *recognised; i++) {
        char *text = quoted(recognised[i].record);
        json_error_t e;
        json_t *record = lw_json_load(text, strlen(text), &e);
        const struct lw_format *f = lw_format_guess(record);
        if (!f || strcmp(f->name, recognised[i].format) != 0)
            fail_msg("%s: %s", text, f ? f->name : "none");
        struct lw_task *t = parse(f->name, text);
        char *is = outline(t);
        assert_string_equal(is, recognised[i].outline);
        if (recognised[i].id)
            assert_string_equal(t->id, recognised[i].id);
        else
            assert_memory_equal(t->id, t->record.sha256, 16);
        free(is);
        lw_task_free(t);
        json_decref(record);
        free(text);
    }
}

static void test_what_a_format_cannot_read_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *format, *record, *part;
    } cases[] = {
        {"trl-preference", "{'chosen':'a'}",
            "\"rejected\" is missing: the format trl-preference needs it"},
        {"trl-preference", "{'chosen':[],'rejected':[]}", "\"chosen\" is an empty list"},
        {"trl-preference", "{'chosen':'a','rejected':{}}", "\"rejected\" must be text or"},
        {"trl-preference", "{'chosen':[1],'rejected':[2]}", "message 1: \"role\" is missing"},
        {"trl-sft", "{'prompt':{},'completion':'c'}", "\"prompt\" must be text or"},
        {"trl-kto", "{'prompt':'p','completion':'c'}", "\"label\" is missing"},
        {"messages", "{'messages':[]}", "\"messages\" is an empty list"},
        {"messages", "{}", "\"messages\" is missing"},
        {"messages", "{'messages':[{'role':'user','content':{}}]}", "\"content\" is not text"},
        {"messages", "{'messages':[{'role':'user','content':[1]}]}", "\"content\" is not text"},
        {"sharegpt", "{'conversations':[{'value':'a'}]}", "message 1: \"from\" is not text"},
        {"sharegpt", "{'conversations':[{'from':'gpt'}]}", "message 1: \"value\" is not text"},
        {"mt-bench", "{'turns':[[]]}", "\"turns\": item 1 is not text"},
        {"mt-bench", "{'turns':'a'}", "\"turns\" must be a list"},
        {"arena", "{'uid':1}", "has no \"prompt\" and no \"messages\""},
        {"oasst", "{'message_id':'a'}", "The message has no \"text\""},
        {"oasst", "{'text':'a','replies':[{}]}", "Reply 1 has no \"text\""},
        {"oasst",
            "{'text':'a','replies':[{'text':'a','message_id':'x'},{'text':'b','message_id':"
            "'x'}]}",
            "Two responses have the id \"x\""},
        {"oasst-tree", "{}", "The message has no \"text\""},
        {"lmsys", "{'prompt':'q'}", "\"prompt\" must be a list of texts"},
        {"prm800k", "{'question':{}}", "\"question\" has no \"problem\""},
        {"prm800k", "{'question':{'problem':'q'}}", "The record has no steps"},
        {"prm800k", "{'question':{'problem':'q','pre_generated_steps':[1]}}", "Step 1 has no text"},
        {"bbmistake", "{'input':'q','steps':['a',2]}", "\"steps\": step 2 is not text"},
        {"bbmistake", "{'input':'q','steps':[]}", "\"steps\" is an empty list"},
        {"trl-stepwise", "{'prompt':'q','completions':'a'}", "must be a list of texts"},
        {"native", "{'prompt':'q','responses':[{'steps':[]}]}", "\"steps\" is an empty list"},
        {"mr-gsm8k", "{'question':'q'}", "must be texts"},
        {"batch", "{'custom_id':'r'}", "no \"body\" and no \"params\""},
        {"batch-results",
            "{'custom_id':'r','response':{'body':{'error':{'message':'Too many tokens'}}}}",
            "got no answer: Too many tokens"},
        {"batch-results", "{'custom_id':'r','result':{'type':'expired'}}",
            "got no answer: expired"},
        {"batch-results",
            "{'custom_id':'r','result':{'type':'errored','error':{'type':'error','error':"
            "{'message':'Overloaded'}}}}",
            "got no answer: Overloaded"},
        {"native", "{'prompt':'p','responses':[{'steps':'a'}]}",
            "\"steps\" must be a list of texts"},
        {"native", "{'prompt':'p','responses':[{'steps':['a',7]}]}",
            "\"steps\": step 2 is not text"},
        {"bbmistake", "{'input':'i','steps':[null]}", "\"steps\": step 1 is not text"},
        {"bbmistake", "{'input':7,'steps':['a']}", "\"input\" must be text"},
        {"trl-stepwise", "{'prompt':'p','completions':[],'labels':[]}",
            "\"completions\" is an empty list"},
        {"trl-stepwise", "{'prompt':'p','completions':['a',['b']],'labels':[]}",
            "\"completions\": step 2 is not text"},
        {"trl-stepwise", "{'completions':['a'],'labels':[]}", "\"prompt\" must be text or"},
        {"prm800k", "{'question':{'problem':'q','pre_generated_steps':[]}}", "has no steps"},
        {"prm800k", "{'question':{'problem':'q','pre_generated_steps':'a'}}", "has no steps"},
        {"prm800k", "{'question':{'problem':'q','pre_generated_steps':['a',{}]}}",
            "Step 2 has no text"},
        {"prm800k", "{'question':{'problem':'q'},'label':{'steps':[{'completions':[]}]}}",
            "Step 1 has no text"},
        {"oasst-eval", "{'prompt':'p'}", "needs a \"prompt\" and a \"results\" list"},
        {"oasst-eval", "{'prompt':'p','results':[1]}", "no \"outputs\" list"},
        {"oasst-eval", "{'prompt':'p','results':[{'outputs':[[]]}]}", "item 1 is not text"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = quoted(cases[i].record);
        struct lw_task *t = lw_record_reader_task(
            &(struct lw_record_reader){.format = lw_format_find(cases[i].format)}, text,
            strlen(text));
        if (!t->unreadable || !strstr(t->unreadable, cases[i].part))
            fail_msg("%s\n  gives %s", text, t->unreadable);
        lw_task_free(t);
        free(text);
    }
}

/* Each label beside the texts has a name that would be seen. */
static void test_labels_in_the_data_are_never_shown(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof recognised / sizeof *recognised; i++) {
        char *text = quoted(recognised[i].record), *with;
        with = lw_format("{\"label\":\"SEEN\",\"rank\":\"SEEN\",\"labels\":{\"q\":\"SEEN\"},"
                         "\"score_chosen\":\"SEEN\",%s",
            text + 1);
        /* The last of equal members counts. */
        json_t *record = json_loads(with, JSON_DECODE_INT_AS_REAL, NULL);
        char *whole = json_dumps(record, 0);
        struct lw_task *t = parse(recognised[i].format, whole);
        char *is = outline(t);
        assert_null(strstr(is, "SEEN"));
        free(is);
        lw_task_free(t);
        free(whole);
        json_decref(record);
        free(with);
        free(text);
    }
}

static void test_native_whole(void **state)
{
    (void)state;
    struct lw_task *t = parse("native",
        "{\"id\":\"t1\",\"prompt\":\"Hi\",\"responses\":[{\"id\":\"a\",\"text\":\"A\",\"model\":"
        "\"m1\"},"
        "{\"id\":12,\"text\":\"\"},\"plain\"],\"tags\":[\"violence\",\"x\"],\"reference\":\"14\","
        "\"meta\":{\"k\":1}}");
    assert_string_equal(t->id, "t1");
    assert_int_equal(t->nturns, 1);
    assert_string_equal(t->turn[0].role, "user");
    assert_span(t->turn[0].text, "Hi");
    assert_int_equal(t->nresponses, 3);
    assert_response(t, 0, "a", "m1", "A");
    assert_response(t, 1, "12", NULL, "");
    assert_response(t, 2, "r3", NULL, "plain");
    assert_int_equal(t->ntags, 2);
    assert_string_equal(t->tag[1], "x");
    assert_span(t->reference, "14");
    assert_null(lw_task_response(t, "b"));
    lw_task_free(t);
}

static void test_native_conversation(void **state)
{
    (void)state;
    static const char *const records[] = {
        "{\"messages\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":"
        "[{\"type\":\"text\",\"text\":\"U\"}]},{\"role\":\"assistant\",\"tool_calls\":[]}]}",
        "{\"prompt\":[{\"role\":\"system\",\"content\":\"S\"},{\"role\":\"user\",\"content\":\"U\"}"
        ","
        "{\"role\":\"assistant\",\"content\":null}],\"messages\":null}"};
    for (int i = 0; i < 2; i++) {
        struct lw_task *t = parse("native", records[i]);
        assert_int_equal(t->nturns, 3);
        assert_string_equal(t->turn[0].role, "system");
        assert_span(t->turn[1].text, "U");
        assert_span(t->turn[2].text, "");
        assert_int_equal(t->nresponses, 0);
        lw_task_free(t);
    }
}

static void test_native_small(void **state)
{
    (void)state;
    struct lw_task *t =
        parse("native", "{\"response\":\"only\",\"reference\":-9223372036854775808,\"tags\":null}");
    assert_int_equal(t->nturns, 0);
    assert_response(t, 0, "r1", NULL, "only");
    assert_span(t->reference, "-9223372036854775808");
    lw_task_free(t);
    t = parse("native", "{\"image\":\"cat.png\"}");
    assert_null(t->reference.s);
    lw_task_free(t);
}

static void test_many_response_ids(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"responses\":[\"a\"");
    for (int i = 1; i < 200000; i++)
        lw_buf_str(&b, ",\"\"");
    lw_buf_str(&b, "]}");
    struct lw_task *t = parse("native", b.data);
    assert_string_equal(t->response[199999].id, "r200000");
    lw_task_free(t);
    lw_buf_fini(&b);
}

#define H "\\n\\nHuman: "
#define A "\\n\\nAssistant: "

static void test_hh_rlhf_shapes(void **state)
{
    (void)state;
    static const struct {
        const char *chosen, *rejected;
        size_t turns;
        const char *text[2];
    } cases[] = {
        {H "q" A "a", H "q" A "b", 1, {"a", "b"}},
        {H "q" A "a" H "r" A "a", H "q" A "a" H "r" A "b", 3, {"a", "b"}},
        {H "q" A "a", H "q" A "ab", 1, {"a", "ab"}},
        {H "q" A "same", H "q" A "same", 1, {"same", "same"}},
        {H "q" A "a" H "r" A "c", H "q" A "b", 1, {"a\n\nHuman: r\n\nAssistant: c", "b"}},
        {H "q" A "a" H "r", H "q" A "a", 1, {"a\n\nHuman: r", "a"}},
        {H "q" A "a" H "r", H "q" A "a" H "s", 2, {"\n\nHuman: r", "\n\nHuman: s"}},
        {H "q" A H "r", H "q" A "b", 1, {"\n\nAssistant: \n\nHuman: r", "b"}},
        {H "q" A, H "q" A "b", 1, {"", "b"}},
        {H "q" A "a", H "p" A "b", 0,
            {"\n\nHuman: q\n\nAssistant: a", "\n\nHuman: p\n\nAssistant: b"}},
        {"", H "q" A "a", 0, {"", "\n\nHuman: q\n\nAssistant: a"}},
        {A "a", "a", 0, {"\n\nAssistant: a", "a"}},
        {H "q", H "q", 0, {"\n\nHuman: q", "\n\nHuman: q"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *record = lw_format(
            "{\"chosen\":\"%s\",\"rejected\":\"%s\"}", cases[i].chosen, cases[i].rejected);
        struct lw_task *t = parse("hh-rlhf", record);
        assert_int_equal(t->nturns, cases[i].turns);
        assert_int_equal(t->nresponses, 2);
        assert_response(t, 0, "chosen", NULL, cases[i].text[0]);
        assert_response(t, 1, "rejected", NULL, cases[i].text[1]);
        lw_task_free(t);
        free(record);
    }
}

static void test_hh_rlhf_refusals(void **state)
{
    (void)state;
    static const char *const records[] = {
        "{\"chosen\":\"a\"}", "{\"chosen\":\"a\",\"rejected\":null}", "{\"rejected\":\"a\"}"};
    for (int i = 0; i < 3; i++) {
        struct lw_task *t =
            lw_record_reader_task(&(struct lw_record_reader){.format = lw_format_find("hh-rlhf")},
                records[i], strlen(records[i]));
        assert_non_null(strstr(t->unreadable, "in hh-rlhf it must be a transcript"));
        lw_task_free(t);
    }
}

static bool begins_with_turn(struct lw_span s)
{
    return (s.n >= 9 && !memcmp(s.s, "\n\nHuman: ", 9)) ||
           (s.n >= 13 && !memcmp(s.s, "\n\nAssistant: ", 13));
}

/* The rule that format_hh_rlhf.c states. */
static void reassemble(const struct lw_task *t, size_t side, struct lw_buf *to)
{
    struct lw_span text = t->response[side].text;
    lw_buf_clear(to);
    for (size_t i = 0; i < t->nturns; i++) {
        lw_buf_str(to, strcmp(t->turn[i].role, "user") ? "\n\nAssistant: " : "\n\nHuman: ");
        lw_buf_add(to, t->turn[i].text.s, t->turn[i].text.n);
    }
    if (t->nturns && !begins_with_turn(text))
        lw_buf_str(to, "\n\nAssistant: ");
    lw_buf_add(to, text.s, text.n);
}

static void test_hh_rlhf_gives_every_byte_back(void **state)
{
    (void)state;
    size_t n, records = 0;
    char *bytes = shared_bytes("data/preference/hh-rlhf_harmless-base_test.jsonl", &n);
    if (!bytes)
        skip();
    struct lw_buf b = {0};
    for (char *line = bytes, *end; (end = memchr(line, '\n', n - (size_t)(line - bytes)));
         line = end + 1) {
        struct lw_task *t =
            lw_record_reader_task(&(struct lw_record_reader){.format = lw_format_find("hh-rlhf")},
                line, (size_t)(end - line));
        assert_null(t->unreadable);
        assert_ptr_equal(lw_format_guess(t->root), lw_format_find("hh-rlhf"));
        for (size_t i = 0; i < 2; i++) {
            reassemble(t, i, &b);
            assert_string_equal(
                b.data, json_string_value(json_object_get(t->root, t->response[i].id)));
        }
        lw_task_free(t);
        records++;
    }
    assert_int_equal(records, 2312);
    lw_buf_fini(&b);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_turns_have_ids_of_their_own),
        cmocka_unit_test(test_guess),
        cmocka_unit_test(test_each_format_is_recognised_and_read),
        cmocka_unit_test(test_what_a_format_cannot_read_is_said),
        cmocka_unit_test(test_labels_in_the_data_are_never_shown),
        cmocka_unit_test(test_native_whole),
        cmocka_unit_test(test_native_conversation),
        cmocka_unit_test(test_native_small),
        cmocka_unit_test(test_many_response_ids),
        cmocka_unit_test(test_hh_rlhf_shapes),
        cmocka_unit_test(test_hh_rlhf_refusals),
        cmocka_unit_test(test_hh_rlhf_gives_every_byte_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
