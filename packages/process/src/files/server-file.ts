import type { Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { ProviderError, relativePathProblem } from "@potassium/core-types";

/** A file of a server on the host. */
export interface ServerFile {
  /** Where it is on the host. */
  readonly hostPath: string;
  /** As the caller named it, for messages. */
  readonly path: string;
  /** What is there; `undefined` where nothing is. */
  readonly stats: Stats | undefined;
}

/**
 * The parts of an absolute path inside a server, whose root is a folder of the host.
 *
 * @param platform whose rules for names hold.
 * @throws {ProviderError} `INVALID_ARGUMENT` for a path that could lead out of the folder, or names no
 *   file.
 */
export function parseServerPath(
  path: string,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const problem = pathProblem(path);
  if (problem !== undefined) throw invalid(path, problem);
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  // On Windows other names lead to folders, drives and streams elsewhere, to devices, or to a file of another name.
  if (platform === "win32" && parts.length > 0) {
    const misread = relativePathProblem(parts.join("/"));
    if (misread !== undefined) throw invalid(path, misread);
  }
  return parts;
}

function pathProblem(path: unknown): string | undefined {
  if (typeof path !== "string" || !path.startsWith("/"))
    return "must be absolute, inside the server";
  if (path.includes("\0")) return "must not hold NUL";
  if (path.split("/").includes("..")) return "must not hold ..";
  return undefined;
}

/**
 * Finds a file below the server's folder, without ever following a symbolic link.
 *
 * @throws {ProviderError} `INVALID_ARGUMENT`; `NOT_FOUND` where the file's folder is missing.
 */
export async function findServerFile(root: string, path: string): Promise<ServerFile> {
  const parts = parseServerPath(path);
  if (parts.length === 0 || path.endsWith("/")) throw invalid(path, "must name a file");
  let hostPath = root;
  for (const [index, part] of parts.entries()) {
    hostPath = join(hostPath, part);
    const stats = await lookAt(hostPath);
    if (stats?.isSymbolicLink()) throw invalid(path, "must not lead through a symbolic link");
    if (index === parts.length - 1) {
      if (stats !== undefined && !stats.isFile()) throw invalid(path, "is not a regular file");
      return { hostPath, path, stats };
    }
    if (!stats?.isDirectory()) break;
  }
  throw new ProviderError(
    "NOT_FOUND",
    `the folder of ${JSON.stringify(path)} does not exist in the server`,
    {
      field: "path",
    },
  );
}

/**
 * A folder below the server's, for a program to run in.
 *
 * @throws {ProviderError} `INVALID_ARGUMENT`
 */
export async function findServerFolder(root: string, path: string): Promise<string> {
  let hostPath = root;
  for (const part of parseServerPath(path)) {
    hostPath = join(hostPath, part);
    const stats = await lookAt(hostPath);
    if (!stats?.isDirectory()) throw invalid(path, "must be a folder of the server");
  }
  return hostPath;
}

/**
 * What is at the place of a folder below the server's, without ever following a symbolic link.
 *
 * @param path may be `/`, the server's own folder.
 * @throws {ProviderError} `INVALID_ARGUMENT`; `NOT_FOUND` where the folder above is missing.
 */
export async function findServerPlace(root: string, path: string): Promise<ServerFile> {
  const parts = parseServerPath(path);
  if (parts.length > 0 && path.endsWith("/")) throw invalid(path, "must not end in a slash");
  let place: ServerFile = { hostPath: root, path, stats: await lookAt(root) };
  for (const part of parts) {
    if (!place.stats?.isDirectory()) {
      throw new ProviderError("NOT_FOUND", `the folder above ${JSON.stringify(path)} is missing`, {
        field: "path",
      });
    }
    const hostPath = join(place.hostPath, part);
    place = { hostPath, path, stats: await lookAt(hostPath) };
    if (place.stats?.isSymbolicLink()) throw invalid(path, "must not lead through a symbolic link");
  }
  if (place.stats !== undefined && !place.stats.isDirectory())
    throw invalid(path, "is not a folder");
  return place;
}

/** The error for a file that is not there. */
export function noSuchFile(path: string): ProviderError {
  return new ProviderError("NOT_FOUND", `there is no file ${JSON.stringify(path)} in the server`, {
    field: "path",
  });
}

async function lookAt(hostPath: string): Promise<Stats | undefined> {
  try {
    return await lstat(hostPath);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "ENAMETOOLONG") throw invalid(hostPath, "is too long");
    throw new ProviderError("IO_ERROR", `a file of the server can't be looked at: ${error}`, {
      cause: error,
    });
  }
}

function invalid(path: unknown, problem: string): ProviderError {
  return new ProviderError("INVALID_ARGUMENT", `path: ${JSON.stringify(path)} ${problem}`, {
    field: "path",
  });
}
