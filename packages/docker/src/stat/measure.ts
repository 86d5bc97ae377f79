import { delay, hasErrorCode, type ServerStats } from "@potassium/core-types";
import { explainRefusal } from "../container/explain-refusal.js";
import type { Connection } from "../engine/connection.js";
import { isFailure } from "../engine/engine-failure.js";
import { containerPath } from "../engine/engine-request.js";
import { cgroupCpu } from "./cgroup-cpu.js";
import { cgroupMemory } from "./cgroup-memory.js";
import { EngineStats } from "./engine-stats.js";
import { elapsedMs, type Sample, toServerStats } from "./to-server-stats.js";

/** Shortest time between the two samples that CPU use is taken from. */
const windowMs = 250;

/** How often a sample is taken again that came too early: the clock of the engine may stand still. */
const maxSamples = 5;

/**
 * Measures a running container by two samples. Both are taken here: Docker's own pair takes two seconds,
 * and Podman's first half is empty.
 *
 * @throws {DockerError} `NOT_FOUND`, `NOT_RUNNING`
 */
export async function measure(
  connection: Connection,
  id: string,
  signal: AbortSignal,
): Promise<ServerStats> {
  let before = await cgroupCpu(connection, id);
  if (before === undefined) {
    before = await sample(connection, id, signal);
    await delay(windowMs, { signal });
  }
  for (let samples = 1; ; samples += 1) {
    const after = await sample(connection, id, signal);
    const missingMs = windowMs - elapsedMs(before, after);
    if (missingMs <= 0 || samples === maxSamples)
      return toServerStats(id, before, await withMemory(connection, id, after));
    await delay(Math.min(windowMs, missingMs), { signal });
  }
}

/** The sample, with the kernel's word on the memory where the engine's says nothing about the page cache. */
async function withMemory(connection: Connection, id: string, sample: Sample): Promise<Sample> {
  const { memory_stats } = sample.stats;
  if (memory_stats == null || memory_stats.stats != null) return sample;
  const memory = await cgroupMemory(connection, id);
  if (memory === undefined) return sample;
  return { ...sample, stats: { ...sample.stats, memory_stats: { ...memory_stats, ...memory } } };
}

async function sample({ client }: Connection, id: string, signal: AbortSignal): Promise<Sample> {
  const query = { stream: false, "one-shot": true };
  try {
    const stats = await client.json(
      { method: "GET", path: containerPath(id, "/stats"), query, signal },
      EngineStats,
    );
    return { stats, atMs: Date.now() };
  } catch (error) {
    // Podman has an empty answer for one that has just stopped.
    if (isFailure(error, 404, 409, 500) || hasErrorCode(error, "BAD_RESPONSE"))
      throw await explainRefusal(client, id, error, signal);
    throw error;
  }
}
