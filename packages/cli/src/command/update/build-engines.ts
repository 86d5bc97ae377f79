import type { PatchEngine } from "@potassium/core-types";
import type { ToolOptions } from "@potassium/diff";
import { usageError } from "../../exit/usage-error.js";

interface GivenEngines {
  readonly engine: readonly ("hdiff" | "bsdiff" | "none")[];
  readonly effort?: "fast" | "balanced" | "smallest" | undefined;
  readonly codec?: "auto" | "stored" | "zlib" | "lzma2" | "zstd" | undefined;
  readonly tools?: ToolOptions | undefined;
}

/** The engines that a build tries, set as the command line says. */
export async function buildEngines(given: GivenEngines): Promise<readonly PatchEngine[]> {
  const { engine, effort, codec, tools } = given;
  if (engine.includes("none")) {
    if (engine.length > 1) throw usageError("--engine none stands alone: without any patches");
    return [];
  }
  const { createBsdiff, createHdiff } = await import("@potassium/diff");
  return [...new Set(engine)].map((name) => {
    if (name === "bsdiff") return createBsdiff({ tools });
    const hdiff = createHdiff({ tools });
    return {
      algorithm: hdiff.algorithm,
      generate: (oldPath, newPath, patchPath, options) =>
        hdiff.generate(oldPath, newPath, patchPath, { ...options, effort, codec }),
      apply: (oldPath, patchPath, newPath, options) =>
        hdiff.apply(oldPath, patchPath, newPath, options),
    } satisfies PatchEngine;
  });
}
