import { PatchError } from "@potassium/core-types";
import type { DiffEngine, DiffEngineOptions } from "./diff-engine.js";
import { type Generator, makeEngine, orElse } from "./make-engine.js";
import { generateWithTool } from "./tool/generate-with-tool.js";

/**
 * Makes an engine for patches of HDiffPatch. It writes HDIFF13, and reads that and HDIFFSF20.
 *
 * `generate()` needs the program hdiffz, so "auto" is "tool"; there is no builtin generator yet. Where matching in memory would
 * take more than `maxMemoryBytes`, it matches block by block, for a larger patch.
 *
 * @throws `INVALID_ARGUMENT`
 */
export function createHdiff(options: DiffEngineOptions = {}): DiffEngine {
  return makeEngine("hdiff", generate, options);
}

/** {@link createHdiff} with all its defaults. */
export const hdiff: DiffEngine = /* @__PURE__ */ createHdiff();

async function generate(...[paths, temporaryPath, options]: Parameters<Generator>): Promise<void> {
  const { oldPath, newPath } = paths;
  const { signal, onProgress, tools, maxMemoryBytes } = options;
  if (options.engine === "builtin") {
    throw new PatchError(
      "ENGINE_UNAVAILABLE",
      'hdiff has no builtin generator yet: use engine "tool", which needs the program hdiffz',
    );
  }
  // Checked by the builtin applier instead, which is the one that will read it.
  const settings = { signal, onProgress, tools, selfCheck: false, maxMemoryBytes } as const;
  await orElse(
    () => generateWithTool(oldPath, newPath, temporaryPath, settings),
    ["TOO_LARGE"],
    () => generateWithTool(oldPath, newPath, temporaryPath, { ...settings, mode: "stream" }),
  );
}
