/* Since which version of Unicode a character is there. */
#ifndef LABELWRIGHT_TEXT_AGES_INTERNAL_H
#define LABELWRIGHT_TEXT_AGES_INTERNAL_H

#include <uchar.h>

enum { LW_AGE_OLD = 8 /* before version 9, or not assigned */ };

int lw_unicode_age(char32_t cp); /* the major version, from LW_AGE_OLD on */

#endif
