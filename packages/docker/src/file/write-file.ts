import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { CopyToOptions, FileContent } from "@potassium/core-types";
import { pack } from "tar-stream";
import type { OwnContainer } from "../container/containers.js";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";
import { exec } from "../exec/exec.js";
import { containerFile } from "./container-path.js";
import { notWritten } from "./not-written.js";
import { ownerOf } from "./owner.js";
import { statPath } from "./path-stat.js";
import { readHeader } from "./read-file.js";
import { type SizedContent, sized } from "./spool.js";

interface Entry {
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Writes a file inside a container by an archive, for which the image needs no program. In a running one
 * with an `mv` it first gets another name and then takes the old one's place at once.
 *
 * @throws {DockerError} `NOT_FOUND` (the folder), `INVALID_ARGUMENT` (there is something else than a file)
 */
export async function writeFile(
  connection: Connection,
  { inspected }: OwnContainer,
  path: string,
  content: FileContent,
  options: CopyToOptions,
): Promise<void> {
  const id = inspected.Id;
  const { folder, name } = containerFile(path);
  const { signal } = options;
  // Asked for, since Podman would make a folder that is missing.
  const parent = await statPath(connection, id, folder, signal);
  if (parent === undefined || parent.type === "file" || parent.type === "other") {
    throw new DockerError("NOT_FOUND", `there is no folder ${folder} in server ${id.slice(0, 12)}`);
  }
  const stat = await statPath(connection, id, path, signal);
  if (stat !== undefined && stat.type !== "file") {
    throw new DockerError("INVALID_ARGUMENT", `path: ${path} is a ${stat.type}, not a file`, {
      field: "path",
    });
  }
  await using source = await sized(content, signal);
  const old = stat === undefined ? undefined : await readHeader(connection, id, path, signal);
  const owner =
    old === undefined ? undefined : await ownerOf(connection, inspected, path, old, signal);
  const { uid = 0, gid = 0 } = owner ?? {};
  const entry = { mode: old?.mode ?? options.mode ?? 0o644, uid, gid };
  const renames = inspected.State.Running && (await canRename(connection, id, signal));
  if (!renames) {
    await upload(connection, id, folder, { ...entry, name }, source, signal);
    return;
  }
  const temporary = `.${name.slice(0, 100)}.${randomBytes(6).toString("hex")}.tmp`;
  const temporaryPath = `${folder === "/" ? "" : folder}/${temporary}`;
  try {
    await upload(connection, id, folder, { ...entry, name: temporary }, source, signal);
    await asRoot(connection, id, ["mv", "-f", temporaryPath, path], signal);
  } catch (error) {
    await asRoot(connection, id, ["rm", "-f", temporaryPath]).catch(() => {});
    throw error;
  }
}

/** Without operands it only complains; a program that is missing can't even do that. */
async function canRename(
  connection: Connection,
  id: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await exec(connection, id, ["mv"], { user: "0", signal });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "EXEC_FAILED") return false;
    throw error;
  }
}

async function upload(
  { client }: Connection,
  id: string,
  folder: string,
  entry: Entry,
  source: SizedContent,
  signal?: AbortSignal,
): Promise<void> {
  const archive = pack();
  const file = archive.entry({ ...entry, type: "file", size: source.sizeBytes, mtime: new Date() });
  const filled = pipeline(source.read(), file).then(() => archive.finalize());
  const sent = client.plain({
    method: "PUT",
    path: containerPath(id, "/archive"),
    query: { path: folder, noOverwriteDirNonDir: true },
    content: Readable.from(archive),
    signal,
    timeoutMs: 0,
  });
  filled.catch((error: Error) => archive.destroy(error));
  try {
    await sent;
  } catch (error) {
    throw notWritten(error, folder === "/" ? `/${entry.name}` : `${folder}/${entry.name}`);
  }
  await filled;
}

/**
 * Deletes a file inside a running container by its own `rm`, for which engines have no request.
 *
 * @throws {DockerError} `NOT_FOUND`, `NOT_RUNNING`, `EXEC_FAILED` (the image has no `rm`)
 */
export async function deleteFile(
  connection: Connection,
  { inspected }: OwnContainer,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  containerFile(path);
  const id = inspected.Id;
  const stat = await statPath(connection, id, path, signal);
  if (stat === undefined)
    throw new DockerError("NOT_FOUND", `there is no ${path} in server ${id.slice(0, 12)}`);
  if (stat.type === "folder") {
    throw new DockerError("INVALID_ARGUMENT", `path: ${path} is a folder, not a file`, {
      field: "path",
    });
  }
  await asRoot(connection, id, ["rm", "-f", path], signal);
}

async function asRoot(
  connection: Connection,
  id: string,
  command: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const { exitCode, stderr } = await exec(connection, id, command, { user: "0", signal });
  if (exitCode !== 0)
    throw new DockerError(
      "IO_ERROR",
      `${command[0]} failed in server ${id.slice(0, 12)}: ${stderr.trim()}`,
    );
}
