import { bytesText } from "../../output/amounts.js";
import { showProgress } from "../../progress/show-progress.js";
import { byteCount } from "../option/byte-count.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { toolOptions, toolsOf } from "./tool-options.js";

export const applyPatch = defineVerb({
  name: "apply",
  summary: "Make the new file from the old one and a patch",
  description:
    "The patch tells by itself whose it is. It can't tell whether the old file is the right one: give digests where it matters.",
  examples: [
    { does: "beside the old file", line: "diff apply old.pak game.hdiff new.pak" },
    {
      does: "in the old file's place, if what comes out is right",
      line: "diff apply game.pak game.hdiff game.pak --new-sha256 9b9150a1…",
    },
  ],
  interrupted: "What stood there is as it was.",
  advice: {
    CORRUPT_PATCH: "Give the old file that the patch was made from, or fetch the patch again.",
  },
  fields: {
    "expected.oldSha256": "--old-sha256",
    "expected.newSha256": "--new-sha256",
    maxNewBytes: "--max-new",
    maxWindowBytes: "--max-window",
    "tools.pins": "--pins",
    "tools.hpatchz": "--hpatchz",
  },
  declare: (command) =>
    toolOptions(
      command
        .argument("<old>", "the old file")
        .argument("<patch>", "the patch")
        .argument("<new>", "where the new file is written to; may be the old file")
        .option("--old-sha256 <hex>", "the digest that the old file must have")
        .option("--new-sha256 <hex>", "the digest that the new file must have")
        .option("--max-new <bytes>", "refuse a patch that makes more", byteCount)
        .option(
          "--max-window <bytes>",
          "refuse a patch that needs more to expand (64MiB)",
          byteCount,
        )
        .addOption(
          new Option("--by <applier>", "who applies it: this command, or the program hpatchz")
            .choices(["auto", "builtin", "hpatchz"] as const)
            .default("builtin" as const),
        ),
    ),
  async run({ output, progress, signal }, [oldFile, patch, newFile], options) {
    const { createBsdiff, createHdiff, inspect } = await import("@potassium/diff");
    const { algorithm } = await inspect(patch, { signal });
    const engineOptions = { tools: toolsOf(options), maxWindowBytes: options.maxWindow };
    const engine = algorithm === "hdiff" ? createHdiff(engineOptions) : createBsdiff(engineOptions);
    const { newBytes } = await engine.apply(oldFile, patch, newFile, {
      engine: options.by === "hpatchz" ? "tool" : options.by,
      expected: { oldSha256: options.oldSha256, newSha256: options.newSha256 },
      maxNewBytes: options.maxNew,
      signal,
      onProgress: showProgress(progress),
    });
    await output.result(
      { file: newFile, algorithm, newBytes },
      () => `${newFile}: ${bytesText(newBytes)}`,
    );
  },
});
