import {
  cgroupPlaces,
  cgroupRoot,
  type EngineHost,
  namedNumber,
  wholeNumber,
} from "./cgroup-files.js";
import type { Sample } from "./to-server-stats.js";

/**
 * The processor time of a container, read from the kernel where the engine runs on this machine: older Docker
 * engines take up to a second for one sample, newer ones and Podman none. `undefined` where it is not to be
 * found: the engine is elsewhere, or puts containers in other places.
 */
export async function cgroupCpu(
  engine: EngineHost,
  id: string,
  root = cgroupRoot,
): Promise<Sample | undefined> {
  for (const read of cgroupPlaces(engine, id, root)) {
    const usedNs =
      engine.info.cgroupVersion === 2
        ? toNs(namedNumber(await read("cpu", "cpu.stat"), "usage_usec"))
        : wholeNumber(await read("cpuacct", "cpuacct.usage"));
    if (usedNs === undefined) continue;
    const cpu_stats = { cpu_usage: { total_usage: usedNs } };
    // The engine's clock is this machine's, so its samples and this one can be compared.
    const now = new Date();
    return { stats: { read: now.toISOString(), cpu_stats }, atMs: now.getTime() };
  }
  return undefined;
}

const toNs = (microseconds: number | undefined) =>
  microseconds === undefined ? undefined : microseconds * 1000;
