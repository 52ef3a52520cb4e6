/* How many digits behind the point a currency's smallest unit is, by ISO 4217. */
#ifndef LABELWRIGHT_PAY_CURRENCY_H
#define LABELWRIGHT_PAY_CURRENCY_H

/* -1 when the code (three capital letters) is not in the table. */
int lw_currency_digits(const char *code);

#endif
