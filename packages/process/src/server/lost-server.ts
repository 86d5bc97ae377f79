import { delay, type ServerStatus } from "@potassium/core-types";
import { takeClaim } from "../claim/claim-file.js";
import { serverMark } from "../images/inherited-variables.js";
import type { ServerState } from "../protocol/server-state.js";
import { readStateFile } from "../supervisor/state-file.js";
import { killTree, sendSignal } from "../system/kill-tree.js";
import { isAlive, type ProcessIdentity } from "../system/process-identity.js";
import { damagedMessage } from "./damaged-record.js";
import type { ServerFolder } from "./server-folder.js";
import type { ServerRecord } from "./server-record.js";

/** How long a supervisor that has closed its socket may take to end by itself. */
const exitDeadlineMs = 2000;

/**
 * Cleans up after a supervisor that is gone: ends it if it hangs, kills what it has left running, and
 * takes the claims of the server's ports over.
 *
 * @returns how the server is now: as the supervisor wrote it where it had stopped the server, else in
 *   the state `error`.
 */
export async function settleLostServer(
  record: ServerRecord,
  folder: ServerFolder,
): Promise<ServerState> {
  const file = readStateFile(folder.state);
  if (file !== undefined) await endProcess(file.supervisor);
  const group = await knownGroup(file?.server ?? null);
  await killTree({ variable: serverMark(record.id), group });
  // Where another has taken a port meanwhile, a restart will tell.
  for (const path of record.task.claims) await takeClaim(path, record.id);
  const last = file?.state;
  if (last?.status.state === "stopped" && !last.willRestart) return { ...last, pid: null };
  const status: ServerStatus = { state: "error", message: whatHappened(record, last) };
  return { status, time: new Date().toISOString(), willRestart: false, pid: null };
}

async function endProcess(supervisor: ProcessIdentity): Promise<void> {
  const deadline = performance.now() + exitDeadlineMs;
  while (await isAlive(supervisor)) {
    if (performance.now() > deadline) sendSignal(supervisor.pid, "SIGKILL");
    await delay(10);
  }
}

/** The server's process group, if its first process is still the one that was written down. */
async function knownGroup(server: ProcessIdentity | null): Promise<number | undefined> {
  return server !== null && (await isAlive(server)) ? server.pid : undefined;
}

function whatHappened(record: ServerRecord, last: ServerState | undefined): string {
  if (record.damaged) return damagedMessage;
  const remedy = "restart() starts the server again";
  if (last === undefined) return `its supervisor is gone and has left no readable state; ${remedy}`;
  return last.pid === null
    ? `its supervisor is gone, while the server was ${last.status.state}; ${remedy}`
    : `its supervisor is gone, so its processes were killed; ${remedy}`;
}
