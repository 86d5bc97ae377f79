import type { DiffEngineOptions, HdiffEngine } from "./diff-engine.js";
import { chosenCodec } from "./generate/hdiff/chosen-codec.js";
import { generateHdiff } from "./generate/hdiff/generate-hdiff.js";
import { type Generator, makeEngine, orElse } from "./make-engine.js";
import { generateWithTool } from "./tool/generate-with-tool.js";

/**
 * Makes an engine for patches of HDiffPatch. It writes HDIFF13, which hpatchz applies too, and reads that and HDIFFSF20.
 *
 * `generate()` is this package's own work ("auto" is "builtin"), in threads, in a bounded amount of memory for files of any
 * size. Those threads read the two files from the real disk, whatever `fs` is. With engine "tool" the program hdiffz does
 * it: in memory, and block by block where that would be over `maxMemoryBytes`.
 *
 * @throws `INVALID_ARGUMENT`
 */
export function createHdiff(options: DiffEngineOptions = {}): HdiffEngine {
  return makeEngine("hdiff", generate, options);
}

/** {@link createHdiff} with all its defaults. */
export const hdiff: HdiffEngine = /* @__PURE__ */ createHdiff();

async function generate(...[paths, temporaryPath, options]: Parameters<Generator>): Promise<void> {
  if (options.engine === "tool") return await byTool(paths, temporaryPath, options);
  const codec = chosenCodec(options.codec, options.effort);
  await generateHdiff(paths, temporaryPath, { ...options, codec });
}

async function byTool(...[paths, temporaryPath, options]: Parameters<Generator>): Promise<void> {
  const { oldPath, newPath } = paths;
  const { signal, onProgress, tools, maxMemoryBytes, threads, codec } = options;
  const settings = {
    ...{ signal, onProgress, tools, maxMemoryBytes, threads },
    // Checked by the builtin applier instead, which is the one that will read it.
    selfCheck: false,
    ...(codec === "auto" ? {} : { compress: codec === "stored" ? ("none" as const) : codec }),
  } as const;
  await orElse(
    () => generateWithTool(oldPath, newPath, temporaryPath, settings),
    ["TOO_LARGE"],
    () => generateWithTool(oldPath, newPath, temporaryPath, { ...settings, mode: "stream" }),
  );
}
