import { parseServerState } from "../protocol/parse-message.js";
import type { ServerState } from "../protocol/server-state.js";
import { readJsonFile } from "../server/json-file.js";
import type { ProcessIdentity } from "../system/process-identity.js";

/** What a supervisor keeps on disk, for those who come when it is not there any more. */
export interface StateFile {
  readonly supervisor: ProcessIdentity;
  /** The server's first process, while it runs. */
  readonly server: ProcessIdentity | null;
  readonly state: ServerState;
  /** Whether the server was to outlive its owner. */
  readonly detached: boolean;
}

/** @returns `undefined` where there is none, or none that is whole. */
export function readStateFile(path: string): StateFile | undefined {
  const value = readJsonFile(path);
  if (typeof value !== "object" || value === null) return undefined;
  const { supervisor, server, state, detached } = value as Record<string, unknown>;
  const parsedSupervisor = parseIdentity(supervisor);
  const parsedState = parseServerState(state);
  if (parsedSupervisor === undefined || parsedState === undefined) return undefined;
  return {
    supervisor: parsedSupervisor,
    server: parseIdentity(server) ?? null,
    state: parsedState,
    detached: detached === true,
  };
}

function parseIdentity(value: unknown): ProcessIdentity | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { pid, started } = value as Record<string, unknown>;
  if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid < 1) return undefined;
  if (started !== null && typeof started !== "string") return undefined;
  return { pid, started };
}
