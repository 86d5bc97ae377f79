import type { AbortOptions } from "@potassium/core-types";
import type { FoundTool } from "./found-tool.js";
import { openTool } from "./open-tool.js";
import type { ToolName, ToolOptions } from "./tool-options.js";

/**
 * Looks up hdiffz or hpatchz: the path that `options` names, else `bin/{os}/` beside the executable, `bin/{os}/` in
 * the working folder, then PATH, of which entries that depend on the working folder are left out. `{os}` is linux,
 * darwin or windows. The first program found counts: where it isn't the pinned one, that is an error, and the
 * search does not go on. With pins, nothing runs before its SHA-256 was checked.
 *
 * @throws `ENGINE_UNAVAILABLE` (none there: the message lists where it was looked for; not pinned for this
 *   platform; can't be run; some other program), `HASH_MISMATCH` (another digest or version than pinned),
 *   `INVALID_ARGUMENT`, `NOT_FOUND` (the pins' file), `TIMEOUT` (asked for its version, it hangs), `IO_ERROR`
 */
export async function findTool(
  name: ToolName,
  options: ToolOptions & AbortOptions = {},
): Promise<FoundTool> {
  const { tool, close } = await openTool(name, options, options);
  await close();
  return tool;
}
