import { extract } from "tar-stream";
import type { InspectedContainer } from "../container/engine-container.js";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";
import { exec } from "../exec/exec.js";
import type { FileHeader } from "./read-file.js";

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Who owns a file inside a container. Docker says so in the file's archive; in Podman's archives all is
 * root's, so there the container is asked, or, while it is stopped, its whole file system is looked through.
 *
 * @param header the file's entry in the engine's archive.
 */
export async function ownerOf(
  connection: Connection,
  inspected: InspectedContainer,
  path: string,
  header: FileHeader,
  signal?: AbortSignal,
): Promise<Owner> {
  if (connection.info.kind !== "podman") return header;
  const { Id: id, State } = inspected;
  const seen = State.Running ? await ownerByList(connection, id, path, signal) : undefined;
  return seen ?? (await ownerInExport(connection, id, path, signal)) ?? header;
}

async function ownerByList(connection: Connection, id: string, path: string, signal?: AbortSignal) {
  try {
    const { exitCode, stdout } = await exec(connection, id, ["ls", "-ldn", path], {
      user: "0",
      signal,
    });
    const found = /^\S+\s+\d+\s+(\d+)\s+(\d+)\s/.exec(stdout);
    return exitCode !== 0 || found === null
      ? undefined
      : { uid: Number(found[1]), gid: Number(found[2]) };
  } catch (error) {
    signal?.throwIfAborted();
    // Without an `ls` in the image there is still the export.
    if ((error as { code?: unknown }).code === "EXEC_FAILED") return undefined;
    throw error;
  }
}

/** Reads as far as the file's entry. Files in volumes have none. */
async function ownerInExport(
  { client }: Connection,
  id: string,
  path: string,
  signal?: AbortSignal,
): Promise<Owner | undefined> {
  const answer = await client.stream({ method: "GET", path: containerPath(id, "/export"), signal });
  const unpacked = answer.pipe(extract());
  answer.once("error", (error) => unpacked.destroy(error));
  answer.once("aborted", () => unpacked.destroy(new Error("the connection broke off")));
  try {
    for await (const entry of unpacked) {
      const { name, uid = 0, gid = 0 } = entry.header;
      if (`/${name.replace(/^\.?\//, "")}` === path) return { uid, gid };
      entry.resume();
    }
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    throw client.lost(error, { method: "GET", path: containerPath(id, "/export") });
  } finally {
    answer.destroy();
    unpacked.destroy();
  }
}
