import { DockerError } from "../docker-error.js";
import { type EndpointOptions, findEndpoint } from "../endpoint/find-endpoint.js";
import { EngineClient, type EngineClientOptions } from "./engine-client.js";
import { type EngineInfo, readEngineInfo } from "./engine-info.js";

/** An engine that was reached and said what it is. */
export interface Connection {
  readonly client: EngineClient;
  readonly info: EngineInfo;
}

/** Finds the engine at the first need, once for all calls; after a failure the next call looks again. */
export class LazyConnection {
  readonly #options: EndpointOptions & EngineClientOptions;
  readonly #closing = new AbortController();
  #pending: Promise<Connection> | undefined;

  constructor(options: EndpointOptions & EngineClientOptions) {
    this.#options = options;
  }

  get(): Promise<Connection> {
    this.#pending ??= this.#open().catch((error: unknown) => {
      this.#pending = undefined;
      throw error;
    });
    return this.#pending;
  }

  async close(): Promise<void> {
    this.#closing.abort(new DockerError("DISPOSED", "the provider is disposed of: make a new one"));
    const connection = await this.#pending?.catch(() => undefined);
    connection?.client.close();
  }

  async #open(): Promise<Connection> {
    const client = new EngineClient(await findEndpoint(this.#options), this.#options);
    try {
      return { client, info: await readEngineInfo(client, this.#closing.signal) };
    } catch (error) {
      client.close();
      throw error;
    }
  }
}

/** Where ports that the engine publishes are reached from here. */
export function publishedHost({ client }: Connection): string {
  const { endpoint } = client;
  if (endpoint.kind === "tcp") return endpoint.host;
  if (endpoint.kind === "ssh") return endpoint.destination.replace(/^.*@/, "");
  return "127.0.0.1";
}
