import {
  type AbortOptions,
  hasErrorCode,
  type Server,
  type ServerRecord,
  type ServerType,
} from "@potassium/core-types";
import { type Fleet, mode } from "./fleet.js";
import { recordOf } from "./record-of.js";
import type { Step } from "./saga.js";

/** The steps of a saga that end with a server that runs, is ready and takes players. */
export async function startServer(
  fleet: Fleet,
  type: ServerType,
  step: Step,
  { signal }: AbortOptions = {},
): Promise<ServerRecord> {
  const { provider, registry } = fleet;
  const server = await step(
    `allocate a ${type} server`,
    () => allocate(fleet, type, signal),
    async (allocated) => {
      const { id = "", name = "" } = allocated ?? {};
      // It is still registered where others have got seats on it meanwhile: then it stays.
      if ((await registry.get(name)) === undefined) await provider.deallocate(id);
    },
  );
  return step(
    `register ${server.name}`,
    () => registry.register(recordOf(server), { signal }),
    async (record) => {
      if (record !== undefined) await unregisterUnused(fleet, record);
    },
  );
}

/** The first name that is free decides: two that are started at once don't get the same. */
async function allocate(
  { provider, game }: Fleet,
  type: ServerType,
  signal: AbortSignal | undefined,
): Promise<Server> {
  for (let number = 1; ; number += 1) {
    const name = `${type === "lobby" ? "lobby" : mode}-${number}`;
    try {
      return await provider.allocate(
        {
          ...game,
          name,
          labels: { type },
          ports: [{ container: 5520, protocol: "udp" }],
          readiness: { type: "log", pattern: "^ready$", timeoutMs: 30_000 },
          stop: { graceMs: 3000 },
        },
        { signal },
      );
    } catch (error) {
      if (!hasErrorCode(error, "ALREADY_EXISTS")) throw error;
    }
  }
}

async function unregisterUnused({ registry }: Fleet, { id, version }: ServerRecord) {
  try {
    await registry.unregister(id, { ifVersion: version });
  } catch (error) {
    if (!hasErrorCode(error, "CONFLICT")) throw error;
  }
}
