import assert from "node:assert/strict";
import type { RegistryChange } from "../../registry/registry-change.js";
import type { ServerRecord } from "../../registry/server-record.js";
import type { ServerRegistry, WatchOptions } from "../../registry/server-registry.js";
import { waitFor } from "../wait-for.js";

/** A watch that is read as fast as it tells, and what a reader makes of it. */
export interface ChangeCollector extends AsyncDisposable {
  readonly changes: RegistryChange[];
  /** The servers that a reader knows by now. */
  readonly servers: Map<string, ServerRecord>;
  /** Resolves when the watch has ended by itself; rejects as it did. */
  readonly end: Promise<void>;
  /** Waits until the reader knows what the registry has. */
  caughtUp(): Promise<void>;
}

export function collectChanges(registry: ServerRegistry, options?: WatchOptions): ChangeCollector {
  const changes: RegistryChange[] = [];
  const servers = new Map<string, ServerRecord>();
  const leaving = new AbortController();
  const signals = [leaving.signal, ...(options?.signal ? [options.signal] : [])];
  const watch = registry.watch({ ...options, signal: AbortSignal.any(signals) });
  const end = read();
  end.catch(() => {});
  return {
    changes,
    servers,
    end,
    caughtUp: async () => {
      const known = () => [...servers.values()].sort((a, b) => a.version - b.version);
      await waitFor("the watch to tell all", async () => {
        const present = [...(await everything(registry))].sort((a, b) => a.version - b.version);
        const versions = known().map(({ version }) => version);
        return String(versions) === String(present.map(({ version }) => version));
      });
      const present = [...(await everything(registry))].sort((a, b) => a.version - b.version);
      assert.deepEqual(known(), present);
    },
    [Symbol.asyncDispose]: async () => {
      leaving.abort();
      await end.catch(() => {});
    },
  };

  async function read(): Promise<void> {
    for await (const change of watch) {
      changes.push(change);
      applyChange(servers, change);
    }
  }
}

/** What a reader of a watch does with a change. */
export function applyChange(servers: Map<string, ServerRecord>, change: RegistryChange): void {
  switch (change.kind) {
    case "registered":
    case "updated":
      servers.set(change.server.id, change.server);
      break;
    case "removed":
      servers.delete(change.id);
      break;
    case "resync":
      servers.clear();
      for (const server of change.servers) servers.set(server.id, server);
      break;
    default:
      change satisfies never;
  }
}

async function everything(registry: ServerRegistry): Promise<readonly ServerRecord[]> {
  return [...(await registry.list()), ...(await registry.list({ availability: "expired" }))];
}

/** That versions rise from change to change: the order, and each once. */
export function expectRising(changes: readonly RegistryChange[]): void {
  for (const [index, { version }] of changes.entries()) {
    const before = changes[index - 1]?.version ?? 0;
    assert.ok(version > before, `the version ${version} came after ${before}`);
  }
}
