import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HostPort } from "@potassium/core-types";
import { type ApiContext, answerRequest } from "./answer-request.js";
import { textAnswer } from "./api-answer.js";
import { readBody } from "./read-body.js";

/** Longest request body that is read; Peel's two fields need far less. */
const maxBodyBytes = 16 * 1_024;
/** Longest time for a request to arrive, so that a stalled one does not hold its connection. */
const requestTimeoutMs = 10_000;
/** How long a connection may wait for its next request. */
const keepAliveTimeoutMs = 60_000;
/** How long requests that are being answered hold up a close. */
const closeGraceMs = 1_000;

/** Serves the relay's API over HTTP. */
export class ApiServer {
  readonly #server: Server;
  #isClosing = false;

  constructor(context: ApiContext) {
    this.#server = createServer(
      {
        requestTimeout: requestTimeoutMs,
        headersTimeout: requestTimeoutMs,
        connectionsCheckingInterval: requestTimeoutMs / 4,
        keepAliveTimeout: keepAliveTimeoutMs,
      },
      (request, response) => void this.#serve(request, response, context),
    );
  }

  /** Resolves with the address once requests are taken; rejects with the system's error. */
  async listen({ host, port }: HostPort): Promise<HostPort> {
    this.#server.listen({ host, port, exclusive: true });
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("not a TCP address");
    return Object.freeze({ host: address.address, port: address.port });
  }

  /** Takes no more requests, answers those that it has, and closes every connection. */
  async close(): Promise<void> {
    this.#isClosing = true;
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const deadline = setTimeout(() => this.#server.closeAllConnections(), closeGraceMs);
    await closed;
    clearTimeout(deadline);
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
    context: ApiContext,
  ): Promise<void> {
    const { status, headers, body } = await this.#answer(request, context);
    if (response.destroyed) return;
    const last = this.#isClosing ? { connection: "close" } : {};
    response.writeHead(status, {
      ...headers,
      "content-length": Buffer.byteLength(body),
      ...last,
    });
    response.end(body);
  }

  async #answer(request: IncomingMessage, context: ApiContext) {
    const { method = "", url = "", headers } = request;
    const token = headers["x-service-token"];
    try {
      return await answerRequest(
        {
          method,
          target: url,
          token: Array.isArray(token) ? token.join(", ") : token,
          readBody: () => readBody(request, maxBodyBytes),
        },
        context,
      );
    } catch {
      // The request was cut off: nobody is left to read this.
      return textAnswer(400, "400 Bad Request", { connection: "close" });
    }
  }
}
