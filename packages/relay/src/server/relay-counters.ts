import type { DroppedToBackend, DroppedToPlayer, PacketCounters } from "./udp/packet-tally.js";

/** What a relay has done since it started. */
export interface RelayCounters {
  /** Packets from players, on their way to backends. */
  readonly toBackend: PacketCounters<DroppedToBackend>;
  /** Packets from backends, on their way to players. */
  readonly toPlayer: PacketCounters<DroppedToPlayer>;
  readonly sessions: {
    readonly open: number;
    readonly opened: number;
    readonly closed: number;
  };
  /** Routes in the table now. */
  readonly routes: number;
  /** Addresses that are kept for `sessionRatePerIp`; never more than there are routes. */
  readonly trackedIps: number;
  /** Errors that the system reported for a socket and that the relay went on after. */
  readonly socketErrors: number;
}
