/* `labelwright identity`: makes the key that signs, shows it, exports its public part. It signs
 * nothing. */
#include "cli/cli_internal.h"

#include "labelwright/proof/identity.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fail_absent(void)
{
    lw_cli_warn("You have no identity, and need none. To sign your work: labelwright identity new");
    return lw_exit_status(LW_EBAD);
}

static int load(struct lw_identity **to)
{
    struct lw_err err = {0};
    enum lw_code code = lw_identity_load(&lw_sys_real, to, &err);
    return code == LW_OK ? 0 : code == LW_EABSENT ? fail_absent() : lw_cli_fail(NULL, &err);
}

static void print_identity(const struct lw_identity *i)
{
    struct lw_buf text = {0};
    char *path = lw_identity_path();
    lw_identity_fingerprint(i, &text);
    printf("fingerprint  %s\n", text.data);
    lw_buf_clear(&text);
    lw_identity_groups(i, &text);
    printf("to read out  %.39s\n             %s\n", text.data, text.data + 40);
    printf("key          %s\n", lw_identity_key(i));
    lw_cli_print("file         ", path);
    printf("passphrase   %s\n", lw_identity_is_sealed(i) ? "yes" : "no");
    lw_buf_fini(&text);
    free(path);
}

static int show(void)
{
    struct lw_identity *i = NULL;
    int status = load(&i);
    if (status == 0)
        print_identity(i);
    lw_identity_free(i);
    return status;
}

static int export_public(void)
{
    struct lw_identity *i = NULL;
    int status = load(&i);
    if (status == 0)
        printf("-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n", lw_identity_key(i));
    lw_identity_free(i);
    return status;
}

/* ---- a new one */

/* False when there is none to go on with: all is printed. */
static bool choose_passphrase(char *to, size_t room)
{
    char again[LW_PASSPHRASE_MAX] = "";
    if (!lw_cli_ask_passphrase("Passphrase (empty for none): ", to, room))
        return false;
    bool well = !isatty(STDIN_FILENO) || !*to ||
                lw_cli_ask_passphrase("The same again: ", again, sizeof again);
    if (well && isatty(STDIN_FILENO) && strcmp(to, again) != 0) {
        lw_cli_warn("The two are not the same. Nothing was made.");
        well = false;
    }
    sodium_memzero(again, sizeof again);
    return well;
}

static int refuse_second(struct lw_identity *i)
{
    char *path = lw_identity_path();
    lw_cli_warn("You have an identity already: %s. To make another one, move that file away first; "
                "what it signed stays valid.",
        path);
    free(path);
    lw_identity_free(i);
    return lw_exit_status(LW_EREFUSED);
}

static int make(void)
{
    struct lw_identity *i = NULL;
    struct lw_err err = {0};
    char passphrase[LW_PASSPHRASE_MAX] = "";
    enum lw_code code = lw_identity_load(&lw_sys_real, &i, &err);
    if (code == LW_OK)
        return refuse_second(i);
    if (code != LW_EABSENT)
        return lw_cli_fail(NULL, &err);
    sodium_mlock(passphrase, sizeof passphrase);
    bool chosen = choose_passphrase(passphrase, sizeof passphrase);
    i = lw_identity_generate();
    if (chosen)
        code = lw_identity_save(
            &lw_sys_real, i, *passphrase ? passphrase : NULL, strlen(passphrase), &err);
    sodium_munlock(passphrase, sizeof passphrase);
    lw_identity_free(i);
    if (!chosen)
        return lw_exit_status(LW_EBAD);
    if (code != LW_OK)
        return lw_cli_fail(NULL, &err);
    int status = show();
    lw_cli_warn("From now on `prove` signs with this key, and so does `sync`. Batches then carry "
                "the public key: clients who compare can tell that they have the same contractor. "
                "Keep a copy of the file in a safe place.");
    return status;
}

int lw_cmd_identity(struct lw_cli *c)
{
    static const struct {
        const char *name;
        int (*run)(void);
    } actions[] = {{"show", show}, {"new", make}, {"export", export_public}};
    const char *name = c->path ? c->path : "show";
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(name, actions[i].name) == 0)
            return actions[i].run();
    lw_cli_warn("\"%s\" is nothing to do with an identity. Use new, show or export.", name);
    return lw_exit_status(LW_EUSAGE);
}
