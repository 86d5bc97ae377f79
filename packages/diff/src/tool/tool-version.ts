import { type AbortOptions, PatchError } from "@potassium/core-types";
import { runTool } from "./run-tool.js";
import type { ToolName } from "./tool-options.js";

/** It answers at once, or is something else. */
const maxAnswerMs = 10_000;

/**
 * Asks a program for its version: `HDiffPatch::hdiffz v4.12.1` is "4.12.1".
 *
 * @throws `ENGINE_UNAVAILABLE` (it is no such program), `TIMEOUT`
 */
export async function toolVersion(
  name: ToolName,
  program: string,
  options: AbortOptions = {},
): Promise<string> {
  const run = await runTool(program, ["-v"], { ...options, timeoutMs: maxAnswerMs });
  const version = /^HDiffPatch::(\w+) v(\d[\w.+-]*)\s*$/m.exec(run.stdout);
  if (run.exitCode === 0 && version?.[1] === name && version[2] !== undefined) return version[2];
  const said = (run.stdout || run.stderr).trim().slice(0, 200);
  throw new PatchError(
    "ENGINE_UNAVAILABLE",
    `${program} is no ${name}: asked for its version by -v, it said "${said}"`,
  );
}
