/* One file per format of task files; formats.c is the table of them. */
#ifndef DATA_FORMAT_H
#define DATA_FORMAT_H

#include "labelwright/task.h"

bool lw_native_fits(const json_t *record);
enum lw_code lw_native_read(json_t *record, struct lw_task *to, struct lw_err *err);

bool lw_hh_rlhf_fits(const json_t *record);
enum lw_code lw_hh_rlhf_read(json_t *record, struct lw_task *to, struct lw_err *err);

#endif
