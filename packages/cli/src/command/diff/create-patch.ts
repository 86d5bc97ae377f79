import { bytesText } from "../../output/amounts.js";
import { showProgress } from "../../progress/show-progress.js";
import { byteCount } from "../option/byte-count.js";
import { wholeNumber } from "../option/whole-number.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { expectFiles } from "./expect-files.js";
import { toolOptions, toolsOf } from "./tool-options.js";

export const createPatch = defineVerb({
  name: "create",
  summary: "Make the patch that turns one file into another",
  description:
    "The patch is applied for a check before it takes its place. What stood there stays if anything fails.",
  examples: [
    { does: "a patch of HDiffPatch's format", line: "diff create old.pak new.pak game.hdiff" },
    {
      does: "smaller, in twice the time",
      line: "diff create old.pak new.pak game.hdiff --effort smallest",
    },
    {
      does: "for those who know only bsdiff's patches",
      line: "diff create old.bin new.bin game.bsdiff --algorithm bsdiff",
    },
  ],
  interrupted: "No patch was written.",
  fields: {
    maxMemoryBytes: "--max-memory",
    threads: "--threads",
    codec: "--codec",
    effort: "--effort",
    engine: "--by",
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
          new Option("--algorithm <name>", "whose patch it is")
            .choices(["hdiff", "bsdiff"] as const)
            .default("hdiff" as const),
        )
        .addOption(
          new Option("--by <maker>", "who makes it: this command, or the program hdiffz")
            .choices(["auto", "builtin", "hdiffz"] as const)
            .default("auto" as const),
        )
        .addOption(
          new Option("--effort <effort>", "hdiff: how much time a smaller patch is worth").choices([
            "fast",
            "balanced",
            "smallest",
          ] as const),
        )
        .addOption(
          new Option("--codec <codec>", "hdiff: how it is compressed").choices([
            "auto",
            "stored",
            "zlib",
            "lzma2",
            "zstd",
          ] as const),
        )
        .option("--threads <n>", "hdiff: how many work", wholeNumber(1))
        .option("--max-memory <bytes>", "the most memory that it may take: 512MiB", byteCount)
        .option("--no-self-check", "don't apply the patch for a check"),
    ),
  async run({ output, progress, signal }, [oldFile, newFile, patch], options) {
    await expectFiles(oldFile, newFile);
    const { algorithm, by, effort, codec, threads, maxMemory, selfCheck } = options;
    const { createBsdiff, createHdiff } = await import("@potassium/diff");
    const hdiffOnly = {
      ...(effort === undefined ? {} : { effort }),
      ...(codec === undefined ? {} : { codec }),
      ...(threads === undefined ? {} : { threads }),
    };
    const tools = toolsOf(options);
    const engine = algorithm === "hdiff" ? createHdiff({ tools }) : createBsdiff({ tools });
    const { patchBytes } = await engine.generate(oldFile, newFile, patch, {
      engine: by === "hdiffz" ? "tool" : by,
      selfCheck,
      maxMemoryBytes: maxMemory,
      ...hdiffOnly,
      signal,
      onProgress: showProgress(progress),
    });
    await output.result(
      { patch, algorithm, patchBytes },
      () => `${patch}: ${bytesText(patchBytes)}`,
    );
  },
});
