import type { RemoteInfo, Socket } from "node:dgram";
import type { Backend } from "./backend.js";
import { type OutletTally, PacketOutlet } from "./packet-outlet.js";
import { anyAddress, createUdpSocket, growReceiveBuffer, type IpFamily } from "./udp-socket.js";

/** What a session's socket needs and reports. */
export interface UpstreamOptions {
  readonly family: IpFamily;
  /** Packets that may wait, first for the socket, then for the operating system. */
  readonly maxQueuedPackets: number;
  readonly receiveBufferBytes: number;
  readonly tally: OutletTally;
  readonly onPacket: (message: Buffer, from: RemoteInfo) => void;
  /** The socket could not be opened; packets wait in vain. */
  readonly onUnusable: () => void;
  /** The system reported an error; the socket goes on. */
  readonly onError: () => void;
}

/**
 * The socket by which the backends know one player. It is not connected to a backend: so it stays,
 * with its port, when the player is moved, and a backend that is down does not make it fail.
 */
export class Upstream {
  readonly family: IpFamily;
  readonly #options: UpstreamOptions;
  readonly #socket: Socket;
  readonly #outlet: PacketOutlet;
  /** Packets that came before the socket was bound. */
  #waiting: Buffer[] = [];
  #backend: Backend;
  #isBound = false;

  constructor(backend: Backend, options: UpstreamOptions) {
    this.family = options.family;
    this.#backend = backend;
    this.#options = options;
    this.#socket = createUdpSocket(options.family);
    this.#outlet = new PacketOutlet(this.#socket, options.maxQueuedPackets, options.tally);
    this.#socket.on("message", options.onPacket);
    this.#socket.on("error", () => {
      if (this.#isBound) options.onError();
      // Later, since binding may fail before this constructor has returned.
      else queueMicrotask(options.onUnusable);
    });
    this.#socket.once("listening", () => this.#start());
    // Exclusive, or the workers of a cluster would share the port and each other's packets.
    this.#socket.bind({ port: 0, address: anyAddress[options.family], exclusive: true });
  }

  /** Where packets go from now on, also those that wait for the socket. */
  aim(backend: Backend): void {
    this.#backend = backend;
  }

  send(message: Buffer): void {
    if (this.#isBound) this.#outlet.send(message, this.#backend.port, this.#backend.address);
    else if (this.#waiting.length < this.#options.maxQueuedPackets) this.#waiting.push(message);
    else this.#options.tally.dropped("queueFull");
  }

  /** Closes the socket and hands back, in order, the packets that it never took. */
  close(): readonly Buffer[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#socket.close();
    return waiting;
  }

  #start(): void {
    this.#isBound = true;
    growReceiveBuffer(this.#socket, this.#options.receiveBufferBytes);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) this.send(message);
  }
}
