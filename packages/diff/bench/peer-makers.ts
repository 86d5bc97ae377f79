import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { findProgram, runProgram } from "@potassium/tooling/bench/run-program";
import { bsdiff, hdiff } from "../src/index.js";
import { appliedBy, type PatchMaker } from "./patch-maker.js";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Those on this machine that are measured beside us on a pair of files which fit into memory. */
export function peerMakers(): PatchMaker[] {
  return [
    ...hdiffz("-m", "-c-zstd"),
    ...hdiffz("-m", "-c-lzma2"),
    ...xdelta3("-9"),
    ...zstd(),
    ...bsdiffProgram(),
    ...bsdiffNode(),
  ];
}

/** Those that keep their memory bounded, or mean to. */
export function largePeerMakers(): PatchMaker[] {
  return [
    ...hdiffz("-s-64"),
    ...hdiffz("-s-64", "-c-zstd"),
    // A window into the old file of 128 MiB.
    ...xdelta3("-B", "134217728").map((maker) => ({ ...maker, isSlow: true })),
  ];
}

/** With as many threads as it takes by itself, and without its check of the patch (`-d`). */
function hdiffz(...options: string[]): PatchMaker[] {
  return program(
    "hdiffz",
    options,
    (...paths) => ["-f", "-d", ...options, ...paths],
    () => appliedBy(hdiff),
  );
}

function xdelta3(...options: string[]): PatchMaker[] {
  return program(
    "xdelta3",
    options,
    (old, next, patch) => ["-e", "-f", ...options, "-s", old, next, patch],
    (xdelta3) => (old, patch, next) => runProgram(xdelta3, ["-d", "-f", "-s", old, patch, next]),
  );
}

function zstd(): PatchMaker[] {
  const options = ["-19", "--long=27"];
  return program(
    "zstd",
    [...options, "--patch-from"],
    (old, next, patch) => [...options, "-q", "-f", "--patch-from", old, next, "-o", patch],
    (zstd) => (old, patch, next) =>
      runProgram(zstd, ["-d", "--long=27", "-q", "-f", "--patch-from", old, patch, "-o", next]),
    true,
  );
}

function bsdiffProgram(): PatchMaker[] {
  return program(
    "bsdiff",
    [],
    (...paths) => paths,
    () => appliedBy(bsdiff),
    true,
  );
}

function program(
  name: string,
  options: readonly string[],
  args: (oldPath: string, newPath: string, patchPath: string) => readonly string[],
  apply: (program: string) => PatchMaker["apply"],
  isSlow = false,
): PatchMaker[] {
  const program = findProgram(name);
  if (program === undefined) return [];
  const command: PatchMaker["command"] = (...paths) => ({ program, args: args(...paths) });
  return [{ name: [name, ...options].join(" "), command, apply: apply(program), isSlow }];
}

function bsdiffNode(): PatchMaker[] {
  try {
    createRequire(import.meta.url)("bsdiff-node");
  } catch (error) {
    console.error(`nothing is measured beside bsdiff-node: ${error}`);
    return [];
  }
  const command: PatchMaker["command"] = (...paths) => {
    const program = `import bsdiff from "bsdiff-node";
      await bsdiff.diff(...${JSON.stringify(paths)});`;
    return { program: process.execPath, args: ["--input-type=module", "-e", program], cwd: folder };
  };
  return [{ name: "bsdiff-node", command, apply: appliedBy(bsdiff), isSlow: true }];
}
