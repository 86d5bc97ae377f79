import type { HostPort } from "../../net/host-port.js";
import type { ExecOptions, ExecResult } from "../../provider/exec.js";
import type { LogLine } from "../../provider/log-line.js";
import type { AbortOptions } from "../../wait/abort-options.js";
import type { Awaitable } from "../../wait/awaitable.js";
import type { PortReference } from "./port-reference.js";

/** How a provider lets a server that starts be watched. */
export interface StartingServer {
  /** For messages. */
  readonly name: string;
  /** Where this process reaches a port of the server. */
  address(port: PortReference): Awaitable<HostPort>;
  /** The output of this start, from its first line on. */
  logLines(options: AbortOptions): AsyncIterable<LogLine>;
  /** Runs a program inside the server. */
  exec(command: readonly string[], options: ExecOptions): Promise<ExecResult>;
  /** Resolves when the server has ended and won't be started again by itself. */
  ended?(options: AbortOptions): Promise<{ readonly exitCode: number }>;
  /** The last lines of its output, for the message if it ends. */
  lastLines?(): Promise<readonly LogLine[]>;
}
