import { readdir } from "node:fs/promises";

/**
 * The disks of this machine, for limits on throughput: those that are there, and not `/dev/sda` in the hope
 * that it is. Partitions, loops and memory disks are left out.
 */
export async function blockDevices(folder = "/sys/block"): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => !/^(?:loop|ram|zram|fd|sr)\d/.test(name))
      .map((name) => `/dev/${name}`);
  } catch {
    return [];
  }
}
