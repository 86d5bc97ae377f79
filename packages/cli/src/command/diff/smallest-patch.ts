import type { GenerateSmallestResult, TriedAttempt } from "@potassium/diff";
import { ExitCode } from "../../exit/exit-code.js";
import { bytesText } from "../../output/amounts.js";
import type { Style } from "../../output/style.js";
import { table } from "../../output/table.js";
import { showProgress } from "../../progress/show-progress.js";
import { byteCount } from "../option/byte-count.js";
import { duration } from "../option/duration.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { expectFiles } from "./expect-files.js";
import { toolOptions, toolsOf } from "./tool-options.js";

export const smallestPatch = defineVerb({
  name: "smallest",
  summary: "Try several ways to make a patch, and keep the smallest",
  description:
    "Where the file itself, compressed, is smaller than any patch, none is written, and the exit code is 3.",
  examples: [
    {
      does: "within two minutes",
      line: "diff smallest old.pak new.pak game.hdiff --max-time 2m",
    },
    {
      does: "the program hdiffz may try too, where it is found",
      line: "diff smallest old.pak new.pak game.hdiff --contenders hdiff hdiffz",
    },
  ],
  interrupted: "No patch was written.",
  fields: {
    contenders: "--contenders",
    maxMemoryBytes: "--max-memory",
    maxTimeMs: "--max-time",
    wholeBytes: "--whole",
    "tools.pins": "--pins",
    "tools.hdiffz": "--hdiffz",
  },
  declare: (command) =>
    toolOptions(
      command
        .argument("<old>", "the old file")
        .argument("<new>", "the new file")
        .argument("<patch>", "where the patch is written to")
        .addOption(
          new Option("--contenders <names...>", "who is asked (default: hdiff)").choices([
            "hdiff",
            "hdiffz",
            "bsdiff-node",
          ] as const),
        )
        .option("--max-time <time>", "how long it may take, but for the check at the end", duration)
        .option("--max-memory <bytes>", "the most memory that each may take", byteCount)
        .option("--whole <bytes>", "what shipping the whole file takes", byteCount),
    ),
  async run({ output, progress, signal }, [oldFile, newFile, patch], options) {
    await expectFiles(oldFile, newFile);
    const { generateSmallest } = await import("@potassium/diff");
    const result = await generateSmallest(oldFile, newFile, patch, {
      ...(options.contenders === undefined ? {} : { contenders: [...options.contenders] }),
      maxTimeMs: options.maxTime,
      maxMemoryBytes: options.maxMemory,
      wholeBytes: options.whole,
      tools: toolsOf(options),
      signal,
      onProgress: showProgress(progress),
    });
    await output.result(
      result,
      () => `${told(result, patch)}\n\n${tried(result.tried, output.style)}`,
    );
    return result.outcome === "patch" ? ExitCode.done : ExitCode.refused;
  },
});

function told(result: GenerateSmallestResult, patch: string): string {
  if (result.outcome === "patch") {
    return `${patch}: ${bytesText(result.patchBytes)}, for ${result.algorithm}`;
  }
  const why = result.reason === "not-smaller" ? "no patch is smaller" : "no patch could be made";
  return `ship the whole file, ${bytesText(result.wholeBytes)}: ${why}`;
}

const tried = (attempts: readonly TriedAttempt[], style: Style): string =>
  table(
    ["TRIED", "EFFORT", "CODEC", ">PATCH", "PROBLEM"],
    attempts.map(({ contender, effort, codec, patchBytes, problem }) => [
      contender,
      effort ?? "",
      codec ?? "",
      patchBytes === undefined ? "" : bytesText(patchBytes),
      problem ?? "",
    ]),
    style.bold,
  );
