/* The colours that a picture is best drawn with when there can be only few, by median cut, and
 * which of them each point gets: what a point lacks or has too much goes to its neighbours (Floyd
 * and Steinberg). */
#include "picture/picture_few_colours_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 5, LEVELS = 1 << BITS, BINS = LEVELS * LEVELS * LEVELS, CHANNELS = 3 };

/* ---- the colours */

struct bin {
    uint64_t n, sum[CHANNELS];
};

/* Bins that will be one colour: those from `from` on in the order of them. */
struct box {
    int from, n;
    uint64_t points;
    int channel, range; /* in which their values differ most, and how much */
};

struct cut {
    struct bin *bin;
    uint16_t *order;
};

static int bin_of(const uint8_t *rgb)
{
    int shift = 8 - BITS;
    return (rgb[0] >> shift) << (2 * BITS) | (rgb[1] >> shift) << BITS | rgb[2] >> shift;
}

static int level(int bin, int channel)
{
    return bin >> ((CHANNELS - 1 - channel) * BITS) & (LEVELS - 1);
}

static void measure(const struct cut *c, struct box *b)
{
    int low[CHANNELS] = {LEVELS, LEVELS, LEVELS}, high[CHANNELS] = {-1, -1, -1};
    b->points = 0;
    for (int i = b->from; i < b->from + b->n; i++) {
        b->points += c->bin[c->order[i]].n;
        for (int ch = 0; ch < CHANNELS; ch++) {
            int l = level(c->order[i], ch);
            low[ch] = l < low[ch] ? l : low[ch];
            high[ch] = l > high[ch] ? l : high[ch];
        }
    }
    b->range = -1;
    for (int ch = 0; ch < CHANNELS; ch++)
        if (high[ch] - low[ch] > b->range) {
            b->range = high[ch] - low[ch];
            b->channel = ch;
        }
}

/* By their values in the box's channel. */
static void sort(struct cut *c, const struct box *b)
{
    uint16_t *sorted = lw_alloc((size_t)b->n * sizeof *sorted);
    int at = 0;
    for (int l = 0; l < LEVELS; l++)
        for (int i = b->from; i < b->from + b->n; i++)
            if (level(c->order[i], b->channel) == l)
                sorted[at++] = c->order[i];
    memcpy(c->order + b->from, sorted, (size_t)b->n * sizeof *sorted);
    free(sorted);
}

/* In two, with as many points each as can be. */
static void split(struct cut *c, struct box *b, struct box *other)
{
    uint64_t points = 0;
    int n = 0;
    sort(c, b);
    while (n < b->n - 1 && (n == 0 || points + c->bin[c->order[b->from + n]].n <= b->points / 2))
        points += c->bin[c->order[b->from + n++]].n;
    *other = (struct box){.from = b->from + n, .n = b->n - n};
    b->n = n;
    measure(c, b);
    measure(c, other);
}

/* The one where a cut helps most; -1 where none can be cut. */
static int worst(const struct box *box, int n)
{
    int found = -1;
    uint64_t most = 0;
    for (int i = 0; i < n; i++) {
        uint64_t by = box[i].points * (uint64_t)box[i].range;
        if (box[i].n > 1 && by > most) {
            most = by;
            found = i;
        }
    }
    return found;
}

static void mean(const struct cut *c, const struct box *b, uint8_t percent[CHANNELS])
{
    uint64_t sum[CHANNELS] = {0};
    for (int i = b->from; i < b->from + b->n; i++)
        for (int ch = 0; ch < CHANNELS; ch++)
            sum[ch] += c->bin[c->order[i]].sum[ch];
    for (int ch = 0; ch < CHANNELS; ch++)
        percent[ch] = (uint8_t)((sum[ch] * 100 + b->points * 127) / (b->points * 255));
}

