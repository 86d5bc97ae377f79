import {
  cgroupPlaces,
  cgroupRoot,
  type EngineHost,
  namedNumber,
  wholeNumber,
} from "./cgroup-files.js";

/** Memory in bytes, as an engine's sample has it. */
export interface CgroupMemory {
  readonly usage: number;
  readonly stats: { readonly inactive_file: number };
}

/**
 * The memory of a container and its page cache's part of it, read from the kernel where the engine runs on this
 * machine. For Podman, which tells one number, and not whether the cache is in it.
 */
export async function cgroupMemory(
  engine: EngineHost,
  id: string,
  root = cgroupRoot,
): Promise<CgroupMemory | undefined> {
  const isV2 = engine.info.cgroupVersion === 2;
  for (const read of cgroupPlaces(engine, id, root)) {
    const usage = wholeNumber(
      await read("memory", isV2 ? "memory.current" : "memory.usage_in_bytes"),
    );
    const stat = await read("memory", "memory.stat");
    const inactive_file = namedNumber(stat, isV2 ? "inactive_file" : "total_inactive_file");
    if (usage !== undefined && inactive_file !== undefined)
      return { usage, stats: { inactive_file } };
  }
  return undefined;
}
