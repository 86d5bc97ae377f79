import type { ServerFolder } from "./server-folder.js";
import type { ServerRecord } from "./server-record.js";

/** What such a server's status and errors say. */
export const damagedMessage =
  "its record on disk is damaged: copyFrom() still reads its files, and deallocate() removes it";

/**
 * Stands for a server whose record can't be read, after a power loss for example. So it is listed, in
 * the state `error`, its files can be fetched, and it can be removed.
 */
export function damagedRecord(id: string, folder: ServerFolder): ServerRecord {
  return {
    id,
    name: `damaged-${id}`,
    createdAt: new Date(0).toISOString(),
    hostAddress: "127.0.0.1",
    request: { image: "unknown" },
    requestHash: "",
    ports: [],
    damaged: true,
    task: {
      serverId: id,
      folder: folder.path,
      socketPath: folder.socket,
      program: [],
      environment: {},
      workingDirectory: folder.files,
      claims: [],
      stop: { signal: "SIGKILL", graceMs: 0 },
      restartPolicy: { name: "no" },
      restartBackOff: { minMs: 100, maxMs: 30_000 },
      logLimitBytes: 65_536,
    },
  };
}
