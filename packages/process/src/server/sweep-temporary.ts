import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { takeClaim } from "../claim/claim-file.js";
import { adoptServers } from "./adopt-servers.js";
import { ServerEvents } from "./server-events.js";

/** A folder this young may belong to a provider that has not claimed it yet. */
const minAgeMs = 60_000;

/**
 * Removes the temporary state folders of providers that ended without disposing of themselves, and
 * whatever of their servers a power loss has left. One that resists stays for the next time.
 */
export async function sweepTemporary(shared: string, token: string): Promise<void> {
  const names = (await readdir(shared)).filter((name) => name.startsWith("state-"));
  await Promise.all(names.map((name) => sweep(join(shared, name), token).catch(() => {})));
}

async function sweep(folder: string, token: string): Promise<void> {
  const { mtimeMs } = await stat(folder);
  if (Date.now() - mtimeMs < minAgeMs) return;
  // Held by its provider, as long as that one lives.
  if (!(await takeClaim(join(folder, "provider.claim"), token))) return;
  await adoptServers(join(folder, "servers"), new ServerEvents());
  await rm(folder, { recursive: true, force: true });
}
