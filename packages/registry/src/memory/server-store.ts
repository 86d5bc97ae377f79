import type { ListFilter, ReadyMatch, ServerInfo } from "@potassium/core-types";
import { type Entry, traitsOf } from "./entry.js";
import { ServerIndex } from "./server-index.js";

/** Frozen records by id, in the order of registration, and what finds them quickly. */
export class ServerStore {
  readonly #entries = new Map<string, Entry>();
  readonly #index = new ServerIndex();
  #registrations = 0;

  get(id: string): ServerInfo | undefined {
    return this.#entries.get(id)?.server;
  }

  /** Adds the record, or puts it in the place of the one with its id. */
  set(server: ServerInfo): void {
    const entry = this.#entries.get(server.id);
    if (entry !== undefined) {
      const traits = traitsOf(server, entry);
      entry.server = server;
      this.#index.move(entry, traits);
      return;
    }
    this.#registrations += 1;
    const added = { order: this.#registrations, server, traits: traitsOf(server) };
    this.#entries.set(server.id, added);
    this.#index.add(added);
  }

  /** @returns whether there was one. */
  delete(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    this.#entries.delete(id);
    this.#index.remove(entry);
    return true;
  }

  list(filter: ListFilter): readonly ServerInfo[] {
    return Object.freeze(Array.from(this.#index.matching(filter), ({ server }) => server));
  }

  findLobby(): ServerInfo | undefined {
    return this.#index.firstLobbyWithCapacity()?.server;
  }

  findReadyMatch(mode: string): ReadyMatch | undefined {
    const entry = this.#index.firstGameWithReadyMatch(mode);
    const matchId = entry?.traits.readyMatchId;
    if (entry === undefined || matchId === undefined) return undefined;
    const match = entry.server.matches[matchId];
    return match && Object.freeze({ server: entry.server, matchId, match });
  }
}
