/* Charts as one SVG: a band for each series, bars with their numbers above them, labels below. It
 * needs nothing from outside: no script, no font, no link. */
#include "labelwright/chart/chart.h"

#include <math.h>
#include <stdlib.h>

enum {
    WIDTH = 720,
    MARGIN = 16,
    NAMES = 130, /* what names take at the left */
    BAND = 72,   /* a series: its number and its bar */
    BAR = 46,
    HEAD = 34,   /* the chart's title */
    LABELS = 22, /* the labels of its columns */
    COLUMN_MOST = 72,
    NUMBER_UP = 4
};

static const char STYLE[] = "<style>\n"
                            "text{font:11px system-ui,sans-serif;fill:#1f2328}\n"
                            ".title{font-size:14px;font-weight:600}\n"
                            ".soft{fill:#59636e}\n"
                            ".page{fill:#ffffff}\n"
                            ".bar{fill:#0f6cbd}\n"
                            ".line{stroke:#d1d9e0}\n"
                            "@media (prefers-color-scheme:dark){\n"
                            "text{fill:#f0f6fc}\n"
                            ".soft{fill:#9198a1}\n"
                            ".page{fill:#0d1117}\n"
                            ".bar{fill:#4aa3f0}\n"
                            ".line{stroke:#3d444d}\n"
                            "}\n"
                            "</style>\n";

/* Characters that XML does not allow are left out: it has no way to write them. */
static void add_text(struct lw_buf *to, const char *s)
{
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '&')
            lw_buf_str(to, "&amp;");
        else if (c == '<')
            lw_buf_str(to, "&lt;");
        else if (c == '>')
            lw_buf_str(to, "&gt;");
        else if (c == '"')
            lw_buf_str(to, "&quot;");
        else if (c >= ' ' && c != 0x7F)
            lw_buf_char(to, (char)c);
    }
}

static void add_label(
    struct lw_buf *to, const char *class, const char *anchor, double x, double y, const char *s)
{
    lw_buf_fmt(
        to, "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">", class, anchor, x, y);
    add_text(to, s);
    lw_buf_str(to, "</text>\n");
}

static double column_width(const struct lw_chart *c)
{
    double wide = (double)(WIDTH - 2 * MARGIN - NAMES) / (double)(c->columns ? c->columns : 1);
    return wide > COLUMN_MOST ? COLUMN_MOST : wide;
}

static double column_middle(const struct lw_chart *c, size_t k)
{
    return MARGIN + NAMES + column_width(c) * ((double)k + 0.5);
}

static double largest(const struct lw_chart *c, const struct lw_chart_series *s)
{
    double most = s->full;
    for (size_t k = 0; s->full <= 0 && k < c->columns; k++)
        most = s->value[k] > most ? s->value[k] : most;
    return most > 0 ? most : 1;
}

static void add_series(
    struct lw_buf *to, const struct lw_chart *c, const struct lw_chart_series *s, double top)
{
    double wide = column_width(c) * 0.7, base = top + BAND - 6, most = largest(c, s);
    add_label(to, "name", "start", MARGIN, base - 14, s->name);
    add_label(to, "soft", "start", MARGIN, base - 1, s->unit);
    for (size_t k = 0; k < c->columns; k++) {
        if (isnan(s->value[k]))
            continue;
        double part = s->value[k] / most, x = column_middle(c, k);
        double high = BAR * (part > 1 ? 1 : part < 0 ? 0 : part);
        char *text = lw_format("%.*f", s->decimals, s->value[k]);
        lw_buf_fmt(to,
            "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
            x - wide / 2, base - high, wide, high);
        add_label(to, "number", "middle", x, base - high - NUMBER_UP, text);
        free(text);
    }
    lw_buf_fmt(to, "<line class=\"line\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>\n",
        MARGIN + NAMES, base, WIDTH - MARGIN, base);
}

static double height_of(const struct lw_chart *c)
{
    return HEAD + (double)c->nseries * BAND + LABELS;
}

static void add_chart(struct lw_buf *to, const struct lw_chart *c, double top)
{
    lw_buf_str(to, "<g role=\"img\">\n<title>");
    add_text(to, c->title);
    lw_buf_str(to, "</title>\n<desc>");
    add_text(to, c->description);
    lw_buf_str(to, "</desc>\n");
    add_label(to, "title", "start", MARGIN, top + HEAD - 12, c->title);
    for (size_t i = 0; i < c->nseries; i++)
        add_series(to, c, &c->series[i], top + HEAD + (double)i * BAND);
    for (size_t k = 0; k < c->columns; k++)
        add_label(to, "soft", "middle", column_middle(c, k), top + height_of(c) - 8, c->label[k]);
    lw_buf_str(to, "</g>\n");
}

void lw_chart_svg(
    const struct lw_chart *const *chart, size_t n, const char *title, struct lw_buf *to)
{
    double top = MARGIN, high = 2 * MARGIN;
    for (size_t i = 0; i < n; i++)
        high += height_of(chart[i]);
    lw_buf_fmt(to,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"group\" aria-labelledby=\"title "
        "description\" width=\"%d\" height=\"%.0f\" viewBox=\"0 0 %d %.0f\">\n",
        WIDTH, high, WIDTH, high);
    lw_buf_str(to, "<title id=\"title\">");
    add_text(to, title);
    lw_buf_str(to, "</title>\n<desc id=\"description\">");
    for (size_t i = 0; i < n; i++) {
        lw_buf_str(to, i > 0 ? " " : "");
        add_text(to, chart[i]->description);
    }
    lw_buf_str(to, "</desc>\n");
    lw_buf_str(to, STYLE);
    lw_buf_fmt(to, "<rect class=\"page\" width=\"%d\" height=\"%.0f\"/>\n", WIDTH, high);
    for (size_t i = 0; i < n; top += height_of(chart[i]), i++)
        add_chart(to, chart[i], top);
    lw_buf_str(to, "</svg>\n");
}
