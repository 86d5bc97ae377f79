import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readStateFile } from "../supervisor/state-file.js";
import { damagedRecord } from "./damaged-record.js";
import { ManagedServer } from "./managed-server.js";
import type { ServerEvents } from "./server-events.js";
import { serverFolder } from "./server-folder.js";
import { readServerRecord } from "./server-record.js";

/**
 * Finds the servers again that earlier providers have left in a folder: those that were to outlive
 * them. What is left of others is removed.
 */
export async function adoptServers(
  serversFolder: string,
  events: ServerEvents,
): Promise<ManagedServer[]> {
  const names = (await readdir(serversFolder))
    .filter((name) => /^[0-9a-f]{8,64}$/.test(name))
    .sort();
  const adopted = await Promise.all(
    names.map((id) => adoptServer(join(serversFolder, id), id, events)),
  );
  return adopted.filter((server) => server !== undefined);
}

async function adoptServer(
  path: string,
  id: string,
  events: ServerEvents,
): Promise<ManagedServer | undefined> {
  const folder = serverFolder(path);
  const stays = outlivesOwner(folder.state);
  const record = readServerRecord(folder.record) ?? damagedRecord(id, folder);
  const server = new ManagedServer({ record, folder, events, detached: true, adopted: stays });
  await server.adopt();
  if (stays) return server;
  await server.remove("kill");
  return undefined;
}

/**
 * Where a supervisor never ran, the owner died while it allocated. A state that is there but can't be
 * read is kept: what the server has in its files may be dear to somebody.
 */
function outlivesOwner(statePath: string): boolean {
  return existsSync(statePath) && (readStateFile(statePath)?.detached ?? true);
}
