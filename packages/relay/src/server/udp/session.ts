import type { RemoteInfo } from "node:dgram";
import { type Backend, isSameTarget } from "./backend.js";
import type { OutletTally } from "./packet-outlet.js";
import type { DroppedToBackend } from "./packet-tally.js";
import { type Rate, TokenBucket } from "./token-bucket.js";
import { Upstream } from "./upstream.js";

/** Where a player's packets come from. */
export interface Player {
  /** Canonical, as routes name it. */
  readonly ip: string;
  /** As the listening socket names it: there an IPv4 address may be mapped into IPv6. */
  readonly address: string;
  readonly port: number;
}

/** What all sessions of a relay share. */
export interface SessionHost {
  readonly maxQueuedPackets: number;
  readonly receiveBufferBytes: number;
  /** What each session may send; `undefined` is without limit. */
  readonly packetRate: Rate | undefined;
  readonly toBackend: OutletTally & { dropped(reason: DroppedToBackend, count?: number): void };
  /** A packet of so many bytes came in on a session's socket. */
  received(bytes: number): void;
  /** It is the backend's. */
  deliver(message: Buffer, player: Player): void;
  /** It is not. */
  refuse(reason: "lateReply" | "stranger"): void;
  socketError(): void;
  /** The session can't go on. */
  failed(session: Session): void;
  /** Milliseconds on a clock that only rises. */
  now(): number;
}

/** Former backends that are remembered, to tell their late replies from strangers' packets. */
const rememberedBackends = 8;

/** One player's address and port, and the socket that stands for it at the backends. */
export class Session {
  readonly player: Player;
  /** When a packet last went either way, on the host's clock. */
  lastActiveMs: number;
  readonly #host: SessionHost;
  readonly #allowance: TokenBucket | undefined;
  #backend: Backend;
  #former: readonly Backend[] = [];
  #upstream: Upstream;
  #isClosed = false;

  constructor(player: Player, backend: Backend, host: SessionHost) {
    this.player = player;
    this.lastActiveMs = host.now();
    this.#host = host;
    this.#allowance = host.packetRate && new TokenBucket(host.packetRate, this.lastActiveMs);
    this.#backend = backend;
    this.#upstream = this.#open(backend);
  }

  /** Sends a packet of the player's to the backend, after those that were given before. */
  forward(message: Buffer): void {
    const now = this.#host.now();
    if (this.#allowance?.take(now) === false) {
      this.#host.toBackend.dropped("packetRate");
      return;
    }
    this.lastActiveMs = now;
    this.#upstream.send(message);
  }

  /**
   * Sends what follows to another backend. It sees the same source address and port as the old one,
   * unless one is on IPv4 and the other on IPv6, which takes another socket.
   */
  moveTo(backend: Backend): void {
    if (isSameTarget(this.#backend, backend)) return;
    const others = this.#former.filter((former) => !isSameTarget(former, backend));
    this.#former = [this.#backend, ...others].slice(0, rememberedBackends);
    this.#backend = backend;
    if (this.#upstream.family === backend.family) {
      this.#upstream.aim(backend);
      return;
    }
    const waiting = this.#upstream.close();
    this.#upstream = this.#open(backend);
    for (const message of waiting) this.#upstream.send(message);
  }

  /** Closes the socket. Packets that wait for it count as dropped for the `reason`. */
  close(reason: DroppedToBackend): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#host.toBackend.dropped(reason, this.#upstream.close().length);
  }

  #open(backend: Backend): Upstream {
    const host = this.#host;
    const upstream: Upstream = new Upstream(backend, {
      family: backend.family,
      maxQueuedPackets: host.maxQueuedPackets,
      receiveBufferBytes: host.receiveBufferBytes,
      tally: host.toBackend,
      onPacket: (message, from) => this.#onPacket(message, from),
      onUnusable: () => {
        if (this.#upstream === upstream) host.failed(this);
      },
      onError: () => host.socketError(),
    });
    return upstream;
  }

  #onPacket(message: Buffer, from: RemoteInfo): void {
    this.#host.received(message.length);
    if (isFrom(this.#backend, from)) {
      this.lastActiveMs = this.#host.now();
      this.#host.deliver(message, this.player);
    } else {
      const isLate = this.#former.some((backend) => isFrom(backend, from));
      this.#host.refuse(isLate ? "lateReply" : "stranger");
    }
  }
}

function isFrom(backend: Backend, from: RemoteInfo): boolean {
  return from.port === backend.port && from.address === backend.address;
}
