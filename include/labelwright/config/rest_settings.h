/* When the user wants to be offered a break, or the end of the day: `rest:` of config.yaml. */
#ifndef LABELWRIGHT_CONFIG_REST_SETTINGS_H
#define LABELWRIGHT_CONFIG_REST_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What of one tag was seen since the last break. */
struct lw_rest_exposure {
    char *tag;
    int64_t ms;
};

enum { LW_REST_TAGS = 16, LW_REST_LATER_MIN = 15 };

struct lw_rest {
    int64_t after_ms; /* of work since the last break; 0: never for that */
    int64_t tasks;    /* labeled or skipped since then; 0: never for that */
    struct lw_rest_exposure *exposure;
    size_t nexposure;
    int64_t later_ms; /* an offer that was put off comes again after this */
    bool stops;       /* the user's day has an end: */
    int stop_at;      /* in minutes from midnight, local time */
};

#endif
