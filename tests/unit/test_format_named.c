/* Records that are recognised by the names of their members: responses stay anonymous, and a right
 * answer is not rated. */
#include "fixtures/outline.h"
#include "fixtures/shared_data.h"
#include "labelwright/format/member_use.h"
#include "labelwright/format/record_reader.h"

static const struct {
    const char *record, *outline;
} records[] = {
    /* pairs */
    {"{'system':'s','question':'q','chosen':'a','rejected':'b'}",
        "system: s\nuser: q\nchosen= a\nrejected= b\n"},
    {"{'instruction':'do','input':'','output_1':'a','output_2':'b'}",
        "user: do\noutput_1= a\noutput_2= b\n"},
    {"{'instruction':'do','output_1':'a','output_2':'b','generator_1':'m','preference':1.5}",
        "user: do\noutput_1= a\noutput_2= b\n"},
    {"{'instruction':'do','response_a':'a','response_b':'b'}",
        "user: do\nresponse_a= a\nresponse_b= b\n"},
    {"{'prompt':'p','response_a':'a','response_b':'b','winner_model_a':1,'model_a':'m'}",
        "user: p\nresponse_a= a\nresponse_b= b\n"},
    {"{'prompt':'p','response_0':'a','response_1':'b','is_response_0_safe':true,"
     "'better_response_id':0,'response_0_severity_level':2}",
        "user: p\nresponse_0= a\nresponse_1= b\n"},
    {"{'conversations':[{'from':'human','value':'q'}],'chosen':{'from':'gpt','value':'a'},"
     "'rejected':{'from':'gpt','value':'b'}}",
        "user: q\nchosen= a\nrejected= b\n"},
    {"{'messages':[{'role':'user','content':'q'},{'role':'assistant','content':'a'}],"
     "'rejected_response':'b'}",
        "user: q\nrejected_response= b\nr2= a\n"},
    {"{'prompt':'q','prompt_id':'f','chosen':[{'role':'user','content':'q'},{'role':'assistant',"
     "'content':'a'}],'rejected':[{'role':'user','content':'q'},{'role':'assistant','content':"
     "'b'}],'messages':[{'role':'user','content':'q'},{'role':'assistant','content':'a'}],"
     "'score_chosen':8.5}",
        "user: q\nchosen= a\nrejected= b\n"},
    {"{'system':'s','chosen':[{'role':'user','content':'q'},{'role':'assistant','content':'a'}],"
     "'rejected':[{'role':'user','content':'q'},{'role':'assistant','content':'b'}]}",
        "system: s\nuser: q\nchosen= a\nrejected= b\n"},
    {"{'question_id':'x','model_a':'m','winner':'tie','conversation_a':[{'role':'user','content':"
     "'q'},{'role':'assistant','content':'a'}],'conversation_b':[{'role':'user','content':'q'},"
     "{'role':'assistant','content':'b'}],'turn':1}",
        "user: q\nconversation_a= a\nconversation_b= b\n"},
    {"{'post_id':'x','domain':'d','history':'q','human_ref_A':'a','human_ref_B':'b','labels':1}",
        "user: q\nhuman_ref_A= a\nhuman_ref_B= b\n"},
    {"{'qid':1,'question':'q','metadata':['u'],'response_j':'a','response_k':'b'}",
        "user: q\nresponse_j= a\nresponse_k= b\n"},
    {"{'question':{'full_text':'q','id':'x'},'answer_0':'a','answer_1':'b','score_0':-1}",
        "user: q\nanswer_0= a\nanswer_1= b\n"},
    {"{'Prompt':'p','Response A':'a','Response B':'b','Better?':'A'}",
        "user: p\nResponse A= a\nResponse B= b\n"},
    {"{'question':'q','gpt4_answer':'a','claude_answer':'b','gold_answer':'g'}",
        "user: q\ngpt4_answer= a\nclaude_answer= b\nreference g\n"},
    /* lists */
    {"{'instruction':'i','models':['m'],'completions':[{'model':'m','response':'a','annotations':"
     "{'h':{'Rating':'1'}},'critique':'c'},{'model':'n','response':'b'}]}",
        "user: i\nr1= a\nr2= b\n"},
    {"{'prompt':'p','answers':[{'answer':'a','model':'m','rank':1},{'answer':'b','rank':2}],"
     "'turns':1,'num_responses':2}",
        "user: p\nr1= a\nr2= b\n"},
    {"{'qid':1,'question':'q','answers':[{'answer_id':7,'text':'a','pm_score':2},{'answer_id':8,"
     "'text':'b'}]}",
        "user: q\n7= a\n8= b\n"},
    {"{'info':{'id':'x','post':'long','title':'t'},'summaries':[{'text':'a','policy':'p'},{'text':"
     "'b'}],'choice':1}",
        "user: long\n\nt\nr1= a\nr2= b\n"},
    {"{'input':'i','generations':['a','b'],'generation_model':['m','n']}",
        "user: i\nr1= a\nr2= b\n"},
    {"{'question':'q','human_answers':['a'],'chatgpt_answers':['b']}", "user: q\nr1= a\nr2= b\n"},
    {"{'prompt':'p','choices':[{'index':0,'message':{'role':'assistant','content':'a'}}]}",
        "user: p\nr1= a\n"},
    /* one response, and the right one */
    {"{'question':'q','answer':'g','model_answer':'a'}", "user: q\nmodel_answer= a\nreference g\n"},
    {"{'question':'q','answer':'g','response':'a'}", "user: q\nr1= a\nreference g\n"},
    {"{'question':'q','answer':'a'}", "user: q\nanswer= a\n"},
    {"{'prompt':'p','response':'a','helpfulness':4}", "user: p\nr1= a\n"},
    {"{'instruction':'i','context':'c','response':'a','category':'x'}", "user: i\n\nc\nr1= a\n"},
    {"{'context':'c','instruction':'i','response':'a'}", "user: i\n\nc\nr1= a\n"},
    {"{'id':'x','system_prompt':'s','question':'q','response':'a'}", "system: s\nuser: q\nr1= a\n"},
    {"{'input':[{'role':'system','content':'s'},{'role':'user','content':'q'}],'ideal':'g'}",
        "system: s\nuser: q\nreference g\n"},
    {"{'context':'c','question':'q','answers':{'text':['g'],'answer_start':[1]}}",
        "user: q\n\nc\nreference g\n"},
    {"{'question':'q','choices':['x','y'],'answer':1}", "user: q\n\nA) x\nB) y\nreference 1\n"},
    {"{'question':'q','choices':['x','y'],'answer':'B','model_output':'a','pred':'B'}",
        "user: q\n\nA) x\nB) y\nmodel_output= a\nreference B\n"},
    {"{'question':'q','option_a':'x','option_b':'y','answer':'a'}",
        "user: q\n\nA) x\nB) y\nreference a\n"},
    {"{'sentence':'a cup or a bag','option1':'cup','option2':'bag','answer':'1'}",
        "user: a cup or a bag\n\nA) cup\nB) bag\nreference 1\n"},
    {"{'ctx_a':'c','ctx_b':'d','ctx':'c d','endings':['x','y'],'label':'0'}",
        "user: c d\n\nA) x\nB) y\n"},
    {"{'text':'q','options':[{'id':'g','text':'Good'}],'accept':['g'],'answer':'accept',"
     "'_input_hash':1,'_task_hash':2}",
        "user: q\n\nA) Good\n"},
    {"{'text':'q','spans':[],'answer':'accept','_input_hash':1}", "user: q\n"},
    {"{'repo':'r','problem_statement':'q','hints_text':'h','patch':'g','instance_id':'x'}",
        "user: q\n\nh\nreference g\n"},
    {"{'problem_statement':'q','patch':'g','model_patch':'a'}",
        "user: q\nmodel_patch= a\nreference g\n"},
    {"{'input':'q','actual_output':'a','expected_output':'g','retrieval_context':['c']}",
        "user: q\n\nc\nactual_output= a\nreference g\n"},
    {"{'text':'t','machine_summaries':['a','b']}", "user: t\nr1= a\nr2= b\n"},
    {"{'question':'q','input_output':'{}','difficulty':'d'}", "user: q\n"},
    {"{'orig_instruction':'q','instruction':'q','orig_response':'a','orig_reference_answer':'g'}",
        "user: q\norig_response= a\nreference g\n"},
    /* what was made of a response is none */
    {"{'prompt':'p','completion':'a','result':'failed','passed':false}",
        "user: p\ncompletion= a\n"},
    {"{'doc':{'question':'q','answer':'g'},'target':'g','resps':[['a']],'filtered_resps':['3']}",
        "user: q\nr1= a\nreference g\n"},
    {"{'question':'q','answer':'g','prediction':'a'}", "user: q\nprediction= a\nreference g\n"},
    {"{'prompt':'p','raw_output':'a'}", "user: p\nraw_output= a\n"},
    {"{'input':'q','chosen':'a','rejected':'b','generations':['a','b'],'raw_labelling_response':"
     "'8 2','judge_output':'A'}",
        "user: q\nchosen= a\nrejected= b\n"},
    {"{'task_id':'t','prompt':'p','canonical_solution':'g','completion':'a'}",
        "user: p\ncompletion= a\nreference g\n"},
    {"{'Question':'q','Best Answer':'g','Incorrect Answers':'w','Category':'c'}",
        "user: q\nreference g\n"},
    {"{'Question':'q','Best Answer':'g','Best Incorrect Answer':'w'}", "user: q\nreference g\n"},
    {"{'user_input':'q','model_output':'a','human_annotation':true,'toxicity':0}",
        "user: q\nmodel_output= a\n"},
    {"{'instruction':'i','input':'','output':'a','text':'Below is an instruction. i Response: a'}",
        "user: i\noutput= a\n"},
    {"{'article':'long','highlights':'a'}", "user: long\nhighlights= a\n"},
    {"{'premise':'p','hypothesis':'h','label':0}", "user: p\n\nh\n"},
    {"{'Input.question':'q','Input.response_1':'a','Input.response_2':'b','Answer.rating':'4'}",
        "user: q\nInput.response_1= a\nInput.response_2= b\n"},
    {"{'doc':{'question':'q','answer':'g'},'target':'g','resps':[['a','b']]}",
        "user: q\nr1= a\n\nb\nreference g\n"},
    {"{'question':'q','resps':[['a'],[{}]]}", "user: q\nr1= a\nr2= \n"},
    {"{'query':'q','answers':'a','tools':'t'}", "user: q\nanswers= a\ntask[tool |t]\n"},
    {"{'user_turn':'q','bot_turn':'a','harm_category':'x'}", "user: q\nbot_turn= a\n"},
    {"{'source':'Haus','translation_a':'House','translation_b':'Home'}",
        "user: Haus\ntranslation_a= House\ntranslation_b= Home\n"},
    {"{'src':'Haus','mt':'House','ref':'Home','lp':'de-en'}",
        "user: Haus\nmt= House\nreference Home\n"},
    {"{'question':'q','translation':'t','source':'a book'}", "user: q\ntranslation= t\n"},
    /* in an object */
    {"{'input':{'messages':[{'role':'user','content':'q'}],'tools':[]},'preferred_output':[{'role':"
     "'assistant','content':'a'}],'non_preferred_output':[{'role':'assistant','content':'b'}]}",
        "user: q\npreferred_output= a\nnon_preferred_output= b\n"},
    {"{'request':{'system':'s','messages':[{'role':'user','content':'q'}]},'response':{'role':"
     "'assistant','content':[{'type':'text','text':'a'}]}}",
        "system: s\nuser: q\nresponse= a\n"},
    {"{'id':'r','prompt':{'raw':'q','label':'l'},'response':{'output':'a','cached':false},'vars':"
     "{'x':'y'}}",
        "user: q\nr1= a\n"},
    {"{'custom_id':'r','prompt':'q','response':{'status_code':200,'body':{'choices':[{'index':0,"
     "'message':{'role':'assistant','content':'a'}}]}}}",
        "user: q\nr1= a\n"},
    {"{'input':[{'role':'user','content':'q'}],'target':'g','messages':[{'role':'system','content':"
     "'s'},{'role':'user','content':'q','id':'m'},{'role':'assistant','content':[{'type':"
     "'reasoning','reasoning':'hm'},{'type':'text','text':'a'}]}],'output':{'model':'m','choices':"
     "[],'completion':'a'}}",
        "system: s\nuser: q\noutput= a\nreference g\noutput[reasoning |hm]\n"},
    {"{'prompt':'q','response':{'text':'a'}}", "user: q\nr1= a\n"},
    {"{'instance':{'id':1},'request':{'prompt':'q'},'result':{'success':true,'completions':[{'text'"
     ":"
     "'a'}]}}",
        "user: q\nr1= a\n"},
    {"{'question':{'stem':'q','choices':[{'label':'A','text':'x'},{'label':'B','text':'y'}]},"
     "'answerKey':'A'}",
        "user: q\n\nA) x\nB) y\n"},
    /* conversations */
    {"{'systemInstruction':{'parts':[{'text':'s'}]},'contents':[{'role':'user','parts':[{'text':'q'"
     "}"
     "]},{'role':'model','parts':[{'text':'a'}]}]}",
        "system: s\nuser: q\nr1= a\n"},
    {"{'messages':[{'role':'System','content':'s'},{'role':'User','content':'q'},{'role':'Chatbot',"
     "'content':'a'}]}",
        "system: s\nuser: q\nr1= a\n"},
    {"{'conversations':[{'from':'human','value':'q'},{'from':'function_call','value':'f()'},{'from'"
     ":"
     "'observation','value':'wet'},{'from':'function_call','value':'g()'}]}",
        "user: q\nassistant: f()\ntool: wet\nr1= g()\n"},
    {"{'conversations':[{'from':'human','value':'q'},{'from':'function_call','value':'{\\'name\\':"
     "\\'f\\',\\'arguments\\':{\\'x\\':1}}'}]}",
        "user: q\nr1= \nr1[call f|{\"x\":1}]\n"},
    {"{'conversations':[{'from':'human','value':'q'},{'from':'function_call','value':'[{\\'name\\':"
     "\\'f\\',\\'arguments\\':{\\'x\\':1}},{\\'name\\':\\'g\\',\\'arguments\\':{}}]'}]}",
        "user: q\nr1= \nr1[call f|{\"x\":1}]\nr1[call g|{}]\n"},
    {"{'conversations':[{'from':'human','value':'q'},{'from':'function_call','value':'[{\\'x\\':1}]"
     "'}"
     "]}",
        "user: q\nr1= [{\"x\":1}]\n"},
    {"{'task_id':1,'info':{'task':{'instruction':'i'}},'traj':[{'role':'user','content':'q'},"
     "{'role':'assistant','content':'a'}]}",
        "user: q\nr1= a\n"},
    {"{'conversation_a':[{'role':'user','content':'q','id':1},{'role':'assistant','content':'a'}],"
     "'conversation_b':[{'role':'user','content':'q','id':2},{'role':'assistant','content':'b'}]}",
        "user: q\nconversation_a= a\nconversation_b= b\n"},
    {"{'source':'x','conversation':[{'input':'q','output':'a'},{'input':'r','output':'b'}]}",
        "user: q\nassistant: a\nuser: r\nr1= b\n"},
    {"{'conversation':[{'input':'q','output':'x'},{'input':'r','output':null}],'chosen':[{'role':"
     "'user','content':'q'},{'role':'assistant','content':'x'},{'role':'user','content':'r'},"
     "{'role':'assistant','content':'a'}],'rejected':[{'role':'user','content':'q'},{'role':"
     "'assistant','content':'x'},{'role':'user','content':'r'},{'role':'assistant','content':'b'}]"
     "}",
        "user: q\nassistant: x\nuser: r\nchosen= a\nrejected= b\n"},
    {"{'conversation_hash':'x','model':'m','conversation':[{'content':'q','role':'user'},"
     "{'content':'a','role':'assistant'}],'turn':1}",
        "user: q\nr1= a\n"},
    {"{'instruction':'now','input':'','output':'a','history':[['one','two'],['three','four']]}",
        "user: one\nassistant: two\nuser: three\nassistant: four\nuser: now\noutput= a\n"},
    {"{'task':'Math','trajectory':[{'from':'user','value':'q'}],'chosen':'a','rejected':'b'}",
        "user: q\nchosen= a\nrejected= b\n"},
    {"{'id':'1','dialogue':['one','two','three']}", "user: one\nassistant: two\nuser: three\n"},
    {"{'dialogue':[{'speaker':'Ann','text':'one'},{'speaker':'Bob','utterance':'two'}]}",
        "Ann: one\nBob: two\n"},
    {"{'system':'s','messages':[{'role':'system','content':'s'},{'role':'user','content':'q'}]}",
        "system: s\nuser: q\n"},
    {"{'system':'s','conversations':[{'from':'human','value':'q'},{'from':'gpt','value':'a'}]}",
        "system: s\nuser: q\nr1= a\n"},
    {"{'messages':[{'role':'user','content':'q'}],'question':'q','responses':['a','b']}",
        "user: q\nr1= a\nr2= b\n"},
    /* what is no text */
    {"{'prompt':'p','image':'cat.png','response':'a'}", "user: p\nr1= a\ntask[picture cat.png|]\n"},
    {"{'messages':[{'role':'user','content':'q'},{'role':'assistant','content':[{'type':'thinking',"
     "'thinking':'hm'},{'type':'text','text':'a'},{'type':'tool_use','id':'c1','name':'f','input':"
     "{'x':1}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'c1','content':"
     "[{'type':'text','text':'rain'}]}]}]}",
        "user: q\nassistant: a\nuser: \nassistant[reasoning |hm]\nassistant[call f|{\"x\":1}]\n"
        "user[result c1|rain]\n"},
    {"{'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'http://x/c."
     "png'}},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVB'}},"
     "{'type':'image_url','image_url':{'url':'data:image/jpeg;base64,AA'}}]},{'role':'assistant',"
     "'content':null,'refusal':'no','reasoning_content':'hm'}]}",
        "user: \nr1= \nuser[picture http://x/c.png|]\nuser[picture image/png|]\n"
        "user[picture image/jpeg|]\nr1[reasoning |hm]\nr1[refusal |no]\n"},
    {"{'messages':[{'role':'user','content':'q'}],'tools':[{'type':'function','function':{'name':"
     "'f','description':'d'}}]}",
        "user: q\ntask[tool f|{\"description\":\"d\"}]\n"},
    {"{'messages':[{'role':'user','content':[{'type':'audio','id':1}]}]}",
        "user: \nuser[other audio|{\"type\":\"audio\",\"id\":1}]\n"},
};

