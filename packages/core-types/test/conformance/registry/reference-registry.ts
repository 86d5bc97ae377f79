import { setTimeout } from "node:timers/promises";
import { infoOf } from "../../../src/conformance/registry/info-of.js";
import type {
  AbortOptions,
  DrainOptions,
  DrainResult,
  Heartbeat,
  HeartbeatOptions,
  RegistryChange,
  ServerRecord,
  ServerRegistry,
  WatchOptions,
} from "../../../src/index.js";
import { delay } from "../../../src/index.js";
import { parseOptions } from "./reference-arguments.js";
import { ReferenceClaims } from "./reference-claims.js";
import type { KeptServer } from "./reference-records.js";

const pollMs = 3;

/**
 * The plainest registry that keeps every promise, with an answer that must be awaited. Who waits looks again and again.
 * Its broken variants override one step each.
 */
export class ReferenceRegistry extends ReferenceClaims implements ServerRegistry {
  async heartbeat(id: string, options?: HeartbeatOptions): Promise<Heartbeat> {
    this.begin(options, "ttlMs");
    const { ttlMs } = parseOptions(options);
    const { kept, record } = this.keptServer(id);
    kept.ttlMs = ttlMs ?? kept.ttlMs;
    kept.aliveUntilMs = Date.now() + (kept.ttlMs ?? Number.POSITIVE_INFINITY);
    if (record.availability === "expired") this.keep(infoOf(record));
    return Object.freeze(kept.ttlMs === undefined ? {} : { expiresAtMs: kept.aliveUntilMs });
  }

  async drain(id: string, options?: DrainOptions): Promise<DrainResult> {
    this.begin(options, "deadlineMs");
    const { deadlineMs = Number.POSITIVE_INFINITY } = parseOptions(options);
    const { kept, record } = this.keptServer(id);
    const deadline = Date.now() + deadlineMs;
    kept.draining = true;
    this.keep(infoOf(record));
    for (;;) {
      this.begin({ signal: options?.signal });
      const server = this.servers.get(id)?.record;
      if (this.servers.get(id) !== kept || server === undefined) return Object.freeze(gone);
      if (server.availability === "expired") return Object.freeze(gone);
      if (this.isDrained(server)) return Object.freeze({ state: "drained", server });
      if (Date.now() >= deadline) return Object.freeze({ state: "deadline", server });
      await delay(pollMs, options);
    }
  }

  async undrain(id: string, options?: AbortOptions): Promise<ServerRecord> {
    this.begin(options);
    const { kept, record } = this.keptServer(id);
    kept.draining = false;
    return this.keep(infoOf(record));
  }

  watch(options?: WatchOptions): AsyncIterable<RegistryChange> {
    this.begin(options, "from");
    const { from = this.lastVersion } = parseOptions(options);
    return this.follow(from, options?.signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.disposed = true;
  }

  protected async *follow(
    from: number,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<RegistryChange> {
    for (let seen = from; ; ) {
      signal?.throwIfAborted();
      if (this.disposed) return;
      this.catchUp();
      const change = this.changeAfter(seen);
      if (change === undefined) {
        await setTimeout(pollMs);
        continue;
      }
      seen = change.version;
      yield change;
    }
  }

  protected changeAfter(seen: number): RegistryChange | undefined {
    if (seen >= this.logBegin && seen <= this.lastVersion) {
      return this.log.find(({ version }) => version > seen);
    }
    const servers = Object.freeze(this.all());
    return Object.freeze({ kind: "resync", version: this.lastVersion, servers });
  }

  protected isDrained(server: ServerRecord): boolean {
    const held = [...this.leases.values()].some(
      ({ lease }) => lease.serverId === server.id && lease.state === "held",
    );
    const played = Object.values(server.matches).some(
      ({ status, players }) => status === "busy" || players.length > 0,
    );
    return server.players === 0 && !played && !held;
  }

  private keptServer(id: string): { readonly kept: KeptServer; readonly record: ServerRecord } {
    const record = this.known(id, "id");
    return { kept: this.servers.get(record.id) as KeptServer, record };
  }
}

const gone = { state: "gone" } as const;
