/* `labelwright prove` and `labelwright identity`: what is written, what is refused, and that the
 * recipe of the manual agrees. Edits of a proof are tried in tests/servers/test_proof.py. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "labelwright/base/buf.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PROJECT                                                                                    \
    "labelwright: 1\n"                                                                             \
    "title: \"Hours, \\\"quoted\\\"\"\n"                                                           \
    "tasks: [tasks.jsonl]\n"                                                                       \
    "questions: [{name: q, type: rating, on: task}, {name: active_ms, type: text, on: task}]\n"    \
    "sync: {to: \"file:outbox/\", batch: 4}\n"

static const char *const own_data[] = {"XDG_DATA_HOME=/proc/self/cwd/data", NULL};

/* Ten labels, one of them of a task that had one, and a skip; answers that look like members. */
static void make(struct run *r)
{
    struct lw_buf b = {0};
    assert_int_equal(mkdir("p", 0755), 0);
    run_put("p/project.yaml", PROJECT);
    for (int i = 1; i <= 10; i++)
        lw_buf_fmt(&b, "{\"id\":\"t\\\"%d\",\"prompt\":\"?\"}\n", i);
    run_put("p/tasks.jsonl", b.data);
    lw_buf_clear(&b);
    for (int i = 1; i <= 9; i++)
        lw_buf_fmt(&b,
            "{\"task\":\"t\\\"%d\",\"answers\":{\"q\":3,\"active_ms\":\"\\\",\\\"of\\\":3,\"}}\n",
            i);
    lw_buf_str(
        &b, "{\"task\":\"t\\\"2\",\"answers\":{\"q\":1}}\n{\"task\":\"t\\\"10\",\"skip\":\"?\"}\n");
    run_fed(r, 0, b.data, "record p");
    r->in = NULL;
    run_shell(r, 0, "\"$LW\" prove --recipe > recipe.sh");
    lw_buf_fini(&b);
}

static void sync_and_prove(struct run *r)
{
    make(r);
    run_shell(r, 0, "\"$LW\" sync p");
    run_shell(r, 0, "\"$LW\" prove -o proof.txt p");
}

static void a_proof_passes_its_recipe(void **state)
{
    struct run *r = *state;
    sync_and_prove(r);
    run_says(r, "proof.txt: 21 lines, 11 labels, skips and undos; not signed.");
    run_says(r, "give it only to people who may see that");
    run_shell(r, 0, "bash recipe.sh proof.txt");
    run_prints(r, "annotator  \"ana\"\nproject    \"Hours, \\\"quoted\\\"\"\n");
    run_prints(r, "labels     10, skipped 1, undone 0, replaced 1\n");
    run_prints(r, "batches    4 compared with their lines, 0 not whole in this file, 0 signed\n");
    run_prints(r, "sent       to \"file:outbox/\": 11 accepted, 0 refused, 0 waiting\n");
    run_prints(r, "OK: 25 hashes are right");
    run_is_silent(r);
}

static void what_is_not_sent_waits(void **state)
{
    struct run *r = *state;
    make(r);
    run_shell(r, 0, "\"$LW\" prove -o proof.txt p; bash recipe.sh proof.txt");
    run_prints(
        r, "batches    0 compared with their lines, 0 not whole in this file, 0 signed\nhead");
}

static void the_recipe_is_that_of_the_manual_and_short(void **state)
{
    struct run *r = *state;
    sync_and_prove(r);
    size_t n;
    char *recipe = run_get("recipe.sh", &n), *proof = run_get("proof.txt", &n);
    run_shell(r, 0, "sed 's/^\\\\&//; s/\\\\e/\\\\/g' \"${LW%%/*}/man/labelwright-journal.5\"");
    char *in_manual = lw_format("\n.Bd -literal\n%s.Ed\n", recipe);
    char *in_proof = lw_format("\n== recipe ==\n%s== journal ==\n", recipe);
    assert_non_null(strstr(r->out, in_manual));
    assert_non_null(strstr(proof, in_proof));
    size_t lines = 0;
    for (const char *s = recipe; *s; s++)
        lines += *s == '\n';
    assert_in_range(lines, 1, 40);
    free(in_manual);
    free(in_proof);
    free(recipe);
    free(proof);
}

