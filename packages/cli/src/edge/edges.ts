import type { Readable, Writable } from "node:stream";

/** The signals that the command ends on by itself, cleaning up first. */
export type SignalName = "SIGINT" | "SIGTERM";

/** stdout or stderr: a stream that may be a terminal. */
export type OutputStream = Writable & {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
};

/** Everything of the process that the command touches, so that it can run inside another one, as in tests. */
export interface Edges {
  /** The words after the command's name. */
  readonly argv: readonly string[];
  /** The variables of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Read by verbs that say so, and by no other. */
  readonly stdin: Readable & { readonly isTTY?: boolean | undefined };
  /** Takes results. */
  readonly stdout: OutputStream;
  /** Takes errors, remarks and progress. */
  readonly stderr: OutputStream;
  /** Calls back at each signal until the function that it returned is called. */
  readonly onSignal: (listener: (signal: SignalName) => void) => () => void;
  /** Ends the process at once: at a second Ctrl-C. */
  readonly exitNow: (code: number) => void;
  /** Milliseconds that only grow, for rates and times left. */
  readonly now: () => number;
}
