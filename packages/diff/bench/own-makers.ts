import { fileURLToPath } from "node:url";
import { type HdiffGenerateOptions, hdiff } from "../src/index.js";
import { appliedBy, type PatchMaker } from "./patch-maker.js";

const folder = fileURLToPath(new URL("..", import.meta.url));

type Options = Pick<HdiffGenerateOptions, "effort" | "codec" | "maxMemoryBytes">;

/**
 * The built package in a fresh process of Node, whose start and memory count. Like hdiffz with `-d` it does not apply its
 * patch to check it.
 */
export function ownMaker(name: string, options: Options): PatchMaker {
  const settings = JSON.stringify({ ...options, engine: "builtin", selfCheck: false });
  return {
    name,
    isDefault: options.effort === "balanced",
    command: (...paths) => {
      const program = `import { hdiff } from "@potassium/diff";
        await hdiff.generate(...${JSON.stringify(paths)}, ${settings});`;
      return {
        program: process.execPath,
        args: ["--input-type=module", "-e", program],
        cwd: folder,
      };
    },
    apply: appliedBy(hdiff),
  };
}

/** The efforts, each with the codec that suits it. */
export const ownMakers: readonly PatchMaker[] = [
  ownMaker("fast, zlib", { effort: "fast", codec: "zlib" }),
  ownMaker("balanced", { effort: "balanced" }),
  ownMaker("smallest", { effort: "smallest" }),
];

/** For files of gigabytes: the whole process is to stay within what is asked for. */
export const ownLargeMakers: readonly PatchMaker[] = [
  ownMaker("fast, zlib, 300 MB", { effort: "fast", codec: "zlib", maxMemoryBytes: 300_000_000 }),
  ownMaker("balanced, 300 MB", { effort: "balanced", maxMemoryBytes: 300_000_000 }),
];
