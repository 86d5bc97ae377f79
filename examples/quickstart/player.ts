import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { delay, type HostPort } from "@potassium/core-types";

/** Plays: sends a numbered packet every 20 ms from one socket, and keeps what is answered by whom. */
export class Player implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  readonly #unanswered = new Set<number>();
  #sent = 0;
  #server: string | undefined;

  /** @param relay the only address that the player ever knows. */
  static async join(relay: HostPort): Promise<Player> {
    const socket = createSocket("udp4");
    socket.connect(relay.port, relay.host);
    await once(socket, "connect");
    return new Player(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("message", (message) => {
      const { sequence, server } = JSON.parse(String(message)) as {
        sequence: number;
        server: string;
      };
      if (this.#unanswered.delete(sequence)) this.#server = server;
    });
    this.#timer = setInterval(() => {
      this.#sent += 1;
      this.#unanswered.add(this.#sent);
      socket.send(JSON.stringify({ sequence: this.#sent }));
    }, 20);
  }

  /** Packets sent so far. */
  get sent(): number {
    return this.#sent;
  }

  /** The player's own address, which must never change. */
  get port(): number {
    return this.#socket.address().port;
  }

  /** Plays on until answers come from this server. */
  async until(server: string): Promise<void> {
    const deadline = performance.now() + 10_000;
    while (this.#server !== server) {
      if (performance.now() > deadline) {
        throw new Error(`no answer from ${server} for 10 s; the last came from ${this.#server}`);
      }
      await delay(5);
    }
  }

  /** Plays on until so many more packets are sent, and the last of them is answered. */
  async play(packets: number): Promise<void> {
    const last = this.#sent + packets;
    const deadline = performance.now() + 10_000;
    while (this.#sent < last || this.#unanswered.has(last)) {
      if (performance.now() > deadline)
        throw new Error(`packet ${last} was not answered within 10 s`);
      await delay(5);
    }
  }

  /**
   * Plays on until no packet is without an answer but those whose answers came too late, after a move.
   *
   * @param tooLate how many these are so far.
   * @returns how many have got none.
   */
  async missing(tooLate: () => number): Promise<number> {
    const deadline = performance.now() + 10_000;
    while (this.#unanswered.size > tooLate()) {
      if (performance.now() > deadline) {
        throw new Error(
          `${this.#unanswered.size} packets were lost, of which ${tooLate()} are counted`,
        );
      }
      await delay(5);
    }
    return this.#unanswered.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
