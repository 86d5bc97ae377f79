import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import type { HostPort } from "@potassium/core-types";

/** A player on this machine, who sends packets to the relay, and looks which server answers. */
export class LocalPlayer implements AsyncDisposable {
  /** What the relay knows it by. */
  readonly address = "127.0.0.1";
  readonly #socket: Socket;
  readonly #timer: NodeJS.Timeout;
  #sent = 0;
  #answers = 0;
  #server: string | undefined;

  static async join(relay: HostPort): Promise<LocalPlayer> {
    const socket = createSocket("udp4");
    socket.connect(relay.port, relay.host);
    await once(socket, "connect");
    return new LocalPlayer(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("message", (message) => {
      this.#server = (JSON.parse(String(message)) as { server: string }).server;
      this.#answers += 1;
    });
    socket.on("error", () => {}); // nobody listens at the moment: the next packet may be answered
    this.#timer = setInterval(() => {
      this.#sent += 1;
      socket.send(JSON.stringify({ sequence: this.#sent }));
    }, 100);
  }

  /** Who answered last, and how often it was answered by now. */
  get heard(): { readonly server: string | undefined; readonly answers: number } {
    return { server: this.#server, answers: this.#answers };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
