import type { AbortOptions } from "@potassium/core-types";
import { checkOptions } from "../check-options.js";
import type { FoundTool } from "./found-tool.js";
import { openTool } from "./open-tool.js";
import { parseToolOptions, toolOptionNames } from "./parse-tool-options.js";
import type { ToolName, ToolOptions } from "./tool-options.js";
import { parseToolName } from "./tool-pins.js";

const findToolNames: readonly string[] = [...toolOptionNames, "signal"];

/**
 * Looks up hdiffz or hpatchz: the path that `options` names, else `bin/{os}/` beside the executable, `bin/{os}/` in
 * the working folder, then PATH, of which entries that depend on the working folder are left out. `{os}` is linux,
 * darwin or windows. The first program found counts (a
 * file that may not be run is passed over): where it isn't the pinned one, that is an error, and the
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
  parseToolName(name, "name");
  checkOptions(options, findToolNames);
  const { signal, ...tools } = options;
  const { tool, close } = await openTool(name, parseToolOptions(tools, ""), { signal });
  await close();
  return tool;
}
