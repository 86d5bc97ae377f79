import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type AbortOptions, hasErrorCode } from "@potassium/core-types";
import { Registry } from "@potassium/registry";

export interface KeptRegistry {
  readonly registry: Registry;
  /** Saves it after each change and at the end, until the signal aborts, whose reason it throws. */
  keep(options: AbortOptions): Promise<void>;
}

/** The registry as it was when it was saved last. On Redis there would be nothing to save. */
export async function openRegistry(stateFolder: string): Promise<KeptRegistry> {
  await mkdir(stateFolder, { recursive: true });
  const file = join(stateFolder, "registry.json");
  const registry = await Registry.restore(file).catch((error) => {
    if (hasErrorCode(error, "NOT_FOUND")) return new Registry();
    throw error;
  });
  return {
    registry,
    async keep({ signal }) {
      try {
        for await (const _ of registry.watch({ signal })) await registry.saveSnapshot(file);
      } finally {
        await registry.saveSnapshot(file);
      }
    },
  };
}
