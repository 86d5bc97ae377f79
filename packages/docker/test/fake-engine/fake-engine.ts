import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Endpoint } from "../../src/endpoint/endpoint.js";
import { EngineClient, type EngineClientOptions } from "../../src/engine/engine-client.js";
import { json, type Reply } from "./reply.js";
import { temporaryFolder } from "./temporary-folder.js";

/** A request as it came over the wire. */
export interface SeenRequest {
  readonly method: string;
  /** As it was sent, with version and query. */
  readonly url: string;
  /** Without version and query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What is answered to a request; `undefined` leaves it to the handler that was set before. */
type Handler = (request: SeenRequest) => Reply | undefined;

const version = {
  Version: "20.10.24",
  ApiVersion: "1.41",
  MinAPIVersion: "1.12",
  Os: "linux",
  Arch: "amd64",
  Components: [{ Name: "Engine" }],
};

/** Speaks an engine's HTTP on a socket of its own, and answers what a test tells it to. */
export class FakeEngine implements AsyncDisposable {
  readonly requests: SeenRequest[] = [];
  readonly path: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #handlers: Handler[] = [];
  readonly #clients: EngineClient[] = [];
  #folder: AsyncDisposable | undefined;
  /** Connections that were ever made. */
  connections = 0;

  static async start(): Promise<FakeEngine> {
    const folder = await temporaryFolder();
    const engine = new FakeEngine(join(folder.path, "engine.sock"));
    engine.#folder = folder;
    engine.#server.listen(engine.path);
    await once(engine.#server, "listening");
    return engine;
  }

  private constructor(path: string) {
    this.path = path;
    this.#server = createServer((request, response) => {
      void this.#answer(request, response);
    });
    this.#server.on("upgrade", (request, socket: Socket) => void this.#upgrade(request, socket));
    this.#server.on("connection", (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on("error", () => {});
      socket.once("close", () => this.#sockets.delete(socket));
    });
    this.on("GET", /^\/version$/, () => json(200, version));
    this.on("GET", /^\/info$/, () => json(200, { Driver: "overlay2", CgroupVersion: "2" }));
    this.on("GET", /^\/_ping$/, () => json(200, "OK"));
  }

  get host(): string {
    return `unix://${this.path}`;
  }

  get endpoint(): Endpoint {
    return { kind: "socket", path: this.path };
  }

  /** Connections that are open now. */
  get openConnections(): number {
    return this.#sockets.size;
  }

  /** Sets an answer; it comes before those that were set earlier. */
  on(method: string, path: RegExp, reply: (request: SeenRequest) => Reply | undefined): this {
    this.#handlers.unshift((request) =>
      request.method === method && path.test(request.path) ? reply(request) : undefined,
    );
    return this;
  }

  /** The requests of one kind so far. */
  seen(method: string, path: RegExp): readonly SeenRequest[] {
    return this.requests.filter((seen) => seen.method === method && path.test(seen.path));
  }

  /** A client of this engine, which is closed with it. */
  client(options: Partial<EngineClientOptions> = {}): EngineClient {
    const client = new EngineClient(this.endpoint, {
      timeoutMs: 20_000,
      connections: 8,
      ...options,
    });
    this.#clients.push(client);
    return client;
  }

  /** Breaks every connection, as an engine does that is killed. */
  dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.dropConnections();
    for (const client of this.#clients) client.close();
    await this.#folder?.[Symbol.asyncDispose]();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => "");
    const reply = this.#replyTo(request, body);
    await reply.write(response).catch(() => {});
  }

  async #upgrade(request: IncomingMessage, socket: Socket): Promise<void> {
    const reply = this.#replyTo(request, "");
    if (reply.raw !== undefined) await reply.raw(socket);
    else
      socket.end("HTTP/1.1 409 Conflict\r\nContent-Length: 6\r\nConnection: close\r\n\r\nbroken");
  }

  #replyTo(request: IncomingMessage, body: string): Reply {
    const url = request.url ?? "";
    const { pathname, searchParams } = new URL(url, "http://engine");
    const seen = {
      method: request.method ?? "",
      url,
      path: pathname.replace(/^\/v\d+\.\d+(?=\/)/, ""),
      query: searchParams,
      headers: request.headers,
      body,
    };
    this.requests.push(seen);
    for (const handler of this.#handlers) {
      const reply = handler(seen);
      if (reply !== undefined) return reply;
    }
    return json(404, { message: `page not found: ${seen.method} ${seen.path}` });
  }
}
