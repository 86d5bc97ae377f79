import { backOffMs, delay, RegistryError } from "@potassium/core-types";
import type { RedisTls } from "../redis-tls.js";
import { Patience } from "./patience.js";
import { loadRedisLibrary, type RedisClient, type RedisLibrary } from "./redis-client.js";
import { AnswerLost, refusal, refusalKind, refusesConnection } from "./redis-failure.js";

export interface ConnectionOptions {
  readonly url: URL;
  readonly tls: RedisTls | undefined;
  /** How long a command may wait for a connection and its answer. */
  readonly commandTimeoutMs: number;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Whether it may be sent again where the connection broke before its answer came. */
  readonly isRepeatable: boolean;
  /** How long Redis itself may wait with the answer. */
  readonly blockMs?: number;
}

/** A client, and who waits for it to be ready. */
interface Link {
  readonly client: RedisClient;
  readonly waiting: Set<{ resolve(): void; reject(reason: unknown): void }>;
}

/** One connection to Redis. It opens with the first command, and comes back by itself where it breaks. */
export class Connection {
  readonly #options: ConnectionOptions;
  #library: RedisLibrary | undefined;
  #link: Link | undefined;
  #lastFailure: unknown;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Where Redis is, without a secret. */
  get address(): string {
    const { hostname, port } = this.#options.url;
    return `${hostname}:${port || "6379"}`;
  }

  /** Another connection to the same Redis. */
  another(): Connection {
    return new Connection(this.#options);
  }

  /**
   * Sends a command and gives the answer.
   *
   * @throws {RegistryError} `UNAVAILABLE`, `UNAUTHORIZED`, `TIMEOUT`, `BAD_RESPONSE`; what Redis refuses otherwise as it is.
   */
  async send(args: readonly string[], options: SendOptions): Promise<unknown> {
    const { signal, isRepeatable, blockMs = 0 } = options;
    signal.throwIfAborted();
    const ms = this.#options.commandTimeoutMs + blockMs;
    const patience = new Patience(signal, ms, (failures) => this.#tooLate(failures));
    try {
      return await this.#sendWith(patience, args, isRepeatable);
    } finally {
      patience.release();
    }
  }

  close(): void {
    this.#closed = true;
    this.#drop(this.#link);
  }

  async #sendWith(patience: Patience, args: readonly string[], isRepeatable: boolean) {
    this.#library ??= await loadRedisLibrary();
    for (let attempt = 1; ; attempt += 1) {
      patience.throwIfEnded();
      const link = this.#open(this.#library);
      try {
        if (!link.client.isReady) await untilReady(link, patience);
        return await patience.wait(link.client.sendCommand(args));
      } catch (error) {
        patience.throwIfEnded();
        if (error instanceof RegistryError) throw error;
        if (error instanceof this.#library.ErrorReply) {
          const kind = refusalKind(error);
          if (kind === "unknown-script") throw error;
          if (kind === "final") throw refusal(error, this.address);
        } else if (!isRepeatable && !isUnsent(error, this.#library)) {
          const message = `the connection to Redis at ${this.address} broke before the answer came: whether the call was done is not known`;
          throw new AnswerLost("UNAVAILABLE", message, { cause: error });
        }
        this.#lastFailure = error;
        patience.failures += 1;
        await patience.wait(delay(backOffMs(attempt, { minMs: 20, maxMs: 1000 })));
      }
    }
  }

  #open(library: RedisLibrary): Link {
    if (this.#closed)
      throw new RegistryError("DISPOSED", "the registry is disposed of: make a new one");
    if (this.#link !== undefined) return this.#link;
    const { url, tls } = this.#options;
    const client = library.createClient({
      url: url.href,
      RESP: 2,
      disableClientInfo: true,
      // What waits for a connection waits here, where it can be given up.
      disableOfflineQueue: true,
      // Its own limit would come before ours, or after.
      commandOptions: { timeout: undefined },
      maintNotifications: "disabled",
      socket: {
        ...(url.protocol === "rediss:" ? { tls: true, ...tls } : {}),
        connectTimeout: this.#options.commandTimeoutMs,
        reconnectStrategy: (retries: number, cause: Error) =>
          refusesConnection(cause) ? cause : backOffMs(retries + 1, { minMs: 25, maxMs: 1000 }),
      },
    });
    const link: Link = { client, waiting: new Set() };
    this.#link = link;
    const onEnd = (error: unknown) => this.#ended(link, error);
    client.on("error", (error) => {
      this.#lastFailure = error;
    });
    client.on("ready", () => {
      for (const { resolve } of link.waiting) resolve();
      link.waiting.clear();
    });
    client.on("terminated", onEnd);
    client.connect().catch(onEnd);
    return link;
  }

  /** The client has stopped trying: what waits for it learns why, and the next command makes another. */
  #ended(link: Link, error: unknown): void {
    const reason =
      error instanceof Error && refusesConnection(error) ? refusal(error, this.address) : error;
    for (const { reject } of link.waiting) reject(reason);
    this.#drop(link);
  }

  #drop(link: Link | undefined): void {
    if (link === undefined) return;
    if (this.#link === link) this.#link = undefined;
    if (link.client.isOpen) link.client.destroy();
  }

  #tooLate(failures: number): RegistryError {
    const ms = this.#options.commandTimeoutMs;
    const link = this.#link;
    const isReady = link?.client.isReady === true;
    // It may be half open, with nobody at the other end: another one tells.
    if (isReady) this.#drop(link);
    // A Redis that hangs up on each command looks ready between two of them.
    if (isReady && failures === 0) {
      return new RegistryError(
        "TIMEOUT",
        `Redis at ${this.address} did not answer within ${ms} ms`,
      );
    }
    const why = this.#lastFailure instanceof Error ? `: ${this.#lastFailure.message}` : "";
    const isTls = this.#options.url.protocol === "rediss:";
    // One without TLS waits for the rest of what it takes for a command.
    const advice = isTls
      ? "is it running, and with TLS? if it has none, use redis:"
      : "is it running?";
    return new RegistryError(
      "UNAVAILABLE",
      `no connection to Redis at ${this.address} within ${ms} ms${why}: ${advice}`,
      { cause: this.#lastFailure },
    );
  }
}

/** Resolves once the client takes commands; rejects where it gives up, once it has. */
async function untilReady({ client, waiting }: Link, patience: Patience): Promise<void> {
  let forget = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    const waiter = { resolve, reject };
    waiting.add(waiter);
    forget = () => waiting.delete(waiter);
    if (client.isReady) resolve();
  });
  try {
    await patience.wait(ready);
  } finally {
    forget();
  }
}

/** Whether the client had no connection to send it by. */
function isUnsent(error: unknown, library: RedisLibrary): boolean {
  return error instanceof library.ClientOfflineError || error instanceof library.ClientClosedError;
}
