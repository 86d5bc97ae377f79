/** What a system has of what POSIX knows of processes. */
export interface ProcessRules {
  /** Signals that a process can act on. Without, it can only be killed. */
  readonly signals: boolean;
  /** Groups of processes, which a new one can begin. */
  readonly groups: boolean;
  /** Local sockets are files, which who is killed leaves behind. */
  readonly socketFiles: boolean;
}

/** The rules of a system; those of Windows have none of it. */
export function processRules(platform: NodeJS.Platform = process.platform): ProcessRules {
  const isPosix = platform !== "win32";
  return { signals: isPosix, groups: isPosix, socketFiles: isPosix };
}
