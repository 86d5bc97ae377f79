import { ServerStats } from "@potassium/core-types";
import type { EngineStats } from "./engine-stats.js";

/** A sample, and the moment at which it was taken. */
export interface Sample {
  readonly stats: EngineStats;
  readonly atMs: number;
}

/** What a server uses, from two samples of its container. */
export function toServerStats(id: string, before: Sample, after: Sample): ServerStats {
  const { memory_stats, networks, pids_stats } = after.stats;
  const elapsedNs = elapsedMs(before, after) * 1e6;
  const usedNs =
    after.stats.cpu_stats.cpu_usage.total_usage - before.stats.cpu_stats.cpu_usage.total_usage;
  const links = Object.values(networks ?? {});
  const sum = (pick: (link: (typeof links)[number]) => number) =>
    networks == null ? undefined : links.reduce((total, link) => total + pick(link), 0);
  return ServerStats.parse({
    id,
    time: new Date(after.atMs).toISOString(),
    // A counter that starts anew, after a restart between the samples, is no negative use.
    cpuPercent: elapsedNs > 0 ? Math.max(0, (usedNs / elapsedNs) * 100) : 0,
    ...memoryOf(memory_stats),
    memoryLimitBytes: memory_stats?.limit || undefined,
    networkReceivedBytes: sum((link) => link.rx_bytes),
    networkSentBytes: sum((link) => link.tx_bytes),
    diskReadBytes: diskBytes(after.stats, "read"),
    diskWrittenBytes: diskBytes(after.stats, "write"),
    pids: pids_stats?.current ?? undefined,
  });
}

/** By the engine's own times of the samples, which are finer than those of their arrival, where it has both. */
export function elapsedMs(before: Sample, after: Sample): number {
  const [first, last] = [readMs(before), readMs(after)];
  return first === undefined || last === undefined || last <= first
    ? after.atMs - before.atMs
    : last - first;
}

function readMs({ stats }: Sample): number | undefined {
  const read = Date.parse(stats.read);
  return Number.isNaN(read) || read <= 0
    ? undefined
    : read + Number(`0.${/\.\d{3}(\d+)/.exec(stats.read)?.[1] ?? 0}`);
}

/**
 * Usage counts the page cache, which is given back when it is needed; its inactive part is left out. An engine
 * that doesn't tell that part may have left it out already, so what it is with the cache stays open.
 */
function memoryOf(
  memory: EngineStats["memory_stats"],
): Pick<ServerStats, "memoryBytes" | "memoryWithCacheBytes"> {
  if (memory == null) return { memoryBytes: 0 };
  const cache = memory.stats?.total_inactive_file ?? memory.stats?.inactive_file;
  if (cache == null) return { memoryBytes: memory.usage };
  return {
    memoryBytes: Math.max(0, memory.usage - cache),
    memoryWithCacheBytes: memory.usage,
  };
}

function diskBytes({ blkio_stats }: EngineStats, operation: "read" | "write"): number | undefined {
  const entries = blkio_stats?.io_service_bytes_recursive;
  if (entries == null) return undefined;
  return entries
    .filter(({ op }) => op.toLowerCase() === operation)
    .reduce((total, { value }) => total + value, 0);
}
