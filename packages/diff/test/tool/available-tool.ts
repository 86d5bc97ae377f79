import { findTool } from "../../src/tool/find-tool.js";
import type { FoundTool } from "../../src/tool/found-tool.js";
import type { ToolName } from "../../src/tool/tool-options.js";

/**
 * The real program, where the environment names it (`POTASSIUM_HDIFFZ`, `POTASSIUM_HPATCHZ`) or PATH has one. That
 * it is missing is said loudly; where `POTASSIUM_REQUIRE` names it, it must not be.
 */
export async function availableTool(name: ToolName): Promise<FoundTool | undefined> {
  const variable = `POTASSIUM_${name.toUpperCase()}`;
  const named = process.env[variable] || undefined;
  if (named !== undefined) return await findTool(name, { [name]: named });
  try {
    return await findTool(name);
  } catch (error) {
    const text = `no ${name}: its tests need it on the PATH, or its path in ${variable}`;
    const required = (process.env["POTASSIUM_REQUIRE"] ?? "").split(",");
    if (required.includes(name)) throw new Error(text, { cause: error });
    // biome-ignore lint/suspicious/noConsole: a skip is said loudly
    console.warn(`SKIPPED: ${text}`);
    return undefined;
  }
}
