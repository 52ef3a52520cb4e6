/* Who signs the batches that a command sends: finds the identity and unlocks it, once. */
#include "cli/cli_internal.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

static bool unlock(struct lw_identity *i)
{
    char passphrase[LW_PASSPHRASE_MAX] = "";
    struct lw_err err = {0};
    if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return false;
    sodium_mlock(passphrase, sizeof passphrase);
    bool well = lw_cli_ask_passphrase("Passphrase of your identity, to sign what is sent (empty: "
                                      "unsigned): ",
                    passphrase, sizeof passphrase) &&
                *passphrase && lw_identity_unseal(i, passphrase, strlen(passphrase), &err) == LW_OK;
    sodium_munlock(passphrase, sizeof passphrase);
    if (err.text[0])
        lw_cli_warn("%s", err.text);
    return well;
}

void lw_cli_find_signer(struct lw_cli *c, const struct lw_project *project)
{
    struct lw_err err = {0};
    if (c->sought || project->nsync == 0 || !c->config.sign_batches)
        return;
    c->sought = true;
    enum lw_code code = lw_identity_load(&lw_sys_real, &c->signer, &err);
    if (code == LW_OK && (!lw_identity_is_sealed(c->signer) || unlock(c->signer)))
        return;
    if (err.text[0])
        lw_cli_warn("%s", err.text);
    if (code != LW_EABSENT)
        lw_cli_warn("What is sent now is not signed.");
    lw_identity_free(c->signer);
    c->signer = NULL;
}
