import {
  type Heartbeat,
  type MatchInfo,
  type MatchInput,
  RegistryError,
  type ServerChange,
  type ServerInfo,
  type ServerRecord,
} from "@potassium/core-types";
import { parseMatch } from "../parse-argument.js";
import { changedFields } from "../record/changed-fields.js";
import { expectVersion, otherVersion } from "../record/other-version.js";
import { withKeptMatches } from "../record/registered-server.js";
import { sameMatch } from "../record/same-match.js";
import { scripts } from "./script/script.js";
import type { Entry } from "./stored/entry.js";
import type { Draft, Store } from "./stored/store.js";

interface Versioned {
  readonly signal: AbortSignal;
  readonly ifVersion: number | undefined;
}

/** What changes servers' records. */
export class ServerCalls {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async register(
    info: ServerInfo,
    options: { signal: AbortSignal; ttlMs: number | undefined; keepsMatches: boolean },
  ): Promise<ServerRecord> {
    const { signal, ttlMs = 0, keepsMatches } = options;
    const compute = (before: Entry | undefined): Draft => ({
      info: keepsMatches && before !== undefined ? withKeptMatches(info, before.server) : info,
      isDraining: before?.isDraining ?? false,
      ttlMs,
      revives: true,
    });
    const changed = await this.#store.change(info.id, compute, { signal, isRepeatable: true });
    return (changed as { entry: Entry }).entry.server;
  }

  async unregister(id: string, { signal, ifVersion }: Versioned): Promise<boolean> {
    const args = [id, ifVersion ?? ""];
    const run = { signal, isRepeatable: false };
    const [word, version] = await this.#store.namespace.run(scripts.unregister, args, run);
    if (word === "stale" && ifVersion !== undefined) {
      throw otherVersion(id, Number(version), ifVersion);
    }
    return word === "ok";
  }

  async update(
    id: string,
    change: ServerChange | ((server: ServerRecord) => ServerChange),
    options: Versioned,
  ): Promise<ServerRecord> {
    const isFunction = typeof change === "function";
    return await this.#change(id, "id", { ...options, isRepeatable: !isFunction }, (server) => {
      const fields = changedFields(server, isFunction ? change(server) : change);
      return fields && { ...server, ...fields };
    });
  }

  async updateMatch(
    serverId: string,
    matchId: string,
    match: MatchInput | ((match: MatchInfo | undefined) => MatchInput),
    options: Versioned,
  ): Promise<MatchInfo> {
    const isFunction = typeof match === "function";
    let record: MatchInfo | undefined;
    await this.#change(
      serverId,
      "serverId",
      { ...options, isRepeatable: !isFunction },
      (server) => {
        const { matches } = server;
        const present = Object.hasOwn(matches, matchId) ? matches[matchId] : undefined;
        record = parseMatch(isFunction ? match(present) : match);
        if (present !== undefined && sameMatch(present, record)) return undefined;
        return { ...server, matches: { ...matches, [matchId]: record } };
      },
    );
    return record as MatchInfo;
  }

  async removeMatch(serverId: string, matchId: string, options: Versioned): Promise<boolean> {
    let had = false;
    await this.#change(serverId, "serverId", { ...options, isRepeatable: false }, (server) => {
      had = Object.hasOwn(server.matches, matchId);
      if (!had) return undefined;
      const { [matchId]: _, ...matches } = server.matches;
      return { ...server, matches };
    });
    return had;
  }

  async mark(id: string, isDraining: boolean, signal: AbortSignal): Promise<ServerRecord> {
    let present: Entry | undefined;
    const compute = (before: Entry | undefined): Draft | undefined => {
      present = before;
      if (before === undefined) throw unknownServer(id, "id");
      return before.isDraining === isDraining ? undefined : { info: before.server, isDraining };
    };
    const changed = await this.#store.change(id, compute, { signal, isRepeatable: true });
    return ((changed?.entry ?? present) as Entry).server;
  }

  async heartbeat(id: string, ttlMs: number | undefined, signal: AbortSignal): Promise<Heartbeat> {
    const args = [id, ttlMs ?? ""];
    const [word, at = ""] = await this.#store.namespace.run(scripts.heartbeat, args, { signal });
    if (word === "none") throw unknownServer(id, "id");
    return Object.freeze(at === "" ? {} : { expiresAtMs: Number(at) });
  }

  async #change(
    id: string,
    field: "id" | "serverId",
    { signal, ifVersion, isRepeatable }: Versioned & { isRepeatable: boolean },
    compute: (server: ServerRecord) => ServerInfo | undefined,
  ): Promise<ServerRecord> {
    let present: Entry | undefined;
    const draft = (before: Entry | undefined): Draft | undefined => {
      present = before;
      if (before === undefined) throw unknownServer(id, field);
      expectVersion(before.server, ifVersion);
      const info = compute(before.server);
      return info && { info, isDraining: before.isDraining };
    };
    // With a version, what was written already would pass for another's change.
    const repeats = isRepeatable && ifVersion === undefined;
    const changed = await this.#store.change(id, draft, { signal, isRepeatable: repeats });
    return ((changed?.entry ?? present) as Entry).server;
  }
}

export function unknownServer(id: string, field: string): RegistryError {
  const message = `no server ${JSON.stringify(id)} is registered: register it first`;
  return new RegistryError("NOT_FOUND", message, { field });
}
