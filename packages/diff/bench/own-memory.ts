import { fileURLToPath } from "node:url";
import { peakMemory } from "@potassium/tooling/bench/peak-memory";
import type { PatchKind } from "./patch-kinds.js";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Peak of a fresh process that applies a patch with the built package, over that of Node doing nothing, in MB. */
export async function ownMemory(
  kind: PatchKind,
  paths: readonly [oldPath: string, patchPath: string, newPath: string],
): Promise<number> {
  const program = `const diff = await import("@potassium/diff");
    await diff[${JSON.stringify(kind.engine.algorithm)}].apply(...${JSON.stringify(paths)});`;
  return (await nodeMemory(program)) - (await nodeAlone());
}

/** The same of bsdiff-node, which applies in the process too. */
export async function bsdiffNodeMemory(
  paths: readonly [oldPath: string, patchPath: string, newPath: string],
): Promise<number> {
  const [oldPath, patchPath, newPath] = paths;
  const program = `const { default: bsdiff } = await import("bsdiff-node");
    await bsdiff.patch(...${JSON.stringify([oldPath, newPath, patchPath])});`;
  return (await nodeMemory(program)) - (await nodeAlone());
}

// Of those that wait for a moment, so that the peak of their start is not missed.
let alone: Promise<number> | undefined;
function nodeAlone(): Promise<number> {
  alone ??= nodeMemory("await new Promise((resolve) => setTimeout(resolve, 50));");
  return alone;
}

const nodeMemory = (program: string): Promise<number> =>
  peakMemory(process.execPath, ["--input-type=module", "-e", program], folder);
