import {
  backOffMs,
  delay,
  type Lease,
  RegistryError,
  type ServerInfo,
  type ServerRecord,
} from "@potassium/core-types";
import { KeyedMutex } from "@potassium/core-types/provider-kit";
import { badResponse, type Namespace } from "../connection/namespace.js";
import { AnswerLost } from "../connection/redis-failure.js";
import { scripts } from "../script/script.js";
import { type Entry, entryJson, numberedMatches, readEntry } from "./entry.js";
import { readLease } from "./lease-text.js";
import { placeArguments } from "./places.js";

/** What a server's record is to become. */
export interface Draft {
  readonly info: ServerInfo;
  readonly isDraining: boolean;
  /** @default as before */
  readonly ttlMs?: number | undefined;
  /** Whether an expired server comes back. @default false */
  readonly revives?: boolean;
  /** The lease whose seats are taken with this. */
  readonly leaseId?: string;
}

export interface ChangeOptions {
  readonly signal: AbortSignal;
  /** Whether it may be computed and written again where the answer was lost. */
  readonly isRepeatable: boolean;
}

/** What a change came to: the server and, where there was one, the lease; `undefined` where that is no more. */
export interface Changed {
  readonly entry: Entry;
  readonly lease: Lease | undefined;
}

const cachedEntries = 10_000;

/** Servers and leases as Redis has them, read into values. */
export class Store {
  readonly namespace: Namespace;
  readonly #commandTimeoutMs: number;
  readonly #queue = new KeyedMutex();
  /** Texts that were read before needn't be parsed again. By the server's order. */
  readonly #entries = new Map<string, Entry>();

  constructor(namespace: Namespace, commandTimeoutMs: number) {
    this.namespace = namespace;
    this.#commandTimeoutMs = commandTimeoutMs;
  }

  async get(id: string, signal: AbortSignal): Promise<Entry | undefined> {
    const [, text = ""] = await this.namespace.run(scripts.get, [id], { signal });
    return text === "" ? undefined : this.entry(text);
  }

  entry(text: string): Entry {
    const order = text.split(" ", 3)[2] ?? "";
    const cached = this.#entries.get(order);
    if (cached?.text === text) return cached;
    const entry = this.#readable("an entry of a server", () => readEntry(text));
    this.#entries.delete(order);
    this.#entries.set(order, entry);
    if (this.#entries.size > cachedEntries) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    return entry;
  }

  lease(id: string, text: string): Lease {
    return this.#readable("a lease", () => readLease(id, text));
  }

  /**
   * Reads a server, computes what it becomes, and writes that if nobody has written meanwhile; otherwise again. Changes of one
   * server from this process wait for each other instead.
   *
   * @param compute may be called several times. `undefined` leaves everything as it is.
   * @returns `undefined` where `compute` gave that, or the lease is no more.
   */
  change(
    id: string,
    compute: (entry: Entry | undefined) => Draft | undefined,
    options: ChangeOptions,
  ): Promise<Changed | undefined> {
    return this.#queue.run(id, () => this.#change(id, compute, options), options);
  }

  async #change(
    id: string,
    compute: (entry: Entry | undefined) => Draft | undefined,
    { signal, isRepeatable }: ChangeOptions,
  ): Promise<Changed | undefined> {
    const giveUpAt = performance.now() + this.#commandTimeoutMs;
    let before = await this.get(id, signal);
    for (let attempt = 1; ; attempt += 1) {
      const draft = compute(before);
      if (draft === undefined) return undefined;
      const late = performance.now() > giveUpAt;
      try {
        const args = commitArguments(before, draft);
        const run = { signal, isRepeatable: false };
        const [word, first = "", second = ""] = await this.namespace.run(scripts.commit, args, run);
        if (word === "no-lease") return undefined;
        if (word !== "stale") {
          const lease = first === "" ? undefined : this.lease(draft.leaseId ?? "", first);
          return { entry: this.entry(second), lease };
        }
        if (late) throw overtaken(id);
        before = first === "" ? undefined : this.entry(first);
      } catch (error) {
        if (!(error instanceof AnswerLost && isRepeatable) || late) throw error;
        before = await this.get(id, signal);
      }
      if (attempt > 1) await delay(backOffMs(attempt, { minMs: 2, maxMs: 50 }), { signal });
    }
  }

  #readable<T>(what: string, read: () => T): T {
    try {
      return read();
    } catch (cause) {
      throw badResponse(this.namespace.connection, what, cause);
    }
  }
}

function commitArguments(before: Entry | undefined, draft: Draft): (string | number)[] {
  const { info, isDraining, ttlMs, revives = false, leaseId = "" } = draft;
  const numbers = numberedMatches(info, before?.matchNumbers);
  // What it offers when it is back, if it has expired.
  const availability = isDraining ? "draining" : "available";
  const alive: ServerRecord = { ...info, version: 0, registeredAtMs: 0, availability };
  return [
    info.id,
    before?.server.version ?? 0,
    ttlMs ?? (before === undefined ? 0 : ""),
    isDraining ? 1 : 0,
    revives ? 1 : 0,
    entryJson(info, numbers),
    leaseId,
    ...placeArguments(alive, numbers),
  ];
}

const overtaken = (id: string): RegistryError =>
  new RegistryError(
    "TIMEOUT",
    `others changed server ${JSON.stringify(id)} at each try: try again`,
  );
