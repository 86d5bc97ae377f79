import type { AbortOptions } from "../wait/abort-options.js";

/** One line of a server's output, without its line end. */
export interface LogLine {
  readonly stream: "stdout" | "stderr";
  readonly text: string;
  /** When it was written, RFC 3339, UTC. */
  readonly time: string;
}

export interface LogOptions extends AbortOptions {
  /** Only the last so many lines. @default all that are kept */
  readonly tail?: number | undefined;
  /** Only lines from this moment on: RFC 3339. */
  readonly since?: string | undefined;
}

export interface LogsOptions extends LogOptions {
  /** Only lines before this moment: RFC 3339. */
  readonly until?: string | undefined;
}
