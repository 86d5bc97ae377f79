import type { RestartPolicy, StopPolicy } from "@potassium/core-types";

/** A stop policy with its defaults filled in. */
export interface CompleteStopPolicy {
  readonly signal: string;
  readonly graceMs: number;
  readonly command?: StopPolicy["command"];
}

/** How long a supervisor waits before it starts a server again. */
export interface RestartBackOff {
  /** Before the first new start, in milliseconds; doubled each time. */
  readonly minMs: number;
  /** At most. */
  readonly maxMs: number;
}

/**
 * What a supervisor is to look after: one line of JSON on its standard input, which then stays open as
 * its line to the owner.
 */
export interface SupervisorTask {
  readonly serverId: string;
  /** The server's folder, which goes with the server. */
  readonly folder: string;
  /** A folder to remove too, once no server is left in it and its owner is gone. */
  readonly temporaryFolder?: string | undefined;
  readonly socketPath: string;
  readonly program: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** Files that claim the server's ports. */
  readonly claims: readonly string[];
  readonly stop: CompleteStopPolicy;
  readonly restartPolicy: RestartPolicy;
  readonly restartBackOff: RestartBackOff;
  readonly logLimitBytes: number;
  /** Whether the server outlives its owner from the beginning; else from the request `detach` on. */
  readonly detached: boolean;
}
