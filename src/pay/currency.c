/* The currencies of ISO 4217 by their minor units: list one, "Current currency & funds code list",
 * published 2026-01-01 by SIX (www.six-group.com/en/products-services/financial-information/
 * data-standards.html), all but the codes without minor units (metals, XXX, test codes). Codes that
 * came later are the user's own, by `digits:` in pay.yaml. */
#include "labelwright/pay/currency.h"

#include <stddef.h>
#include <string.h>

/* A row for each number of digits, so that a row is read beside the source. */
static const struct {
    int digits;
    const char *codes; /* four bytes each */
} minor_units[] = {
    {0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF "},
    {2, "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD "
        "CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
        "GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK "
        "LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO "
        "NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS "
        "SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST "
        "XAD XCD XCG YER ZAR ZMW ZWG "},
    {3, "BHD IQD JOD KWD LYD OMR TND "},
    {4, "CLF UYW "},
};
enum { CODE = 3, STEP = 4 };

int lw_currency_digits(const char *code)
{
    if (strlen(code) != CODE)
        return -1;
    for (size_t i = 0; i < sizeof minor_units / sizeof *minor_units; i++)
        for (const char *at = minor_units[i].codes; *at; at += STEP)
            if (memcmp(at, code, CODE) == 0)
                return minor_units[i].digits;
    return -1;
}
