import * as fs from "node:fs/promises";
import { PatchError, shownValue } from "@potassium/core-types";
import { invalidOption } from "../check-options.js";
import { fileProblem } from "../file/file-problem.js";
import { parsePath } from "../file/parse-path.js";
import { replaceFile } from "../file/replace-file.js";
import type { FoundTool } from "./found-tool.js";
import { parseToolName, parseToolPins, type ToolPins, toolPlatform } from "./tool-pins.js";

/**
 * Reads a `potassium.tools.json`.
 *
 * @throws `NOT_FOUND`, `INVALID_ARGUMENT` (not JSON, or a field is wrong: named), `IO_ERROR`
 */
export async function readToolPins(path: string): Promise<ToolPins> {
  parsePath(path, "path");
  return await readToolPinsOf("path", path);
}

/** {@link readToolPins} of the path that an argument gave. @param field - Its name, for errors. */
export async function readToolPinsOf(field: string, path: string): Promise<ToolPins> {
  return parseToolPins(await readJson(path, field), path, field);
}

/**
 * Writes a `potassium.tools.json`, whole or not at all. What stands there is replaced.
 *
 * @throws `INVALID_ARGUMENT`, `NOT_FOUND` (no such folder), `IO_ERROR`
 */
export async function writeToolPins(path: string, pins: ToolPins): Promise<void> {
  parsePath(path, "path");
  await writeJson(path, parseToolPins(pins, "the pins", "pins"));
}

/**
 * Pins a program that {@link findTool} found: sets its entry in a `potassium.tools.json`, which is made where
 * there is none. All else in the file stays.
 *
 * @param platform - That the program is for. @default this machine's, "linux-x64" for one
 * @throws `INVALID_ARGUMENT`, `NOT_FOUND` (no such folder), `IO_ERROR`
 */
export async function pinTool(
  path: string,
  tool: Pick<FoundTool, "name" | "version" | "sha256">,
  platform: string = toolPlatform,
): Promise<ToolPins> {
  parsePath(path, "path");
  const { name, version, sha256 } = parseFound(tool);
  const found = await readJson(path, "path").catch((error: unknown) => {
    if (error instanceof PatchError && error.code === "NOT_FOUND") return { platforms: {} };
    throw error;
  });
  parseToolPins(found, path, "path");
  const before = found as { readonly platforms: Readonly<Record<string, object>> };
  const after = {
    ...before,
    platforms: {
      ...before.platforms,
      [platform]: { ...before.platforms[platform], [name]: { version, sha256 } },
    },
  };
  const pins = parseToolPins(after, "the pins", "tool");
  await writeJson(path, after);
  return pins;
}

function parseFound(tool: unknown): Pick<FoundTool, "name" | "version" | "sha256"> {
  if (typeof tool === "object" && tool !== null && !(tool instanceof Promise)) {
    const found = tool as Pick<FoundTool, "name" | "version" | "sha256">;
    parseToolName(found.name, "tool.name");
    return found;
  }
  const given = tool instanceof Promise ? "a promise: await findTool() first" : shownValue(tool);
  throw invalidOption("tool", `tool must be what findTool() resolves with, not ${given}`);
}

async function readJson(path: string, field: string): Promise<unknown> {
  const text = await fs.readFile(path, "utf8").catch((error: unknown) => {
    throw fileProblem(error, "read", path);
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const message = `${path}: is not JSON: ${(error as Error).message}`;
    throw new PatchError("INVALID_ARGUMENT", message, { field, cause: error });
  }
}

function writeJson(path: string, value: unknown): Promise<void> {
  return replaceFile(fs, path, async (temporaryPath) => {
    const text = `${JSON.stringify(value, undefined, 2)}\n`;
    await fs.writeFile(temporaryPath, text, { flag: "wx" }).catch((error: unknown) => {
      throw fileProblem(error, "write", path);
    });
  });
}