static void the_same_lines_give_the_same_bytes(void **state)
{
    struct run *r = *state;
    sync_and_prove(r);
    run_shell(r, 0, "\"$LW\" prove p > again && cmp again proof.txt");
    run_shell(r, 0, "\"$LW\" prove --to-seq 21 --from-seq 1 p > again && cmp again proof.txt");
    run_shell(r, 0, "\"$LW\" prove --to-seq 12 p > part");
    run_fed(r, 0, "{\"task\":\"t\\\"3\",\"answers\":{\"q\":1}}\n", "record p");
    r->in = NULL;
    run_shell(r, 0, "\"$LW\" prove --to-seq 12 p | cmp - part");
}

static void a_part_says_what_it_lacks(void **state)
{
    struct run *r = *state;
    sync_and_prove(r);
    run_shell(
        r, 0, "\"$LW\" prove --from-seq 5 --to-seq 15 -o part.txt p; bash recipe.sh part.txt");
    run_prints(r, "lines      1, 2");
    run_prints(r, "lines      5, 2");
    run_prints(r, "labels     8, skipped 1, undone 0, replaced 0\n");
    run_prints(r, "batches    0 compared with their lines, 1 not whole in this file, 0 signed\n");
    run_prints(r, "sent       to \"file:outbox/\": 0 accepted, 0 refused, 9 waiting\n");
    run_shell(r, 0, "grep -c '^{\"v\":1' part.txt");
    run_prints(r, "12\n");
    run_shell(r, 0, "\"$LW\" prove --since 2026-01-01 p | cmp - proof.txt");
    run_shell(r, 0, "\"$LW\" prove --since 2020-01-01 --until 2999-12-31 p | cmp - proof.txt");
}

static void a_range_without_lines_is_told(void **state)
{
    struct run *r = *state;
    make(r);
    run_shell(r, 2, "\"$LW\" prove --from-seq 99 p");
    run_says(r, "No line is in this range. The journal has lines 1 to 13.");
    run_prints_none(r);
    run_shell(r, 2, "\"$LW\" prove --until 2020-12-31 -o x p");
    assert_false(run_has("x"));
    run_shell(r, 2, "\"$LW\" prove --since yesterday p");
    run_says(r, "--since takes a day, such as 2026-11-30, not \"yesterday\".");
    run_shell(r, 2, "\"$LW\" prove --to-seq 0 p");
    run_says(r, "--to-seq takes the number of an event, such as 120, not \"0\".");
    run_shell(r, 2, "\"$LW\" prove");
    run_says(r, "Give a project folder: labelwright prove PATH -o proof.txt");
}

static void without_a_journal_nothing_is_written(void **state)
{
    struct run *r = *state;
    run_project("empty");
    run_shell(r, 3, "\"$LW\" prove -o x empty");
    run_says(r, "No journal yet: nothing was labeled here.");
    assert_false(run_has("x"));
    run_shell(r, 3, "\"$LW\" prove -o x nothing");
}

static void other_files_are_not_replaced(void **state)
{
    struct run *r = *state;
    sync_and_prove(r);
    run_shell(r, 0, "\"$LW\" prove -o proof.txt p; echo mine > other");
    run_shell(r, 3, "\"$LW\" prove -o other p");
    run_says(r, "other already exists");
    run_shell(r, 3, "\"$LW\" prove --force -o p/journal/x p");
    run_shell(r, 0, "\"$LW\" prove --force -o other p && cmp other proof.txt");
}

static void json_says_what_became_of_each_label(void **state)
{
    struct run *r = *state;
    make(r);
    run_shell(r, 0, "\"$LW\" prove --json p | jq -c '.labels[1] | del(.time)'");
    run_prints(r,
        "{\"seq\":4,\"type\":\"annotate\",\"task\":\"t\\\"2\",\"replaced_by\":12,\"sent\":[]}\n");
    run_shell(
        r, 0, "\"$LW\" sync p; \"$LW\" prove --json p | jq -c '[.targets[0], .labels[1].sent]'");
    run_prints(r,
        "[{\"to\":\"file:outbox/\",\"accepted\":11,\"refused\":0,\"waiting\":0,\"receipts\":4},"
        "[{\"to\":\"file:outbox/\",\"state\":\"accepted\",\"by\":15}]]\n");
}

/* ---- a journal that was damaged */

