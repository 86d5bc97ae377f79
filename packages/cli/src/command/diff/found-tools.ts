import { dirname } from "node:path";
import type { FoundTool, ToolName, ToolOptions } from "@potassium/diff";
import { failureOf } from "../../exit/failure.js";
import { untriedTool } from "./untried-tool.js";

/** A program of HDiffPatch, or why it may not run. */
export type ToolState =
  | ({ readonly found: true } & FoundTool)
  | {
      readonly found: false;
      readonly name: ToolName;
      /** An error's, or `NOT_PINNED`: it was not run to see what it is. */
      readonly code: string;
      readonly message: string;
      /** Where it was looked for. */
      readonly details?: readonly string[];
    };

export const toolNames = ["hdiffz", "hpatchz"] as const satisfies readonly ToolName[];

/**
 * Looks up both programs. What lies in the working folder is not run, not even for its version, unless pins or an option
 * name it: it would be what whoever made the folder wants to run.
 */
export async function foundTools(
  options: ToolOptions & { readonly signal: AbortSignal },
): Promise<readonly ToolState[]> {
  const { findTool } = await import("@potassium/diff");
  const { hasErrorCode } = await import("@potassium/core-types");
  return Promise.all(
    toolNames.map(async (name): Promise<ToolState> => {
      try {
        if (options.pins !== undefined || options[name] !== undefined) {
          return { found: true, ...(await findTool(name, options)) };
        }
        const beside = dirname(process.execPath);
        const untried = await untriedTool(name, process.cwd());
        // Of both, the one beside Node is what would run.
        const path = untried === undefined ? options.path : "";
        const search = { ...options, path, executableFolder: beside, workingFolder: beside };
        const tool = await findTool(name, search).catch((error: unknown) => {
          if (untried === undefined || !hasErrorCode(error, "ENGINE_UNAVAILABLE")) throw error;
          return undefined;
        });
        if (tool !== undefined) return { found: true, ...tool };
        const message = `${untried}: not tried: not pinned`;
        return { found: false, name, code: "NOT_PINNED", message };
      } catch (error) {
        options.signal.throwIfAborted();
        const { code, message, details } = failureOf(error);
        if (!["ENGINE_UNAVAILABLE", "HASH_MISMATCH", "TIMEOUT"].includes(code)) throw error;
        return { found: false, name, code, message, ...(details === undefined ? {} : { details }) };
      }
    }),
  );
}
