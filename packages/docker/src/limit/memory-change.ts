import type { ResourceLimits } from "@potassium/core-types";
import type { InspectedContainer } from "../container/engine-container.js";
import type { Wanted } from "../container/wanted.js";
import { DockerError } from "../docker-error.js";

/**
 * So much stands for no limit on swap: Docker takes -1 for a running container, says so ever after, and leaves the
 * kernel's limit as it was.
 */
export const unlimitedSwap = 2 ** 52;

/** What engines give memory and swap together where only memory is asked for. */
export const defaultSwap = (memory: number): number => 2 * memory;

/**
 * The part of an update that is about memory. The total with swap stays, unless it is what the engine chose by the
 * memory: that grows and shrinks with it, as it would for a new server.
 *
 * @throws {DockerError} `INVALID_ARGUMENT`
 */
export function memoryChange(
  { memoryLimit, memorySwap }: Pick<ResourceLimits, "memoryLimit" | "memorySwap">,
  { HostConfig }: InspectedContainer,
  wanted: Wanted,
): { readonly Memory?: number; readonly MemorySwap?: number } {
  const { Memory, MemorySwap } = {
    Memory: HostConfig.Memory ?? 0,
    MemorySwap: HostConfig.MemorySwap ?? 0,
  };
  const memory = memoryLimit ?? Memory;
  if (memorySwap !== undefined) {
    if (memory === 0)
      throw invalid("memorySwap", "needs a memoryLimit, which the server does not have");
    if (memorySwap !== -1 && memorySwap < memory)
      throw invalid(
        "memorySwap",
        `is memory and swap together, so at least the memory's ${memory} bytes`,
      );
    return { Memory: memory, MemorySwap: memorySwap === -1 ? unlimitedSwap : memorySwap };
  }
  if (memoryLimit === undefined) return {};
  const isEngines = wanted.limits.memorySwap === undefined && MemorySwap === defaultSwap(Memory);
  if (MemorySwap === 0 || isEngines) return { Memory: memory, MemorySwap: defaultSwap(memory) };
  if (MemorySwap === -1) return { Memory: memory, MemorySwap };
  if (memory <= MemorySwap) return { Memory: memory };
  throw invalid(
    "memoryLimit",
    `is more than memory and swap together may be, which is ${MemorySwap} bytes: give memorySwap too`,
  );
}

const invalid = (field: string, problem: string) =>
  new DockerError("INVALID_ARGUMENT", `invalid limits: ${field}: ${problem}`, { field });
