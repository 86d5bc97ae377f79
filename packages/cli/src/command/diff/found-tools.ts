import type { FoundTool, ToolName, ToolOptions } from "@potassium/diff";
import { failureOf } from "../../exit/failure.js";

/** A program of HDiffPatch, or why it may not run. */
export type ToolState =
  | ({ readonly found: true } & FoundTool)
  | {
      readonly found: false;
      readonly name: ToolName;
      readonly code: string;
      readonly message: string;
      /** Where it was looked for. */
      readonly details?: readonly string[];
    };

export const toolNames = ["hdiffz", "hpatchz"] as const satisfies readonly ToolName[];

/** Looks up both programs. */
export async function foundTools(
  options: ToolOptions & { readonly signal: AbortSignal },
): Promise<readonly ToolState[]> {
  const { findTool } = await import("@potassium/diff");
  return Promise.all(
    toolNames.map(async (name): Promise<ToolState> => {
      try {
        return { found: true, ...(await findTool(name, options)) };
      } catch (error) {
        options.signal.throwIfAborted();
        const { code, message, details } = failureOf(error);
        if (!["ENGINE_UNAVAILABLE", "HASH_MISMATCH", "TIMEOUT"].includes(code)) throw error;
        return { found: false, name, code, message, ...(details === undefined ? {} : { details }) };
      }
    }),
  );
}
