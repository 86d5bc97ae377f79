/** The shells that can complete the command's words. */
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/**
 * What a shell must read to complete the command's words. Each asks the hidden verb `complete`, so that the script
 * needn't change when the command does; where that knows nothing, paths are completed.
 */
export const shellScripts: Readonly<Record<Shell, string>> = {
  bash: `# potassium: completion for bash. Put into ~/.bashrc: eval "$(potassium completion bash)"
_potassium() {
  local word
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    COMPREPLY+=("$word")
  done < <(potassium complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _potassium potassium
`,
  zsh: `#compdef potassium
# potassium: completion for zsh. Put into ~/.zshrc, after compinit: eval "$(potassium completion zsh)"
_potassium() {
  local line
  local -a found
  for line in "\${(@f)$(potassium complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n "$line" ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( $#found )); then
    _describe 'potassium' found
  else
    _files
  fi
}
if [[ "$funcstack[1]" == "_potassium" ]]; then
  _potassium "$@"
else
  compdef _potassium potassium
fi
`,
  fish: `# potassium: completion for fish. Put into ~/.config/fish/config.fish: potassium completion fish | source
function __potassium_complete
  set -l words (commandline -opc) (commandline -ct)
  set -l found (potassium complete -- $words[2..-1] 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c potassium -f -a '(__potassium_complete)'
`,
};
