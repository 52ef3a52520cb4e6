/* `labelwright completion`: prints what makes a shell complete the words of labelwright. The
 * scripts only ask `labelwright completion words`, which says what may stand at the cursor: see
 * completion_words.c. */
#include "cli/completion/completion_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The shells hand over the words up to the cursor in here, one a line: as arguments, options among
 * them would be ours. */
#define WORDS_IN "LABELWRIGHT_WORDS"

static const char bash[] =
    "# Completes labelwright in bash: source <(labelwright completion bash)\n"
    "_labelwright() {\n"
    "    local IFS=$'\\n' line files= cur=${COMP_WORDS[COMP_CWORD]}\n"
    "    local words=(\"${COMP_WORDS[@]:0:COMP_CWORD+1}\")\n"
    "    COMPREPLY=()\n"
    "    while IFS= read -r line; do\n"
    "        case $line in\n"
    "            :files) files=-f ;;\n"
    "            :folders) files=-d ;;\n"
    "            *) COMPREPLY+=(\"${line%%$'\\t'*}\") ;;\n"
    "        esac\n"
    "    done < <(" WORDS_IN "=\"${words[*]}\" \"${COMP_WORDS[0]}\" completion words 2>/dev/null)\n"
    "    if [[ $files ]]; then\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        COMPREPLY+=($(compgen $files -- \"$cur\"))\n"
    "    elif ((${#COMPREPLY[@]})); then\n"
    "        COMPREPLY=($(printf '%q\\n' \"${COMPREPLY[@]}\"))\n"
    "    fi\n"
    "}\n"
    "complete -F _labelwright labelwright\n";

static const char zsh[] =
    "#compdef labelwright\n"
    "# Completes labelwright in zsh: source <(labelwright completion zsh), after compinit\n"
    "_labelwright() {\n"
    "    local line files\n"
    "    local -a values\n"
    "    for line in ${(f)\"$(" WORDS_IN "=${(F)words[1,CURRENT]} ${(Q)words[1]} completion words "
    "2>/dev/null)\"}; do\n"
    "        case $line in\n"
    "            :files) files=yes ;;\n"
    "            :folders) files=folders ;;\n"
    "            *) values+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\") ;;\n"
    "        esac\n"
    "    done\n"
    "    (( $#values )) && _describe labelwright values\n"
    "    [[ $files == yes ]] && _files\n"
    "    [[ $files == folders ]] && _files -/\n"
    "    return 0\n"
    "}\n"
    "if [[ $funcstack[1] == _labelwright ]]; then\n"
    "    _labelwright \"$@\"\n"
    "else\n"
    "    compdef _labelwright labelwright\n"
    "fi\n";

static const char fish[] =
    "# Completes labelwright in fish: labelwright completion fish | source\n"
    "function __labelwright_words\n"
    "    set -l words (commandline -opc) (commandline -ct | string collect --allow-empty)\n"
    "    set -l newline \\n\n"
    "    set -lx " WORDS_IN " $words[1]\n"
    "    for word in $words[2..-1]\n"
    "        set " WORDS_IN " \"$" WORDS_IN "$newline$word\"\n"
    "    end\n"
    "    for line in (command $words[1] completion words 2>/dev/null)\n"
    "        switch $line\n"
    "            case :files\n"
    "                __fish_complete_path (commandline -ct)\n"
    "            case :folders\n"
    "                __fish_complete_directories (commandline -ct)\n"
    "            case '*'\n"
    "                echo $line\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete -c labelwright -f -a '(__labelwright_words)'\n";

static const struct {
    const char *name, *script;
} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

int lw_cmd_completion(struct lw_cli *c)
{
    const char *words = getenv(WORDS_IN);
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(c->path, shells[i].name) == 0) {
            fputs(shells[i].script, stdout);
            return 0;
        }
    if (strcmp(c->path, "words") == 0) {
        lw_complete(words ? words : "");
        return 0;
    }
    lw_cli_warn("There are completions for bash, zsh and fish, not for \"%s\".", c->path);
    return lw_exit_status(LW_EUSAGE);
}
