import type { DiffEngine, DiffEngineOptions } from "./diff-engine.js";
import { generateBsdiff } from "./generate/generate-bsdiff.js";
import { type Generator, makeEngine, orElse } from "./make-engine.js";
import { generateWithTool } from "./tool/generate-with-tool.js";

/**
 * Makes an engine for patches of bsdiff. It writes BSDIFF40, and reads that and ENDSLEY/BSDIFF43.
 *
 * `generate()` needs the package bsdiff-node ("builtin") or the program hdiffz ("tool"); "auto" is bsdiff-node where
 * it is installed and its memory suffices, else hdiffz.
 *
 * @throws `INVALID_ARGUMENT`
 */
export function createBsdiff(options: DiffEngineOptions = {}): DiffEngine {
  return makeEngine("bsdiff", generate, options);
}

/** {@link createBsdiff} with all its defaults. */
export const bsdiff: DiffEngine = /* @__PURE__ */ createBsdiff();

async function generate(...[paths, temporaryPath, options]: Parameters<Generator>): Promise<void> {
  const { oldPath, newPath } = paths;
  const builtin = () => generateBsdiff(oldPath, newPath, temporaryPath, options);
  const tool = async () => {
    const { signal, onProgress, tools, maxMemoryBytes } = options;
    await generateWithTool(oldPath, newPath, temporaryPath, {
      ...{ signal, onProgress, tools, maxMemoryBytes },
      format: "bsdiff40",
      // Checked by the builtin applier instead, which is the one that will read it.
      selfCheck: false,
    });
  };
  switch (options.engine) {
    case "builtin":
      return await builtin();
    case "tool":
      return await tool();
    case "auto":
      return await orElse(builtin, ["ENGINE_UNAVAILABLE", "TOO_LARGE"], tool);
    default:
      return options.engine satisfies never;
  }
}
