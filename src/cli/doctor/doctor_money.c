/* What is signed and paid with: the identity and pay.yaml. Both are optional, and having none is no
 * mistake; one that cannot be used is found here, and not at the end of the month. Reports are for
 * strangers to read: neither a fingerprint nor a rate is in it. */
#include "cli/doctor/doctor_internal.h"

#include "labelwright/pay/pay_rules.h"

#include <stdlib.h>

bool lw_doctor_identity(struct lw_cli *c)
{
    struct lw_identity *i = NULL;
    struct lw_err err = {0};
    char *file = lw_identity_path();
    (void)c;
    enum lw_code code = lw_identity_load(&lw_sys_real, &i, &err);
    if (code == LW_EABSENT)
        lw_doctor_line("identity", "none (nothing needs one)");
    else if (code == LW_OK)
        lw_doctor_line("identity", "%s, %s", file,
            lw_identity_is_sealed(i) ? "under a passphrase" : "without a passphrase");
    else
        lw_doctor_line("identity", "%s cannot be used", file);
    lw_identity_free(i);
    free(file);
    return code == LW_EABSENT || lw_doctor_wrong(code == LW_OK ? NULL : err.text);
}

bool lw_doctor_pay(struct lw_cli *c)
{
    struct lw_pay_rules rules = {0};
    struct lw_problems p = {0};
    struct lw_err err = {0};
    (void)c;
    bool well = lw_pay_rules_load(&lw_sys_real, &rules, &p, &err) == LW_OK;
    if (!well)
        lw_doctor_line("pay", "pay.yaml has mistakes");
    else
        lw_doctor_line(
            "pay", "%s%s", rules.file, rules.missing ? " not found; no rates are set" : "");
    for (size_t i = 0; i < rules.nnotes; i++)
        lw_doctor_note(rules.note[i]);
    for (size_t i = 0; i < p.n; i++)
        lw_doctor_wrong(p.v[i]);
    if (!well && p.n == 0)
        lw_doctor_wrong(err.text);
    lw_problems_fini(&p);
    lw_pay_rules_fini(&rules);
    return well;
}
