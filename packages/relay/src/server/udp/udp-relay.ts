import type { RemoteInfo, Socket } from "node:dgram";
import type { RelayCounters } from "../relay-counters.js";
import type { Backend } from "./backend.js";
import { PacketOutlet } from "./packet-outlet.js";
import { type DroppedToBackend, type DroppedToPlayer, PacketTally } from "./packet-tally.js";
import { type Player, Session, type SessionHost } from "./session.js";
import { SessionRates } from "./session-rates.js";
import { SessionTable } from "./session-table.js";
import { sourceIp } from "./source-ip.js";
import type { Rate } from "./token-bucket.js";

/** The bounds of a relay. */
export interface UdpRelayLimits {
  readonly idleTimeoutMs: number;
  readonly idleTimeoutWhenFullMs: number;
  readonly maxSessions: number;
  readonly packetRate: Rate | undefined;
  readonly sessionRate: Rate | undefined;
  readonly sessionRatePerIp: Rate | undefined;
  readonly maxQueuedPackets: number;
  readonly receiveBufferBytes: number;
  readonly now: () => number;
}

/** Packets to players that may wait for the operating system, for each packet that one session's may. */
const outletFactor = 16;

/**
 * Forwards packets between players, who all send to one socket, and backends, which see one socket a
 * session. Every change of a route takes effect between two packets.
 */
export class UdpRelay {
  readonly #socket: Socket;
  readonly #limits: UdpRelayLimits;
  readonly #routes = new Map<string, Backend>();
  readonly #sessions = new SessionTable();
  readonly #toBackend = new PacketTally<DroppedToBackend>({
    noRoute: 0,
    sessionLimit: 0,
    sessionRatePerIp: 0,
    sessionRate: 0,
    packetRate: 0,
    badSource: 0,
    queueFull: 0,
    sendFailed: 0,
    sessionClosed: 0,
  });
  readonly #toPlayer = new PacketTally<DroppedToPlayer>({
    lateReply: 0,
    stranger: 0,
    queueFull: 0,
    sendFailed: 0,
  });
  readonly #host: SessionHost;
  readonly #sessionRates: SessionRates;
  readonly #sweep: NodeJS.Timeout;
  #socketErrors = 0;
  /** Until then no open session can have been silent for so long that it makes room. */
  #fullUntilMs = Number.NEGATIVE_INFINITY;

  /** @param socket bound to the address that players send to; it is closed with the relay. */
  constructor(socket: Socket, limits: UdpRelayLimits) {
    this.#socket = socket;
    this.#limits = limits;
    const players = new PacketOutlet(
      socket,
      limits.maxQueuedPackets * outletFactor,
      this.#toPlayer,
    );
    this.#host = {
      maxQueuedPackets: limits.maxQueuedPackets,
      receiveBufferBytes: limits.receiveBufferBytes,
      packetRate: limits.packetRate,
      toBackend: this.#toBackend,
      received: (bytes) => this.#toPlayer.received(bytes),
      deliver: (message, player) => players.send(message, player.port, player.address),
      refuse: (reason) => this.#toPlayer.dropped(reason),
      socketError: () => this.#countSocketError(),
      failed: (session) => this.#close(session, "sendFailed"),
      now: limits.now,
    };
    this.#sessionRates = new SessionRates(
      { perIp: limits.sessionRatePerIp, overall: limits.sessionRate },
      limits.now(),
    );
    socket.on("message", (message, from) => this.#onPacket(message, from));
    socket.on("error", () => this.#countSocketError());
    const sweepMs = Math.min(Math.max(Math.ceil(limits.idleTimeoutMs / 4), 10), 5_000);
    this.#sweep = setInterval(() => this.#tidy(), sweepMs);
  }

  /** Routes a player, and moves the sessions that are open. */
  setRoute(playerIp: string, backend: Backend): void {
    this.#routes.set(playerIp, backend);
    for (const session of this.#sessions.ofPlayer(playerIp)) session.moveTo(backend);
  }

  deleteRoute(playerIp: string): void {
    this.#routes.delete(playerIp);
    this.#sessionRates.forget(playerIp);
    this.closeSessions(playerIp);
  }

  closeSessions(playerIp: string): void {
    for (const session of this.#sessions.ofPlayer(playerIp)) this.#close(session, "sessionClosed");
  }

  /** The backends' names by the players' addresses, in the order of the addresses' text. */
  listRoutes(): Record<string, string> {
    const entries = [...this.#routes].map(([ip, backend]) => [ip, backend.name] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  counters(): RelayCounters {
    const { size: open, added: opened } = this.#sessions;
    return Object.freeze({
      toBackend: this.#toBackend.snapshot(),
      toPlayer: this.#toPlayer.snapshot(),
      sessions: Object.freeze({ open, opened, closed: opened - open }),
      routes: this.#routes.size,
      trackedIps: this.#sessionRates.size,
      socketErrors: this.#socketErrors,
    });
  }

  /** Closes all sockets. To be called once. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    const closed = new Promise<void>((resolve) => this.#socket.close(resolve));
    for (const session of this.#sessions.all()) this.#close(session, "sessionClosed");
    await closed;
  }

  #onPacket(message: Buffer, from: RemoteInfo): void {
    this.#toBackend.received(message.length);
    const ip = sourceIp(from.address);
    const session = this.#sessions.get(ip, from.port) ?? this.#openSession(ip, from);
    session?.forward(message);
  }

  /** Counts the packet as dropped where it can't have a session. */
  #openSession(ip: string, from: RemoteInfo): Session | undefined {
    const backend = this.#routes.get(ip);
    const problem = this.#problemOf(ip, backend, from);
    if (backend === undefined || problem !== undefined) {
      this.#toBackend.dropped(problem ?? "noRoute");
      return undefined;
    }
    const player: Player = { ip, address: from.address, port: from.port };
    const session = new Session(player, backend, this.#host);
    this.#sessions.add(session);
    return session;
  }

  #problemOf(
    ip: string,
    backend: Backend | undefined,
    from: RemoteInfo,
  ): DroppedToBackend | undefined {
    if (backend === undefined) return "noRoute";
    if (from.port === 0) return "badSource";
    const now = this.#limits.now();
    // Before room is made: a session is closed only for one that then opens.
    return this.#sessionRates.refusal(ip, now) ?? (this.#hasRoom(now) ? undefined : "sessionLimit");
  }

  /** Where all places are taken, sessions that were silent for long are closed. */
  #hasRoom(now: number): boolean {
    const { maxSessions, idleTimeoutWhenFullMs } = this.#limits;
    if (this.#sessions.size < maxSessions) return true;
    // Looking through all sessions for each packet of a flood would take too long.
    if (now < this.#fullUntilMs) return false;
    this.#fullUntilMs = this.#closeSilent(now, idleTimeoutWhenFullMs) + idleTimeoutWhenFullMs;
    return this.#sessions.size < maxSessions;
  }

  #close(session: Session, reason: DroppedToBackend): void {
    if (this.#sessions.remove(session)) session.close(reason);
  }

  #tidy(): void {
    const now = this.#limits.now();
    this.#closeSilent(now, this.#limits.idleTimeoutMs);
    this.#sessionRates.forgetQuiet(now);
  }

  /** @returns when the longest silent of those that stay had its last packet. */
  #closeSilent(now: number, timeoutMs: number): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const session of this.#sessions.all()) {
      if (now - session.lastActiveMs > timeoutMs) this.#close(session, "sessionClosed");
      else oldest = Math.min(oldest, session.lastActiveMs);
    }
    return oldest;
  }

  #countSocketError(): void {
    this.#socketErrors += 1;
  }
}
