/* The languages of shells, builds, queries, mark-up and data: a row each, as in
 * language_programs.c. */
#include "markup/language_parts_internal.h"

const struct lw_language lw_other_languages[] = {
    {.name = "SQL",
        .aliases =
            "sql mysql postgresql postgres pgsql plpgsql psql sqlite sqlite3 tsql t-sql mssql "
            "plsql pl/sql oracle bigquery hive hql snowflake mariadb cql duckdb spark-sql sparksql",
        .line = {"--"},
        .block = {{"/*", "*/"}},
        .string = {SQL_QUOTE("'"), DOUBLED("\""), DOUBLED("`"),
            {.open = "$",
                .close = "$",
                .fence = LW_FENCE_WORD,
                .fence_end = "$",
                .close_end = "$",
                .flags = LW_STR_LINES}},
        .keywords =
            "add after all alter analyze and any as asc auto_increment autoincrement before begin "
            "between by cascade case cast check cluster collate column comment commit concurrently "
            "conflict constraint create cross cube current current_date current_timestamp cursor "
            "database declare default deferrable delete delimiter desc describe distinct do drop "
            "each else elseif elsif end engine except exception exec execute exists explain fetch "
            "filter first following for foreign from full function generated grant group grouping "
            "having if ignore in index inner insert intersect interval into is isnull join key "
            "language last lateral left like ilike limit lock loop materialized merge natural next "
            "no not notnull null nulls of off offset on only or order outer over partition perform "
            "plan preceding primary procedure raise range recursive references regexp rename "
            "replace restrict return returning returns revoke right rlike rollback rollup row rows "
            "savepoint schema select sequence set share show some start table temp temporary then "
            "ties to top transaction trigger truncate unbounded union unique unlock update use "
            "using values vacuum view when where while window with within without true false",
        .types =
            "bigint binary bit blob boolean bool bytea char character clob date datetime decimal "
            "double enum float int integer json jsonb long longtext mediumint money nchar number "
            "numeric nvarchar precision real serial bigserial smallint string text time timestamp "
            "timestamptz tinyint uuid varbinary varchar varchar2 varying xml array unsigned",
        .flags = LW_LANG_NOCASE},
    {.name = "Shell",
        .aliases = "bash sh shell zsh ksh fish ash dash bashrc env dotenv cmd.sh",
        .line = {"#"},
        .string = {SHELL_STRINGS},
        .keywords =
            "if then else elif fi for while until do done case esac in function select time return "
            "break continue exit export local readonly declare typeset unset shift source alias "
            "set trap eval exec let",
        .letters = "-./",
        .flags = LW_LANG_HASH_AFTER_BLANK | LW_LANG_COMMANDS | LW_LANG_DOLLAR | LW_LANG_HEREDOCS},
    {.name = "console",
        .aliases =
            "console shell-session shellsession sh-session terminal bash-session term tty session "
            "output-console",
        .kind = LW_SCAN_CONSOLE},
    {.name = "PowerShell",
        .aliases = "powershell pwsh ps1 ps posh psm1",
        .line = {"#"},
        .block = {{"<#", "#>"}},
        .string = {{.open = "@\"", .close = "\n\"@", .flags = LW_STR_LINES | LW_STR_VARS},
            {.open = "@'", .close = "\n'@", .flags = LW_STR_LINES},
            {.open = "\"", .inner = "$(", .escape = '`', .flags = LW_STR_SOFT | LW_STR_VARS},
            {.open = "'", .flags = LW_STR_SOFT | LW_STR_DOUBLED}},
        .keywords =
            "begin break catch class continue data define do dynamicparam else elseif end enum "
            "exit filter finally for foreach from function hidden if in param process return "
            "static switch throw trap try until using var while -and -as -band -bor -contains -eq "
            "-ge -gt -in -is -isnot -join -le -like -lt -match -ne -not -notcontains -notin "
            "-notlike -notmatch -or -replace -split",
        .types = "string int bool array hashtable datetime object pscustomobject switch void",
        .letters = "-",
        .flags = LW_LANG_NOCASE | LW_LANG_DOLLAR | LW_LANG_HASH_AFTER_BLANK | LW_LANG_COMMANDS},
    {.name = "Batch",
        .aliases = "batch bat cmd dos batchfile",
        .line = {"rem ", "REM ", "::"},
        .string = {DOUBLE},
        .keywords =
            "call cd cls copy defined del do echo else endlocal equ errorlevel exist exit for geq "
            "goto gtr if in leq lss mkdir move neq not nul off on pause popd pushd set setlocal "
            "shift start",
        .flags = LW_LANG_NOCASE},
    {.name = "HTML",
        .aliases =
            "html htm xhtml html5 vue svelte angular handlebars hbs jinja jinja2 django twig ejs "
            "razor cshtml mustache liquid astro htmlbars",
        .kind = LW_SCAN_TAGS},
    {.name = "XML",
        .aliases = "xml svg xsd xsl xslt rss atom plist xaml pom wsdl xul axml mathml urdf",
        .kind = LW_SCAN_TAGS},
    {.name = "CSS",
        .aliases = "css scss sass less postcss stylus",
        .line = {"//"},
        .block = {{"/*", "*/"}},
        .string = {DOUBLE, SINGLE},
        .keywords = "!important important from to and not only inherit initial unset none auto",
        .letters = "-",
        .flags = LW_LANG_CSS | LW_LANG_WORD_KEYS | LW_LANG_AT_KEYWORDS | LW_LANG_DOLLAR},
    {.name = "JSON",
        .aliases = "json jsonc jsonl ndjson geojson json-ld jsonld webmanifest ipynb har",
        SLASHES,
        .string = {DOUBLE, SINGLE},
        .keywords = "true false null",
        .flags = LW_LANG_STRING_KEYS},
    {.name = "YAML",
        .aliases =
            "yaml yml docker-compose openapi swagger ansible kubernetes k8s helm cloudformation",
        .line = {"#"},
        .string = {DOUBLE, {.open = "'", .flags = LW_STR_DOUBLED}},
        .keywords = "true false null yes no on off True False",
        .flags = LW_LANG_LINE_KEYS | LW_LANG_HASH_AFTER_BLANK},
    {.name = "TOML",
        .aliases = "toml",
        .line = {"#"},
        .string = {TRIPLE, {.open = "'''", .flags = LW_STR_LINES}, DOUBLE, {.open = "'"}},
        .keywords = "true false inf nan",
        .flags = LW_LANG_LINE_KEYS},
    {.name = "INI",
        .aliases =
            "ini cfg conf properties editorconfig gitconfig dosini systemd service desktop config",
        .line = {"#", ";"},
        .string = {{.open = "\""}},
        .keywords = "true false yes no on off",
        .flags = LW_LANG_LINE_KEYS | LW_LANG_HASH_AFTER_BLANK},
    {.name = "Nginx",
        .aliases = "nginx nginxconf apache apacheconf htaccess caddyfile",
        .line = {"#"},
        .string = {DOUBLE, SINGLE},
        .keywords = "on off",
        .flags = LW_LANG_INSTRUCTIONS | LW_LANG_DOLLAR},
    {.name = "Markdown",
        .aliases = "markdown md mdx rst commonmark gfm mkd",
        .kind = LW_SCAN_MARKDOWN},
    {.name = "LaTeX",
        .aliases = "latex tex context bibtex bib sty tikz",
        .line = {"%"},
        .string = {{.open = "$$", .style = LW_STYLE_FORMULA, .escape = '\\', .flags = LW_STR_SOFT},
            {.open = "$", .style = LW_STYLE_FORMULA, .escape = '\\'}},
        .flags = LW_LANG_BACKSLASH | LW_LANG_AT_NAMES},
    {.name = "Dockerfile",
        .aliases = "dockerfile docker containerfile",
        .line = {"#"},
        .string = {SHELL_STRINGS},
        .keywords =
            "add arg cmd copy entrypoint env expose from healthcheck label maintainer onbuild run "
            "shell stopsignal user volume workdir as",
        .flags =
            LW_LANG_NOCASE | LW_LANG_FRESH_KEYWORDS | LW_LANG_HASH_AFTER_BLANK | LW_LANG_DOLLAR},
    {.name = "Makefile",
        .aliases = "makefile make mk gnumake bsdmake",
        .line = {"#"},
        .string = {SHELL_STRINGS},
        .keywords =
            "define else endef endif export ifdef ifeq ifndef ifneq include override private "
            "unexport vpath",
        .flags =
            LW_LANG_LINE_KEYS | LW_LANG_DOLLAR | LW_LANG_HASH_AFTER_BLANK | LW_LANG_FRESH_KEYWORDS},
    {.name = "CMake",
        .aliases = "cmake cmakelists",
        .line = {"#"},
        .block = {{"#[[", "]]"}},
        .string = {{.open = "\"", .escape = '\\', .flags = LW_STR_LINES | LW_STR_VARS}},
        .keywords =
            "if elseif else endif foreach endforeach while endwhile function endfunction macro "
            "endmacro return break continue not and or on off true false public private interface "
            "required",
        .flags = LW_LANG_NOCASE | LW_LANG_DOLLAR},
    {.name = "diff", .aliases = "diff patch udiff", .kind = LW_SCAN_DIFF},
    {.name = "HCL",
        .aliases = "hcl terraform tf tfvars nomad bicep",
        .line = {"#", "//"},
        .block = {{"/*", "*/"}},
        .string = {{.open = "\"", .inner = "${", .escape = '\\'}},
        .keywords =
            "resource data variable output provider module locals terraform backend for in if else "
            "endif true false null dynamic each count",
        .types = "string number bool list map set object any",
        .letters = "-",
        .flags = LW_LANG_HEREDOCS | LW_LANG_LINE_KEYS},
    {.name = "Nix",
        .aliases = "nix",
        .line = {"#"},
        .block = {{"/*", "*/"}},
        .string = {{.open = "''", .inner = "${", .flags = LW_STR_LINES},
            {.open = "\"", .inner = "${", .escape = '\\', .flags = LW_STR_LINES}},
        .keywords =
            "assert else if in inherit let or rec then with import builtins true false null",
        .letters = "-'",
        .flags = LW_LANG_LINE_KEYS},
    {.name = "GraphQL",
        .aliases = "graphql gql",
        .line = {"#"},
        .string = {TRIPLE, DOUBLE},
        .keywords =
            "directive enum extend fragment implements input interface mutation on query scalar "
            "schema subscription type union true false null",
        .types = "ID Int Float String Boolean",
        .flags = LW_LANG_DOLLAR | LW_LANG_AT_NAMES | LW_LANG_CAPITAL_TYPES},
    {.name = "Protocol Buffers",
        .aliases = "protobuf proto proto3 thrift",
        SLASHES,
        .string = {DOUBLE, SINGLE},
        .keywords =
            "enum extend extensions import map message oneof option optional package public "
            "repeated required reserved returns rpc service stream syntax to weak true false",
        .types = "bool bytes double fixed32 fixed64 float int32 int64 sint32 sint64 string uint32 "
                 "uint64 void list i32 i64",
        .flags = LW_LANG_CAPITAL_TYPES},
    {.name = "Vim script",
        .aliases = "vim viml vimscript vimrc",
        .string = {DOUBLE, DOUBLED("'")},
        .keywords =
            "augroup autocmd call catch command echo else elseif endfor endfunction endif "
            "endtry endwhile execute exists finally for function if in inoremap let map nmap "
            "nnoremap noremap normal return set setlocal silent source syntax throw try unlet "
            "vnoremap while"},
    {.name = "Regular expression", .aliases = "regex regexp", .flags = LW_LANG_BACKSLASH},
};

const size_t lw_nother_languages = sizeof lw_other_languages / sizeof *lw_other_languages;
