import type { ServerStats } from "@potassium/core-types";
import { serverMark } from "../images/inherited-variables.js";
import { measureTree } from "../system/tree-usage.js";
import type { ManagedServer } from "./managed-server.js";

/**
 * What all processes of the server use together.
 *
 * @throws {ProviderError} `NOT_RUNNING`
 */
export async function measureServer(
  server: ManagedServer,
  signal: AbortSignal,
): Promise<ServerStats> {
  server.requireRunning();
  const group = server.state.pid ?? undefined;
  const usage = await measureTree({ variable: serverMark(server.id), group }, { signal });
  if (usage === undefined) throw server.notRunning();
  const { cpuPercent, memoryBytes, pids, disk } = usage;
  return Object.freeze({
    id: server.id,
    time: new Date().toISOString(),
    cpuPercent,
    memoryBytes,
    pids,
    ...(disk === undefined
      ? {}
      : { diskReadBytes: disk.readBytes, diskWrittenBytes: disk.writtenBytes }),
  });
}
