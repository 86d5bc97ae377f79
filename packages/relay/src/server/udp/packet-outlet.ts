import type { Socket } from "node:dgram";

/** Told what became of each packet. */
export interface OutletTally {
  sent(bytes: number): void;
  dropped(reason: "queueFull" | "sendFailed"): void;
}

/**
 * Sends packets from a bound socket, in order, with at most `limit` of them waiting for the
 * operating system: a socket that can't send must not fill the memory.
 */
export class PacketOutlet {
  readonly #socket: Socket;
  readonly #limit: number;
  readonly #tally: OutletTally;
  #waiting = 0;

  constructor(socket: Socket, limit: number, tally: OutletTally) {
    this.#socket = socket;
    this.#limit = limit;
    this.#tally = tally;
  }

  send(message: Buffer, port: number, address: string): void {
    if (this.#waiting >= this.#limit) {
      this.#tally.dropped("queueFull");
      return;
    }
    this.#waiting += 1;
    try {
      this.#socket.send(message, port, address, this.#onSent);
    } catch (error) {
      // A socket that was closed throws where one that is open reports.
      this.#onSent(error as Error, 0);
    }
  }

  // One function for all packets, so that none costs a closure.
  readonly #onSent = (error: Error | null, bytes: number): void => {
    this.#waiting -= 1;
    if (error === null) this.#tally.sent(bytes);
    else this.#tally.dropped("sendFailed");
  };
}
