import type { AbortOptions } from "../wait/abort-options.js";

export interface ExecOptions extends AbortOptions {
  /** Variables on top of the server's own. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Absolute path inside the server. @default the server's own */
  readonly workingDirectory?: string | undefined;
  /** User name or id, where the provider has users. */
  readonly user?: string | undefined;
  /** What the command reads; it then sees the end. @default nothing */
  readonly stdin?: string | Uint8Array | undefined;
  /** After this the command is killed and the call rejects with `TIMEOUT`. @default none */
  readonly timeoutMs?: number | undefined;
  /** How much of stdout, and as much of stderr, is kept. @default 1 MiB */
  readonly maxOutputBytes?: number | undefined;
}

/** How a command ended. An exit code other than 0 is a result, not an error. */
export interface ExecResult {
  /** 128 plus the signal's number, where a signal ended it. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether more came out than `maxOutputBytes`; the rest was read and dropped. */
  readonly truncated: boolean;
}

export const defaultMaxOutputBytes = 1024 * 1024;
