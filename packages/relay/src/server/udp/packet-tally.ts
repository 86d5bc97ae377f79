/** Why a packet from a player was dropped. */
export type DroppedToBackend =
  /** The player has no route. */
  | "noRoute"
  /** A new session was needed, and `maxSessions` were open, none silent for long enough to be closed. */
  | "sessionLimit"
  /** A new session was needed, and the address opened more than `sessionRatePerIp` lets it. */
  | "sessionRatePerIp"
  /** A new session was needed, and all players together opened more than `sessionRate` lets them. */
  | "sessionRate"
  /** The session sends more than `packetRate` lets it. */
  | "packetRate"
  /** Sent from port 0, which can't be answered. */
  | "badSource"
  /** `maxQueuedPackets` of the session were waiting already. */
  | "queueFull"
  /** The session's socket could not be opened, or refused the packet. */
  | "sendFailed"
  /** The session was closed while the packet waited. */
  | "sessionClosed";

/** Why a packet on a session's socket was not passed to the player. */
export type DroppedToPlayer =
  /** From a backend that the session was moved away from. */
  | "lateReply"
  /** From an address that never was the session's backend. */
  | "stranger"
  /** `maxQueuedPackets` to the players were waiting already. */
  | "queueFull"
  /** The relay's socket refused the packet. */
  | "sendFailed";

/**
 * Counts of packets in one direction. `received` is the sum of `sent`, of all in `dropped`, and of
 * the packets that wait at this moment.
 */
export interface PacketCounters<Reason extends string> {
  readonly received: number;
  /** Handed to the operating system. */
  readonly sent: number;
  /** Of the packets that were received: what they carry, without headers. */
  readonly receivedBytes: number;
  /** Of the packets that were sent: what they carry, without headers. */
  readonly sentBytes: number;
  readonly dropped: Readonly<Record<Reason, number>>;
}

/** Counts the packets of one direction. */
export class PacketTally<Reason extends string> {
  #received = 0;
  #sent = 0;
  #receivedBytes = 0;
  #sentBytes = 0;
  readonly #dropped: Record<Reason, number>;

  /** @param reasons all reasons, each with its first count, 0. */
  constructor(reasons: Readonly<Record<Reason, 0>>) {
    this.#dropped = { ...reasons };
  }

  received(bytes: number): void {
    this.#received += 1;
    this.#receivedBytes += bytes;
  }

  sent(bytes: number): void {
    this.#sent += 1;
    this.#sentBytes += bytes;
  }

  dropped(reason: Reason, count = 1): void {
    this.#dropped[reason] += count;
  }

  snapshot(): PacketCounters<Reason> {
    return Object.freeze({
      received: this.#received,
      sent: this.#sent,
      receivedBytes: this.#receivedBytes,
      sentBytes: this.#sentBytes,
      dropped: Object.freeze({ ...this.#dropped }),
    });
  }
}