static void test_each_record_opens_with_all_that_matters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        char *text = quoted(records[i].record);
        json_t *record = json_loads(text, 0, NULL);
        const struct lw_format *f = lw_format_guess(record);
        if (!f)
            fail_msg("%s: no format", text);
        struct lw_task *t =
            lw_record_reader_task(&(struct lw_record_reader){.format = f}, text, strlen(text));
        char *is = t->unreadable ? lw_strdup(t->unreadable) : outline(t);
        if (strcmp(is, records[i].outline) != 0)
            fail_msg("%s as %s\n  gives %s\n  wants %s", text, f->name, is, records[i].outline);
        free(is);
        lw_task_free(t);
        json_decref(record);
        free(text);
    }
}

static void test_uses_of_names(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum lw_member_use use;
    } cases[] = {
        {"prompt", LW_USE_PROMPT},
        {"Prompt", LW_USE_PROMPT},
        {"responseA", LW_USE_RESPONSE},
        {"Model Response 2", LW_USE_RESPONSE},
        {"chosen_text", LW_USE_RESPONSE},
        {"response_length", LW_USE_METADATA},
        {"response_id", LW_USE_METADATA},
        {"is_response_1_safe", LW_USE_METADATA},
        {"chosen_model", LW_USE_METADATA},
        {"reference_answer", LW_USE_REFERENCE},
        {"correct_answers", LW_USE_REFERENCE},
        {"incorrect_answers", LW_USE_NONE},
        {"best_incorrect_answer", LW_USE_NONE},
        {"raw_labelling_response", LW_USE_NONE},
        {"raw_response", LW_USE_RESULT},
        {"result", LW_USE_RESULT},
        {"option_a", LW_USE_OPTIONS},
        {"what would you answer", LW_USE_NONE},
        {"explanation", LW_USE_NONE},
        {"", LW_USE_NONE},
        {"___", LW_USE_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (lw_member_use_of(cases[i].name) != cases[i].use)
            fail_msg("%s: %d", cases[i].name, lw_member_use_of(cases[i].name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_record_opens_with_all_that_matters),
        cmocka_unit_test(test_uses_of_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
