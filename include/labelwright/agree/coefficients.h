/* Coefficients of agreement over a table of ratings. Pure; each is linear in the table, and says
 * why it is undefined where it is. What they follow is what their authors wrote; the packages that
 * give the same numbers are named, and compared in tests/servers/test_agree.py. */
#ifndef LABELWRIGHT_AGREE_COEFFICIENTS_H
#define LABELWRIGHT_AGREE_COEFFICIENTS_H

#include "labelwright/agree/figure.h"
#include "labelwright/agree/ratings.h"

/* The share of pairs that agree, item by item, and the mean over the items with two answers and
 * more. */
struct lw_figure lw_percent(const struct lw_ratings *r);

/* Cohen's kappa of a table of two (scikit-learn's cohen_kappa_score): 1 - seen / expected
 * disagreement, which is 0 or 1, or the distance of the two values, or its square. The weighted
 * ones need values. */
struct lw_figure lw_cohen(const struct lw_ratings *r);
struct lw_figure lw_cohen_linear(const struct lw_ratings *r);
struct lw_figure lw_cohen_quadratic(const struct lw_ratings *r);

/* Fleiss' kappa, with missing answers as Gwet (2014) has it (irrCAC): items with one answer count
 * for what chance gives. */
struct lw_figure lw_fleiss(const struct lw_ratings *r);

/* Gwet's AC1 (irrCAC, given the categories that can be chosen). */
struct lw_figure lw_ac1(const struct lw_ratings *r);

/* Krippendorff's alpha (krippendorff). Nominal needs no values. */
struct lw_figure lw_alpha_nominal(const struct lw_ratings *r);
struct lw_figure lw_alpha_ordinal(const struct lw_ratings *r);
struct lw_figure lw_alpha_interval(const struct lw_ratings *r);

/* Kendall's tau-b of the two columns of a table (scipy's kendalltau), over the items that both
 * answered. observed: pairs in the same order less those in the other one; expected: as many as
 * there could be. */
struct lw_figure lw_tau_b(const struct lw_ratings *r);

/* Kendall's W, corrected for ties, over the items that all answered. */
struct lw_figure lw_kendall_w(const struct lw_ratings *r);

#endif
