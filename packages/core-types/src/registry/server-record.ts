import type { ServerInfo } from "./server-info.js";

/**
 * Whether players can be sent to a server: `draining` ones take no new players, `expired` ones have missed
 * their heartbeats and are removed after a grace, unless one comes.
 */
export type Availability = "available" | "draining" | "expired";

/** A server as a registry keeps it: what it said of itself, and what the registry adds. Frozen. */
export interface ServerRecord extends ServerInfo {
  /**
   * Rises with each change of the record, by steps of any size, and is no other record's of the registry.
   * Claims and heartbeats are no changes.
   */
  readonly version: number;
  /** When it was registered first, in milliseconds since 1970. */
  readonly registeredAtMs: number;
  readonly availability: Availability;
}