static struct cut count(const uint8_t *rgb, size_t points, int *bins)
{
    struct cut c = {lw_alloc(BINS * sizeof *c.bin), lw_alloc(BINS * sizeof *c.order)};
    for (size_t i = 0; i < points; i++) {
        struct bin *b = &c.bin[bin_of(rgb + 3 * i)];
        b->n++;
        for (int ch = 0; ch < CHANNELS; ch++)
            b->sum[ch] += rgb[3 * i + (size_t)ch];
    }
    *bins = 0;
    for (int i = 0; i < BINS; i++)
        if (c.bin[i].n > 0)
            c.order[(*bins)++] = (uint16_t)i;
    return c;
}

void lw_few_colours_find(const uint8_t *rgb, size_t points, int most, struct lw_few_colours *to)
{
    struct box box[LW_FEW_COLOURS_MAX];
    int bins, n = 1, i;
    struct cut c = count(rgb, points, &bins);
    box[0] = (struct box){.n = bins};
    measure(&c, &box[0]);
    while (n < most && (i = worst(box, n)) >= 0) {
        split(&c, &box[i], &box[n]);
        n++;
    }
    to->n = n;
    for (i = 0; i < n; i++)
        mean(&c, &box[i], to->percent[i]);
    free(c.bin);
    free(c.order);
}

/* ---- the points */

struct drawing {
    const struct lw_few_colours *palette;
    int value[LW_FEW_COLOURS_MAX][CHANNELS]; /* of 255 */
    int16_t *nearest;                        /* by bin; -1: not looked for yet */
};

static int distance(const int value[CHANNELS], const uint8_t rgb[CHANNELS])
{
    int sum = 0;
    for (int ch = 0; ch < CHANNELS; ch++)
        sum += (value[ch] - rgb[ch]) * (value[ch] - rgb[ch]);
    return sum;
}

/* The same for all points of a bin. */
static int find_nearest(struct drawing *d, const uint8_t rgb[CHANNELS])
{
    int16_t *known = &d->nearest[bin_of(rgb)];
    if (*known >= 0)
        return *known;
    *known = 0;
    for (int i = 1; i < d->palette->n; i++)
        if (distance(d->value[i], rgb) < distance(d->value[*known], rgb))
            *known = (int16_t)i;
    return *known;
}

static uint8_t clamp(int n)
{
    return (uint8_t)(n < 0 ? 0 : n > 255 ? 255 : n);
}

/* `here` and `below` are sixteenths, with one point more on either side. */
static uint8_t draw_point(struct drawing *d, const uint8_t *rgb, int *here, int *below)
{
    uint8_t wanted[CHANNELS];
    for (int ch = 0; ch < CHANNELS; ch++)
        wanted[ch] = clamp(rgb[ch] + here[ch] / 16);
    int i = find_nearest(d, wanted);
    for (int ch = 0; ch < CHANNELS; ch++) {
        int off = wanted[ch] - d->value[i][ch];
        here[CHANNELS + ch] += 7 * off;
        below[ch - CHANNELS] += 3 * off;
        below[ch] += 5 * off;
        below[CHANNELS + ch] += off;
    }
    return (uint8_t)i;
}

void lw_few_colours_draw(
    const struct lw_few_colours *p, const uint8_t *rgb, int width, int height, uint8_t *to)
{
    struct drawing d = {.palette = p, .nearest = lw_alloc(BINS * sizeof *d.nearest)};
    size_t row = ((size_t)width + 2) * CHANNELS;
    int *here = lw_alloc(row * sizeof *here), *below = lw_alloc(row * sizeof *below);
    memset(d.nearest, 0xFF, BINS * sizeof *d.nearest);
    for (int i = 0; i < p->n; i++)
        for (int ch = 0; ch < CHANNELS; ch++)
            d.value[i][ch] = (p->percent[i][ch] * 255 + 50) / 100;
    for (int y = 0; y < height; y++) {
        int *next = here;
        for (int x = 0; x < width; x++) {
            size_t at = (size_t)y * (size_t)width + (size_t)x;
            to[at] =
                draw_point(&d, rgb + 3 * at, here + CHANNELS * (x + 1), below + CHANNELS * (x + 1));
        }
        memset(here, 0, row * sizeof *here);
        here = below;
        below = next;
    }
    free(here);
    free(below);
    free(d.nearest);
}
