import { checkServerId } from "@potassium/core-types/provider-kit";
import type { ManagedServer } from "./managed-server.js";

/** The servers that a provider has, and the names that are taken. */
export class ServerStore {
  readonly #servers = new Map<string, ManagedServer>();
  /** The id of the server that has the name, or is to have it. */
  readonly #names = new Map<string, string>();

  /** Adds a server of an earlier provider, or one whose name was taken for it. */
  add(server: ManagedServer): void {
    this.#servers.set(server.id, server);
    this.#names.set(server.record.name, server.id);
  }

  delete(server: ManagedServer): void {
    this.#servers.delete(server.id);
    this.freeName(server.record.name, server.id);
  }

  /** Takes a name for a server that is still to come. @returns false where another has it. */
  reserveName(name: string, id: string): boolean {
    if (this.#names.has(name)) return false;
    this.#names.set(name, id);
    return true;
  }

  /** Gives a name up, unless another server has got it meanwhile. */
  freeName(name: string, id: string): void {
    if (this.#names.get(name) === id) this.#names.delete(name);
  }

  /** The server with this id or exact name. @throws {ProviderError} `INVALID_ARGUMENT` for what is neither */
  find(idOrName: string): ManagedServer | undefined {
    checkServerId(idOrName);
    return this.#servers.get(idOrName) ?? this.all().find(({ record }) => record.name === idOrName);
  }

  findByKey(idempotencyKey: string): ManagedServer | undefined {
    return this.all().find(({ record }) => record.request.idempotencyKey === idempotencyKey);
  }

  /** Oldest first. */
  all(): ManagedServer[] {
    return [...this.#servers.values()].sort((a, b) =>
      compare(a.record.createdAt, b.record.createdAt),
    );
  }
}

/** Servers of the same moment stay in the order in which they came. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
