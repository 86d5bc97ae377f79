/**
 * The variables that a server gets from this process: what programs need to run at all. Others, which
 * may hold the orchestrator's secrets, stay here unless the options name them.
 */
export const defaultInheritedVariables: readonly string[] = [
  "PATH",
  "HOME",
  "USER",
  "LOGNAME",
  "SHELL",
  "LANG",
  "LC_ALL",
  "LC_CTYPE",
  "TZ",
  "TMPDIR",
  "LD_LIBRARY_PATH",
  "DYLD_LIBRARY_PATH",
  "JAVA_HOME",
  "XDG_RUNTIME_DIR",
  // Windows
  "PATHEXT",
  "SYSTEMROOT",
  "SYSTEMDRIVE",
  "WINDIR",
  "COMSPEC",
  "TEMP",
  "TMP",
  "USERNAME",
  "USERPROFILE",
  "HOMEDRIVE",
  "HOMEPATH",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMDATA",
  "PROGRAMFILES",
  "NUMBER_OF_PROCESSORS",
];

const markPrefix = "POTASSIUM_SERVER_";

/** The variable that marks all processes of one server. */
export function serverMark(serverId: string): string {
  return `${markPrefix}${serverId}`;
}

/** The named variables of an environment, and the marks: a server may run servers of its own. */
export function inheritedVariables(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): Record<string, string> {
  // Windows looks variables up in any case, and so does this, harmlessly, everywhere.
  const wanted = new Set(names.map((name) => name.toUpperCase()));
  const inherited: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) continue;
    if (wanted.has(name.toUpperCase()) || name.startsWith(markPrefix)) inherited[name] = value;
  }
  return inherited;
}
