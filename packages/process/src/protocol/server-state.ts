import type { ServerStatus } from "@potassium/core-types";

/** How a server is, as its supervisor tells it. */
export interface ServerState {
  readonly status: ServerStatus;
  /** Since when, RFC 3339. */
  readonly time: string;
  /** Whether the restart policy will start it again by itself. */
  readonly willRestart: boolean;
  /** Its first process, while it runs. */
  readonly pid: number | null;
}
