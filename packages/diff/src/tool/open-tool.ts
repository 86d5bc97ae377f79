import { access, constants, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { type AbortOptions, PatchError } from "@potassium/core-types";
import { fileProblem } from "../file/file-problem.js";
import type { FoundTool } from "./found-tool.js";
import { hashFile } from "./hash-file.js";
import { type ToolCandidate, toolCandidates } from "./tool-candidates.js";
import type { ToolName, ToolOptions } from "./tool-options.js";
import { type ToolPin, toolPlatform } from "./tool-pins.js";
import { readToolPinsOf } from "./tool-pins-file.js";
import { toolVersion } from "./tool-version.js";

/** A program that was found and checked. */
export interface OpenTool {
  readonly tool: FoundTool;
  /** The file to run: the program itself or, of a pinned one, the copy that was checked. */
  readonly program: string;
  /** Removes the copy. */
  close(): Promise<void>;
}

/**
 * Looks a program up and checks it. A pinned one is copied to a folder of this user's own while its bytes are
 * hashed, and only the copy runs: whoever exchanges the program later, or writes into it, changes nothing
 * of what was checked.
 *
 * @param options - Checked by `parseToolOptions`.
 * @throws as `findTool`
 */
export async function openTool(
  name: ToolName,
  options: ToolOptions = {},
  { signal }: AbortOptions = {},
): Promise<OpenTool> {
  signal?.throwIfAborted();
  // Before the look-up: what isn't pinned isn't wanted, wherever it may be.
  const pin = options.pins === undefined ? undefined : await pinOf(name, options.pins);
  const { path, source } = await firstCandidate(name, options);
  const folder = pin === undefined ? undefined : await makeFolder(options);
  const close = async () => {
    if (folder === undefined) return;
    // The work is done, or has failed for a better reason. Windows may hold the file of a killed program for a while.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {});
  };
  try {
    // Under its own name: the program behaves by the name that it is called by.
    const copyPath = folder === undefined ? undefined : join(folder, basename(path));
    const { sha256 } = await hashFile(path, { signal, copyPath });
    if (pin !== undefined) expectPinned(path, "SHA-256", sha256, pin.sha256);
    const program = copyPath ?? path;
    const version = await toolVersion(name, program, { signal });
    if (pin !== undefined) expectPinned(path, "version", version, pin.version);
    const pinned = pin !== undefined;
    const tool = Object.freeze({ path, name, version, sha256, pinned, source });
    return { tool, program, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function pinOf(name: ToolName, pins: NonNullable<ToolOptions["pins"]>): Promise<ToolPin> {
  const known = typeof pins === "string" ? await readToolPinsOf("tools.pins", pins) : pins;
  const pin = known.platforms[toolPlatform]?.[name];
  if (pin !== undefined) return pin;
  const where = typeof pins === "string" ? pins : "tools.pins";
  throw new PatchError(
    "ENGINE_UNAVAILABLE",
    `${name} is not pinned for ${toolPlatform}: ${where} has no such entry, so none may run`,
  );
}

/** The first candidate that is a program. A wrong one ends the search: the next is not tried. */
async function firstCandidate(name: ToolName, options: ToolOptions): Promise<ToolCandidate> {
  const explicit = options[name];
  const candidates = toolCandidates(name, {
    platform: process.platform,
    explicit,
    executableFolder: options.executableFolder ?? dirname(process.execPath),
    workingFolder: resolve(options.workingFolder ?? process.cwd()),
    path: options.path ?? process.env["PATH"] ?? "",
  });
  const tried: string[] = [];
  for (const candidate of candidates) {
    const problem = await whyNoProgram(candidate.path);
    if (problem === undefined) return candidate;
    tried.push(`${candidate.path} (${problem})`);
  }
  const message =
    explicit === undefined
      ? `there is no ${name} here; tried ${tried.join(", ")}. ` +
        `Get it from https://github.com/sisong/HDiffPatch/releases, and name its place by the option tools.${name}`
      : `the option tools.${name} names no program: ${tried.join(", ")}`;
  throw new PatchError("ENGINE_UNAVAILABLE", message);
}

async function whyNoProgram(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isFile()) return "no file";
    await access(path, constants.X_OK);
    return undefined;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return "not there";
    return code === "EACCES" ? "not to be run by this user" : code;
  }
}

async function makeFolder({ temporaryFolder = tmpdir() }: ToolOptions): Promise<string> {
  // For this user alone: mkdtemp makes it with mode 0700.
  return await mkdtemp(join(resolve(temporaryFolder), "potassium-tool-")).catch((error) => {
    throw fileProblem(error, "write", `into tools.temporaryFolder ${temporaryFolder}`);
  });
}

function expectPinned(path: string, what: string, found: string, pinned: string): void {
  if (found === pinned) return;
  throw new PatchError(
    "HASH_MISMATCH",
    `${path} has the ${what} ${found}, but ${pinned} is pinned: if you exchanged the program yourself, pin it by pinTool(); if not, find out who did`,
  );
}
