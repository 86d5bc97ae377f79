import {
  type Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { type Duplex, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { inputProblem } from "@potassium/core-types";
import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";
import { describeEndpoint, type Endpoint } from "../endpoint/endpoint.js";
import { connectionAgent } from "./connection-agent.js";
import { EngineFailure, reasonIn } from "./engine-failure.js";
import { bodyHeaders, type EngineRequest, queryString } from "./engine-request.js";
import { repeatedly } from "./repeatedly.js";

/** An answer whose body is still to come. Whoever gets it reads it to its end or destroys it. */
export type EngineAnswer = IncomingMessage;

export interface EngineClientOptions {
  /** Longest wait for the head of an answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Requests under way at once; streams don't count. */
  readonly connections: number;
}

/**
 * Speaks HTTP with the engine. Nothing but Node's own client lies in between: the usual library puts
 * the body of a create request, secrets included, into the URL, can't tell an aborted stream from an
 * ended one, and has one time-out for a stop that is slow and a stream that is silent.
 */
export class EngineClient {
  readonly endpoint: Endpoint;
  readonly #requests: Agent;
  readonly #streams: Agent;
  readonly #timeoutMs: number;
  #prefix = "";

  constructor(endpoint: Endpoint, { timeoutMs, connections }: EngineClientOptions) {
    this.endpoint = endpoint;
    this.#timeoutMs = timeoutMs;
    this.#requests = connectionAgent(endpoint, {
      keepAlive: true,
      maxSockets: connections,
      timeout: 5000,
    });
    this.#streams = connectionAgent(endpoint, { keepAlive: false });
  }

  /** From now on, paths carry this version of the API. */
  useApiVersion(version: string): void {
    this.#prefix = `/v${version}`;
  }

  /** The answer's JSON, parsed by `schema`. */
  async json<Schema extends z.core.$ZodType>(
    request: EngineRequest,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const body = await repeatedly(request, async () =>
      this.#body(await this.#exchange(request, this.#requests), request),
    );
    const parsed = z.safeParse(schema, parseJson(body), { error: inputProblem });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new DockerError(
      "BAD_RESPONSE",
      `${describe(request)}: the engine's answer is not what it should be: ${issue?.path.join(".")}: ${issue?.message}`,
      { cause: parsed.error },
    );
  }

  /** For an answer whose body says nothing: its status, below 300, or 304 where it was so already. */
  async plain(
    request: EngineRequest,
  ): Promise<{ readonly status: number; readonly headers: IncomingMessage["headers"] }> {
    const answer = await repeatedly(request, async () => {
      const head = await this.#exchange(request, this.#requests);
      await this.#body(head, request);
      return head;
    });
    return { status: answer.statusCode ?? 0, headers: answer.headers };
  }

  /**
   * The answer as soon as its head is there. An abort later on destroys it.
   *
   * @throws {EngineFailure} where the engine says no
   * @throws {DockerError} `UNAVAILABLE`, `TIMEOUT`
   */
  stream(request: EngineRequest): Promise<EngineAnswer> {
    return repeatedly(request, () => this.#exchange(request, this.#streams));
  }

  /** Makes a request whose connection becomes a raw stream in both directions. */
  upgrade(request: EngineRequest): Promise<Duplex> {
    const headers = { ...request.headers, Connection: "Upgrade", Upgrade: "tcp" };
    return new Promise((resolve, reject) => {
      const client = this.#open({ ...request, headers }, this.#streams, reject);
      client?.once("upgrade", (_answer, socket: Duplex, head: Buffer) => {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      });
      // An engine that has nothing to say may answer without switching.
      client?.once("response", (answer) => {
        this.#failure(answer, request).then(reject, reject);
      });
    });
  }

  /** Closes all connections. */
  close(): void {
    this.#requests.destroy();
    this.#streams.destroy();
  }

  #exchange(request: EngineRequest, agent: Agent): Promise<EngineAnswer> {
    return new Promise((resolve, reject) => {
      const client = this.#open(request, agent, reject);
      client?.once("response", (answer) => {
        const status = answer.statusCode ?? 0;
        if (status < 300 || status === 304) resolve(answer);
        else this.#failure(answer, request).then(reject, reject);
      });
    });
  }

  /** Sends the request. Its time-out ends with the answer's head, its signal with the answer. */
  #open(
    request: EngineRequest,
    agent: Agent,
    reject: (error: unknown) => void,
  ): ClientRequest | undefined {
    const { signal, timeoutMs = this.#timeoutMs, json, content } = request;
    if (signal?.aborted) {
      reject(signal.reason);
      return undefined;
    }
    const client = httpRequest({
      agent,
      host: "engine",
      method: request.method,
      path: `${this.#prefix}${request.path}${queryString(request.query)}`,
      headers: { ...bodyHeaders(request), ...request.headers },
    });
    // Said at once as well: a request that still waits for a connection tells nothing when it is destroyed.
    const giveUp = (reason: unknown, error: Error) => {
      reject(reason);
      client.destroy(error);
    };
    const onTime = () => {
      const late = this.#late(request, timeoutMs);
      giveUp(late, late);
    };
    const timer = timeoutMs === 0 ? undefined : setTimeout(onTime, timeoutMs);
    const onAbort = () => giveUp(signal?.reason, new Error("aborted"));
    signal?.addEventListener("abort", onAbort, { once: true });
    client.once("response", () => clearTimeout(timer));
    client.once("upgrade", () => clearTimeout(timer));
    client.once("close", () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    });
    client.once("error", (error) => {
      reject(signal?.aborted ? signal.reason : this.lost(error, request));
    });
    if (content instanceof Readable) {
      content.once("error", (error) => client.destroy(error));
      content.pipe(client);
      // What is read for the request is released with it.
      client.once("close", () => content.destroy());
    } else {
      client.end(json === undefined ? content : JSON.stringify(json));
    }
    return client;
  }

  async #failure(answer: EngineAnswer, request: EngineRequest): Promise<EngineFailure> {
    const words = reasonIn(await this.#body(answer, request));
    return new EngineFailure(answer.statusCode ?? 0, words, request.secrets);
  }

  async #body(answer: EngineAnswer, request: EngineRequest): Promise<string> {
    try {
      return await text(answer);
    } catch (error) {
      throw request.signal?.aborted ? request.signal.reason : this.lost(error, request);
    }
  }

  /** The error for a connection that broke or never came about. */
  lost(error: unknown, request: EngineRequest): DockerError {
    if (error instanceof DockerError) return error;
    const { code, message } = error as NodeJS.ErrnoException;
    const where = describeEndpoint(this.endpoint);
    const text = `${describe(request)}: the engine at ${where} can't be reached: ${message}`;
    return new DockerError("UNAVAILABLE", `${text}${hintFor(code, request)}`, { cause: error });
  }

  #late(request: EngineRequest, timeoutMs: number): DockerError {
    const where = describeEndpoint(this.endpoint);
    return new DockerError(
      "TIMEOUT",
      `${describe(request)}: no answer from ${where} within ${timeoutMs} ms`,
    );
  }
}

/** What to look at. The first request is for the version: what breaks it off is mostly no engine. */
function hintFor(code = "", { path }: EngineRequest): string {
  if (code === "EACCES") return "; may this user open its socket?";
  if (code === "ENOENT" || code === "ECONNREFUSED") return "; does it run, and is this where?";
  if (code.startsWith("HPE_") || (code === "ECONNRESET" && path === "/version"))
    return "; is it an engine that listens there?";
  return "";
}

/** What was asked, without its query and body, which may hold secrets. */
function describe({ method, path }: EngineRequest): string {
  return `${method} ${path}`;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
