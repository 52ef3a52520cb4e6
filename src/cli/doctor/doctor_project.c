/* doctor PATH: where the labels of a project are stored, whether they are safe there, and whether
 * its targets answer. It sends and repairs nothing. */
#define _GNU_SOURCE
#include "cli/doctor/doctor_internal.h"

#include "labelwright/sync/probe.h"
#include "labelwright/workspace/known_journals.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { ROOM_LEAST_MB = 100, PROBE_MS = 5000 };

/* From statfs(2) and the kernel's headers. */
static const struct {
    unsigned long magic;
    const char *name;
} networks[] = {
    {0x6969, "NFS"},
    {0x517B, "SMB"},
    {0xFF534D42, "SMB"},
    {0xFE534D42, "SMB"},
    {0x01021997, "9P"},
    {0x5346414F, "AFS"},
    {0x65735546, "FUSE (may be a network disk)"},
};

static const char *network_of(int dir)
{
    struct statfs fs;
    if (fstatfs(dir, &fs) != 0)
        return NULL;
    for (size_t i = 0; i < sizeof networks / sizeof *networks; i++)
        if ((unsigned long)fs.f_type == networks[i].magic)
            return networks[i].name;
    return NULL;
}

static bool check_disk(const struct lw_workspace *w)
{
    struct statvfs fs;
    const char *network = network_of(w->dir), *wrong = NULL;
    if (fstatvfs(w->dir, &fs) != 0)
        fs = (struct statvfs){.f_flag = ST_RDONLY};
    uint64_t mb = (uint64_t)fs.f_bavail * fs.f_frsize / 1000000;
    lw_doctor_line(
        "disk", "%" PRIu64 " MB free%s%s", mb, network ? ", on " : "", network ? network : "");
    if (network)
        lw_doctor_note("Network disk: saving depends on the server. A local disk is safer.");
    if (fs.f_flag & ST_RDONLY)
        wrong = "Mounted read-only: no label can be saved. Copy the project to another disk.";
    else if (faccessat(w->dir, ".", W_OK, AT_EACCESS) != 0)
        wrong = "You have no permission to write in this folder: no label can be saved.";
    else if (mb < ROOM_LEAST_MB)
        wrong = "Nearly full: no label can be saved on a full disk. Free some space.";
    return lw_doctor_wrong(wrong);
}

static bool check_journal(const struct lw_workspace *w)
{
    struct lw_verdict v = {0};
    struct lw_err err = {0};
    enum lw_code code = w->project->unmade ? LW_EABSENT
                                           : lw_known_verify(w->sys, w->dir, w->journal_name, false,
                                                 NULL, NULL, &v, &err);
    const char *name = w->journal_name, *torn = v.torn ? ", last line incomplete" : "";
    if (code == LW_EABSENT) {
        lw_doctor_line("journal", "none yet");
        return true;
    }
    lw_doctor_line("journal", "%s/ of %s, %" PRIu64 " event%s in %" PRIu32 " segment%s%s", name,
        w->annotator, v.events, v.events == 1 ? "" : "s", v.segments, v.segments == 1 ? "" : "s",
        torn);
    if (v.first_damage[0])
        lw_doctor_note("`labelwright verify` lists all the damage.");
    return lw_doctor_wrong(code != LW_OK ? err.text : *v.first_damage ? v.first_damage : NULL);
}

/* A network that is down is not a mistake: labels wait. */
static bool check_target(const struct lw_sync_to *to, const struct lw_config *config)
{
    struct lw_err why = {0};
    enum lw_probe_answer answer = lw_probe(&lw_sys_real, to, config, PROBE_MS, &why);
    lw_doctor_line("sends to", "%s%s", to->key, answer == LW_PROBE_ANSWERS ? " (OK)" : "");
    if (answer == LW_PROBE_OFFLINE) {
        lw_doctor_note("Cannot be reached now; labels wait here.");
        lw_doctor_note(why.text);
    }
    return lw_doctor_wrong(answer == LW_PROBE_WRONG ? why.text : NULL);
}

static bool check_targets(const struct lw_project *p, const struct lw_config *config)
{
    bool well = true;
    for (size_t i = 0; i < p->nsync; i++)
        well = check_target(&p->sync[i], config) && well;
    if (p->nsync == 0)
        lw_doctor_line("sends to", "nothing set (labels stay here)");
    return well;
}

static bool report_no_project(const char *path, struct lw_problems *p, const struct lw_err *err)
{
    lw_doctor_line("project", "%s", path);
    lw_doctor_wrong(p->n == 0 ? err->text : NULL);
    for (size_t i = 0; i < p->n; i++)
        lw_doctor_wrong(p->v[i]);
    lw_problems_fini(p);
    return false;
}

bool lw_doctor_project(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, true);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (lw_workspace_find(&opts, &w, &p, &err) != LW_OK)
        return report_no_project(c->path, &p, &err);
    lw_doctor_line("project", "%s", w.project->file);
    lw_doctor_lacking(w.project->spelling);
    bool room = check_disk(&w), sound = check_journal(&w);
    bool reached = check_targets(w.project, &c->config);
    lw_workspace_close(&w);
    return room && sound && reached;
}
