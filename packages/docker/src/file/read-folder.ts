import type { CopyFolderFromOptions } from "@potassium/core-types";
import { IncomingFolder } from "@potassium/core-types/provider-kit";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";
import { containerFile } from "./container-path.js";
import { statPath } from "./path-stat.js";
import { openArchive } from "./read-file.js";
import { unpackFolder } from "./unpack-folder.js";

/**
 * Copies a folder out of a container by the engine's archive of it.
 *
 * @throws {DockerError} `NOT_FOUND`, `INVALID_ARGUMENT`, `ALREADY_EXISTS`, `TOO_LARGE`, `BAD_RESPONSE`
 */
export async function readFolder(
  connection: Connection,
  id: string,
  path: string,
  localFolder: string,
  options: CopyFolderFromOptions,
): Promise<void> {
  const { signal } = options;
  const { name } = containerFile(path);
  const stat = await statPath(connection, id, path, signal);
  if (stat === undefined)
    throw new DockerError("NOT_FOUND", `there is no ${path} in server ${id.slice(0, 12)}`);
  if (stat.type !== "folder") {
    throw new DockerError("INVALID_ARGUMENT", `path: ${path} is a ${stat.type}, not a folder`, {
      field: "path",
    });
  }
  await using incoming = await IncomingFolder.open(localFolder, options);
  const answer = await openArchive(connection, id, path, signal);
  try {
    await unpackFolder(answer, name, incoming, (error) =>
      connection.client.lost(error, { method: "GET", path: containerPath(id, "/archive") }),
    );
    await incoming.complete();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    answer.destroy();
  }
}