static void the_rest_of_a_damaged_journal_is_proven(void **state)
{
    struct run *r = *state;
    make(r);
    run_shell(r, 0, "sed -i '6s/\"q\":3/\"q\":4/' p/journal/000001.jsonl");
    run_shell(r, 1, "\"$LW\" prove -o proof.txt p");
    run_says(r, "its hash does not match: the line was changed");
    run_says(r, "The journal is damaged: the proof shows the lines that can be read");
    run_shell(r, 0, "sed -n '/^== damage/,/^== recipe/p' proof.txt");
    run_prints(r, "  000001.jsonl:6: its hash does not match: the line was changed\n");
    run_shell(r, 0, "bash recipe.sh proof.txt");
    run_prints(r, "labels     9, skipped 1, undone 0, replaced 1\n");
    run_shell(r, 0, "grep -c '^lines ' proof.txt");
    run_prints(r, "2\n");
    run_shell(r, 0, "echo rubbish > p/journal/000001.jsonl");
    run_shell(r, 1, "\"$LW\" prove -o none.txt p");
    run_says(r, "no line that can be read");
    assert_false(run_has("none.txt"));
}

/* ---- signatures */

static void an_identity_is_made_once(void **state)
{
    struct run *r = *state;
    r->env = own_data;
    run_shell(r, 1, "\"$LW\" identity");
    run_says(r, "You have no identity, and need none.");
    run_shell(r, 0, "\"$LW\" identity new < /dev/null");
    run_prints(r, "fingerprint  SHA256:");
    run_says(r, "clients who compare can tell that they have the same contractor");
    run_shell(r, 0, "stat -c %%a data data/labelwright data/labelwright/identity");
    run_prints(r, "700\n700\n600\n");
    run_shell(r, 0, "\"$LW\" identity > shown; cp data/labelwright/identity before");
    run_shell(r, 3, "\"$LW\" identity new < /dev/null");
    run_says(r, "You have an identity already");
    run_shell(r, 0, "cmp data/labelwright/identity before; \"$LW\" identity show | cmp - shown");
    run_shell(r, 2, "\"$LW\" identity make");
}

static void the_fingerprint_is_that_of_ssh_keygen(void **state)
{
    struct run *r = *state;
    r->env = own_data;
    run_shell(r, 0, "\"$LW\" identity new < /dev/null; \"$LW\" identity export > key.pem");
    run_shell(r, 0, "openssl pkey -pubin -in key.pem -outform DER | tail -c 32 > raw");
    run_shell(r, 0,
        "{ printf '\\000\\000\\000\\013ssh-ed25519\\000\\000\\000 '; cat raw; } > wire; "
        "printf 'SHA256:%%s\\n' \"$(openssl dgst -sha256 -binary wire | base64 | tr -d =)\" > "
        "want; "
        "\"$LW\" identity | sed -n 's/^fingerprint  //p' | cmp - want");
    run_shell(r, 0,
        "sha256sum wire | cut -c 1-64 > want; \"$LW\" identity | "
        "sed -n '/^to read out/,/^key/{/^key/d;s/^to read out//p;s/^   //p}' | tr -d ' \\n' > got; "
        "echo >> got; cmp got want");
}

static void signed_batches_and_proofs_pass(void **state)
{
    struct run *r = *state;
    r->env = own_data;
    run_shell(r, 0, "\"$LW\" identity new < /dev/null");
    sync_and_prove(r);
    run_says(r, "signed by SHA256:");
    run_shell(r, 0, "bash recipe.sh proof.txt");
    run_prints(r, "4 signed");
    run_shell(r, 0,
        "key=$(\"$LW\" identity | sed -n 's/^key  *//p'); bash recipe.sh proof.txt | "
        "grep -cF \"signatures of each key:  5 $key\"");
    run_shell(r, 0, "\"$LW\" prove --unsigned -o bare.txt p; bash recipe.sh bare.txt");
    run_prints(r, "signatures of each key:  4 ");
    run_shell(
        r, 0, "mkdir c c/labelwright; echo 'sign_batches: false' > c/labelwright/config.yaml");
    run_shell(r, 0,
        "echo '{\"task\":\"t\\\"4\",\"answers\":{\"q\":1}}' | \"$LW\" record p; "
        "XDG_CONFIG_HOME=$PWD/c \"$LW\" sync p; tail -n 2 p/journal/*.jsonl | "
        "grep -c signature || true");
    run_says(r, "1 sent.");
    run_shell(r, 1, "tail -n 2 p/journal/*.jsonl | grep signature");
}

