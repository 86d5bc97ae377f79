import type { ToolOptions } from "@potassium/diff";
import { foundTools, type ToolState } from "../diff/found-tools.js";
import { type Check, checked } from "./check.js";

const codecs = ["stored", "zlib", "lzma2", "zstd"] as const;
const oldBytes = Buffer.from("lobby-1: 4 players\n".repeat(40));
const newBytes = Buffer.from("lobby-1: 5 players\n".repeat(40));

/** Which patches can be made here, each tried; all are applied by the package itself, everywhere. */
export async function checkPatches(
  tools: ToolOptions | undefined,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { bsdiff, hdiff } = await import("@potassium/diff");
  const checks: Check[] = [];
  for (const codec of codecs) {
    const make = async () => {
      const patch = await hdiff.generateBytes(oldBytes, newBytes, { codec, signal });
      await hdiff.applyBytes(oldBytes, patch, { signal });
      return "made and applied";
    };
    const advice = "Install Node 22.15 or newer to write it; it is read everywhere.";
    checks.push(await checked(`hdiff-${codec}`, signal, make, advice));
  }
  const makeBsdiff = async () => {
    await bsdiff.generateBytes(oldBytes, newBytes, { engine: "builtin", signal });
    return "made";
  };
  const compiler =
    "Needed to make patches of bsdiff only: npm install bsdiff-node, with Python and a C++ compiler.";
  checks.push(await checked("bsdiff-node", signal, makeBsdiff, compiler));
  for (const tool of await foundTools({ ...tools, signal })) checks.push(checkTool(tool, tools));
  return checks;
}

function checkTool(tool: ToolState, tools: ToolOptions | undefined): Check {
  const { name } = tool;
  if (tool.found) return { name, state: "ok", detail: `${tool.version}, ${tool.path}` };
  const { code, message } = tool;
  if (code === "NOT_PINNED") {
    const advice = `Not needed. If you trust it, name it by --${name}, or pin it by potassium diff tools pin and give --pins.`;
    return { name, state: "missing", detail: message, advice };
  }
  const isMissing = code === "ENGINE_UNAVAILABLE";
  return {
    name,
    state: isMissing ? "missing" : "failed",
    detail: isMissing && tools === undefined ? "not found" : message,
    advice: "Not needed; it is at https://github.com/sisong/HDiffPatch/releases.",
  };
}
