import type { AbortOptions } from "../wait/abort-options.js";
import type { ServerRecord } from "./server-record.js";

export interface DrainOptions extends AbortOptions {
  /** How long to wait for the players to leave, in milliseconds: up to a year. 0 only marks the server. @default without end */
  readonly deadlineMs?: number | undefined;
}

/** What a drain came to. The server stays marked, after the deadline too; `unregister` or `undrain` it. */
export type DrainResult =
  /** Nobody is on it or on the way to it: no player on the server or in any match, no busy match, no held lease. */
  | { readonly state: "drained"; readonly server: ServerRecord }
  /** The deadline passed before. */
  | { readonly state: "deadline"; readonly server: ServerRecord }
  /** It was unregistered, or expired, meanwhile. */
  | { readonly state: "gone" };