/* With the last hash made anew, so that only the signature can tell. */
static void another_signature_does_not_pass(void **state)
{
    struct run *r = *state;
    r->env = own_data;
    run_shell(r, 0, "\"$LW\" identity new < /dev/null");
    sync_and_prove(r);
    static const char *const edits[] = {"s/^signature ./signature =/",
        "s/^signature .*/signature /", "s/^key MCow.\\{12\\}./&&/",
        "s/^It does not show/It does show/"};
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        run_shell(r, 0,
            "sed '%s' proof.txt | head -n -1 > x.txt; "
            "echo \"sha256 $(sha256sum < x.txt | head -c 64)\" >> x.txt",
            edits[i]);
        run_shell(r, 1, "bash recipe.sh x.txt");
        run_prints(r, "WRONG: signature of labelwright/proof/1 ");
    }
}

static void without_openssl_the_rest_is_checked(void **state)
{
    struct run *r = *state;
    r->env = own_data;
    run_shell(r, 0, "\"$LW\" identity new < /dev/null");
    sync_and_prove(r);
    run_shell(r, 0,
        "mkdir bin; for t in awk base64 bash cat cut dirname grep head mktemp realpath rm sed "
        "sha256sum tail touch tr uniq wc; do ln -s \"$(command -v $t)\" bin/; done; "
        "PATH=$PWD/bin bash recipe.sh proof.txt");
    run_prints(r, "NOT CHECKED: 5 signatures; openssl 3 is needed\n");
    run_prints(r, "OK: ");
}

static void a_passphrase_is_needed_to_sign(void **state)
{
    struct run *r = *state;
    r->env = own_data;
    run_fed(r, 0, "correct horse\n", "identity new");
    run_prints(r, "passphrase   yes\n");
    run_shell(r, 1, "grep -q '^secret' data/labelwright/identity");
    r->in = NULL;
    make(r);
    run_fed(r, 1, "wrong\n", "prove -o proof.txt p");
    run_says(r, "This is not the passphrase of your identity.");
    run_says(r, "Without it, use --unsigned.");
    assert_false(run_has("proof.txt"));
    run_fed(r, 0, "correct horse\n", "prove -o proof.txt p");
    r->in = NULL;
    run_shell(r, 0, "bash recipe.sh proof.txt");
    run_prints(r, "signatures of each key:  1 ");
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "What is sent now is not signed.");
    run_shell(r, 1, "grep signature p/journal/*.jsonl");
}

static void an_identity_that_others_can_read_is_refused(void **state)
{
    struct run *r = *state;
    r->env = own_data;
    make(r);
    run_shell(r, 0, "\"$LW\" identity new < /dev/null; chmod 640 data/labelwright/identity");
    run_shell(r, 3, "\"$LW\" prove -o proof.txt p");
    run_says(r,
        "other users can read it (mode 0640), so others may sign as you. If nobody did, run: "
        "chmod 600 /proc/self/cwd/data/labelwright/identity");
    assert_false(run_has("proof.txt"));
    run_shell(r, 0, "\"$LW\" prove --unsigned -o proof.txt p");
    run_shell(r, 0, "chmod 600 data/labelwright/identity; \"$LW\" prove -o proof.txt p");
    run_shell(r, 0, "mv data/labelwright/identity data/x; ln -s ../x data/labelwright/identity");
    run_shell(r, 3, "\"$LW\" identity");
    run_says(r, "it must be a file of your own, not a link or a folder");
    run_shell(r, 0,
        "rm data/labelwright/identity; sed 's/^secret ./secret A/' data/x > "
        "data/labelwright/identity; chmod 600 data/labelwright/identity");
    run_shell(r, 1, "\"$LW\" identity");
    run_says(r, "is damaged: its secret key does not belong to its public key. Restore it");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_proof_passes_its_recipe),
        TEST(what_is_not_sent_waits),
        TEST(the_recipe_is_that_of_the_manual_and_short),
        TEST(the_same_lines_give_the_same_bytes),
        TEST(a_part_says_what_it_lacks),
        TEST(a_range_without_lines_is_told),
        TEST(without_a_journal_nothing_is_written),
        TEST(other_files_are_not_replaced),
        TEST(json_says_what_became_of_each_label),
        TEST(the_rest_of_a_damaged_journal_is_proven),
        TEST(an_identity_is_made_once),
        TEST(the_fingerprint_is_that_of_ssh_keygen),
        TEST(signed_batches_and_proofs_pass),
        TEST(another_signature_does_not_pass),
        TEST(without_openssl_the_rest_is_checked),
        TEST(a_passphrase_is_needed_to_sign),
        TEST(an_identity_that_others_can_read_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
