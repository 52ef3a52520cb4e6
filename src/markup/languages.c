/* Finds the language of a code block: by what stands behind its fence, or by what the code can only
 * be. The languages are in
 * language_programs.c and language_others.c. */
#include "markup/scan_internal.h"

#include <strings.h>

const char *lw_language_name(const struct lw_language *l)
{
    return l->name;
}

/* ---- by name */

enum { SLOTS = 1024 /* some times as many as there are */ };

struct alias {
    const char *s; /* among those of the language; NULL: free */
    size_t n;
    const struct lw_language *of;
};

static size_t slot_of(const char *s, size_t n)
{
    uint32_t hash = 2166136261U; /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ ((unsigned char)s[i] | 0x20U)) * 16777619U;
    return hash % SLOTS;
}

/* The one of that name, or the free slot where it would be. */
static struct alias *find_alias(struct alias *table, const char *s, size_t n)
{
    size_t slot = slot_of(s, n);
    while (table[slot].s && (table[slot].n != n || strncasecmp(table[slot].s, s, n) != 0))
        slot = (slot + 1) % SLOTS;
    return &table[slot];
}

/* Of two languages with one name the first has it. */
static void add_aliases(struct alias *table, const struct lw_language *l)
{
    for (const char *s = l->aliases; *s;) {
        size_t n = strcspn(s, " ");
        struct alias *a = find_alias(table, s, n);
        if (!a->s)
            *a = (struct alias){s, n, l};
        s += n + strspn(s + n, " ");
    }
}

/* Made when a language is first asked for, then kept. */
const struct lw_language *lw_language_by_alias(const char *s, size_t n)
{
    static struct alias table[SLOTS];
    static bool made;
    for (size_t i = 0; !made && i < lw_nprogram_languages; i++)
        add_aliases(table, &lw_program_languages[i]);
    for (size_t i = 0; !made && i < lw_nother_languages; i++)
        add_aliases(table, &lw_other_languages[i]);
    made = true;
    return n > 0 ? find_alias(table, s, n)->of : NULL;
}

/* Without what stands before the name: "{r}", "{.python", "lang-js", "language-js". */
static const char *skip_opening(const char *s, const char *end)
{
    static const char *const before[] = {"language-", "lang-", "{", ".", " ", "\t"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (lw_begins(s, (size_t)(end - s), before[i])) {
            s += strlen(before[i]);
            i = (size_t)-1; /* from the first again */
        }
    return s;
}

const struct lw_language *lw_language_find(const char *info, size_t n)
{
    enum { NAME_MAX = 64 };
    const char *s = skip_opening(info, info + n), *end = s, *last = info + n;
    while (end < last && end - s < NAME_MAX && *end && !strchr(" \t\r\n{},;:=", *end))
        end++;
    if (end - s == NAME_MAX)
        return NULL;
    const struct lw_language *l = lw_language_by_alias(s, (size_t)(end - s));
    for (const char *dot = end; !l && dot > s; dot--) /* a file: by its ending */
        if (dot[-1] == '.')
            return lw_language_by_alias(dot, (size_t)(end - dot));
    return l;
}

/* ---- by what it is */

/* "#!/usr/bin/env python3 -u": the name of the program. */
static const struct lw_language *guess_interpreter(const char *s, size_t n)
{
    size_t eol = lw_eol(s, n, 0), at = 2;
    for (int words = 0; at < eol && words < 4; words++) {
        size_t from = at = lw_past_blanks(s, eol, at);
        for (; at < eol && !lw_is_blank(s[at]); at++)
            if (s[at] == '/')
                from = at + 1;
        bool option = from < at && s[from] == '-';
        if (!option && !(at - from == 3 && memcmp(s + from, "env", 3) == 0))
            return lw_language_by_alias(s + from, at - from);
    }
    return NULL;
}

static bool is_diff(const char *s, size_t n)
{
    if (lw_begins(s, n, "diff --git "))
        return true;
    size_t second = lw_eol(s, n, 0) + 1;
    if (!lw_begins(s, n, "--- ") || second >= n || !lw_begins(s + second, n - second, "+++ "))
        return false;
    size_t third = lw_eol(s, n, second) + 1;
    return third < n && lw_begins(s + third, n - third, "@@ ");
}

/* The end of a JSON string, number or word; `at` itself for anything else. */
static size_t json_atom_end(const char *s, size_t n, size_t at)
{
    static const char *const words[] = {"true", "false", "null"};
    size_t end = at;
    if (s[at] == '"') {
        for (end++; end < n && s[end] != '"' && s[end] != '\n'; end++)
            end += s[end] == '\\';
        return end < n && s[end] == '"' ? end + 1 : at;
    }
    while (end < n && (lw_is_digit(s[end]) || (s[end] && strchr("+-.eE", s[end]))))
        end++;
    if (end > at && (lw_is_digit(s[at]) || s[at] == '-'))
        return end;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (lw_begins(s + at, n - at, words[i]))
            return at + strlen(words[i]);
    return at;
}

/* An object, or an array with one in it, to its end, with a key, and nothing that JSON has not. */
static bool is_json(const char *s, size_t n)
{
    enum { DEPTH = 64 };
    size_t depth = 0, keys = 0, at = 0;
    uint64_t objects = 0; /* a bit a level */
    while (at < n) {
        char c = s[at];
        bool object = c == '{' || c == '}';
        if (c == '{' || c == '[') {
            if (depth == DEPTH || (depth == 0 && at > 0))
                return false;
            objects = objects << 1 | object;
            depth++;
        } else if (c == '}' || c == ']') {
            if (depth == 0 || (objects & 1) != object)
                return false;
            objects >>= 1;
            depth--;
        } else if (c == ':' || c == ',') {
            keys += c == ':' && s[at - 1] == '"';
        } else if (!lw_is_blank(c) && c != '\n') {
            size_t end = depth > 0 ? json_atom_end(s, n, at) : at;
            if (end == at)
                return false;
            at = end;
            continue;
        }
        at++;
    }
    return depth == 0 && keys > 0;
}

static const struct {
    const char *begins, *alias;
} openings[] = {
    {"<?php", "php"},
    {"<?xml ", "xml"},
    {"<!DOCTYPE html", "html"},
    {"<!doctype html", "html"},
};

const struct lw_language *lw_language_guess(const char *s, size_t n)
{
    while (n > 0 && (lw_is_blank(*s) || *s == '\n'))
        s++, n--;
    if (n == 0)
        return NULL;
    if (lw_begins(s, n, "#!"))
        return guess_interpreter(s, n);
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++)
        if (lw_begins(s, n, openings[i].begins))
            return lw_language_by_alias(openings[i].alias, strlen(openings[i].alias));
    if (is_diff(s, n))
        return lw_language_by_alias("diff", 4);
    if ((*s == '{' || *s == '[') && is_json(s, n))
        return lw_language_by_alias("json", 4);
    return NULL;
}
