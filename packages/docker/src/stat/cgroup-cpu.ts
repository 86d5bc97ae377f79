import { readFile } from "node:fs/promises";
import type { Connection } from "../engine/connection.js";
import type { Sample } from "./to-server-stats.js";

const root = "/sys/fs/cgroup";

/**
 * The processor time of a container, read from the kernel where the engine runs on this machine: older Docker
 * engines take up to a second for one sample, newer ones and Podman none. `undefined` where it is not to be
 * found: the engine is elsewhere, or puts containers in other places. A container's id is no other's, so
 * what is found is the right one.
 */
export async function cgroupCpu(
  { client, info }: Connection,
  id: string,
): Promise<Sample | undefined> {
  if (client.endpoint.kind !== "socket" || process.platform !== "linux") return undefined;
  for (const group of groups[info.kind](id)) {
    const usedNs = await (info.cgroupVersion === 2 ? usedInV2(group) : usedInV1(group));
    if (usedNs === undefined) continue;
    const cpu_stats = { cpu_usage: { total_usage: usedNs } };
    // The engine's clock is this machine's, so its samples and this one can be compared.
    const now = new Date();
    return { stats: { read: now.toISOString(), cpu_stats }, atMs: now.getTime() };
  }
  return undefined;
}

/** Where engines put containers: by systemd, and by themselves. */
const groups = {
  docker: (id: string) => [`system.slice/docker-${id}.scope`, `docker/${id}`],
  podman: (id: string) => [`machine.slice/libpod-${id}.scope`, `libpod_parent/libpod-${id}`],
};

async function usedInV2(group: string): Promise<number | undefined> {
  const text = await readIfThere(`${root}/${group}/cpu.stat`);
  const microseconds = /^usage_usec (\d+)$/m.exec(text)?.[1];
  return microseconds === undefined ? undefined : Number(microseconds) * 1000;
}

async function usedInV1(group: string): Promise<number | undefined> {
  const text = await readIfThere(`${root}/cpuacct/${group}/cpuacct.usage`);
  return text === "" ? undefined : Number(text);
}

function readIfThere(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
