import { rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { LineDecoder } from "@potassium/core-types/provider-kit";
import {
  parseRequest,
  type RequestFailure,
  type SupervisorMessage,
  type SupervisorRequest,
} from "../protocol/message.js";
import type { ServerState } from "../protocol/server-state.js";
import { processRules } from "../system/process-rules.js";

export interface ControlSocketOptions {
  readonly path: string;
  readonly state: () => ServerState;
  /** Does what is asked; what it gives is why it could not. */
  readonly obey: (request: SupervisorRequest) => Promise<RequestFailure | undefined>;
}

/** A request is a console line of 64 Ki characters at most, escaped. */
const maxRequestBytes = 1024 * 1024;

/** The local socket on which a supervisor is asked, by lines of JSON. */
export class ControlSocket {
  readonly #options: ControlSocketOptions;
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  readonly #logFollowers = new Set<Socket>();

  constructor(options: ControlSocketOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  listen(): Promise<void> {
    const { path } = this.#options;
    // Left by a supervisor that was killed.
    if (processRules().socketFiles) rmSync(path, { force: true });
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(path, resolve);
    });
  }

  tellState(state: ServerState): void {
    for (const client of this.#clients) send(client, { type: "state", state });
  }

  /** Tells that lines were added. Those whose connection is full are told when it has emptied. */
  tellLog(): void {
    for (const client of this.#logFollowers) {
      if (!client.writableNeedDrain) send(client, { type: "log" });
    }
  }

  #accept(client: Socket): void {
    const decoder = new LineDecoder({ maxLineBytes: maxRequestBytes });
    this.#clients.add(client);
    send(client, { type: "state", state: this.#options.state() });
    client.on("data", (bytes) => {
      for (const line of decoder.push(bytes)) void this.#answer(client, line);
    });
    client.on("drain", () => {
      if (this.#logFollowers.has(client)) send(client, { type: "log" });
    });
    client.on("error", () => client.destroy());
    client.on("close", () => {
      this.#clients.delete(client);
      this.#logFollowers.delete(client);
    });
  }

  async #answer(client: Socket, line: string): Promise<void> {
    const request = parseRequest(line);
    if (request === undefined) {
      client.destroy();
      return;
    }
    if (request.method === "follow-log") this.#logFollowers.add(client);
    const failure = await this.#options.obey(request);
    const { call } = request;
    send(
      client,
      failure === undefined ? { type: "reply", call } : { type: "reply", call, failure },
    );
  }
}

function send(client: Socket, message: SupervisorMessage): void {
  if (client.writable) client.write(`${JSON.stringify(message)}\n`);
}
