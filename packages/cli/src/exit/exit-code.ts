/** What the command's exit code says. Exit codes are API: the README lists them. */
export const ExitCode = {
  done: 0,
  /** A bug, or an error that has no code of Potassium. */
  unexpected: 1,
  /** The command line, or a value on it, is wrong. Nothing was done. */
  usage: 2,
  /** What was given is understood and not taken: a signature, a version, a file in the way. */
  refused: 3,
  /** Something is damaged: a patch, a file, an installation. */
  corrupt: 4,
  /** Not now: trying again later may work. */
  unavailable: 5,
  /** The named thing is not there. */
  notFound: 6,
  /** This machine lacks a program or add-on. */
  missing: 7,
  /** A game server, or a program in it, did not run as it should. */
  serverFailed: 8,
  /** The file system refused, or is full. */
  storage: 9,
  /** By Ctrl-C. */
  interrupted: 130,
  /** Whoever read the output has gone. */
  brokenPipe: 141,
  /** By SIGTERM. */
  terminated: 143,
} as const;
/** One of the exit codes. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
