import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type CopyFolderToOptions, ProviderError } from "@potassium/core-types";
import {
  checkLocalFolder,
  type FolderEntry,
  type LocalFolder,
  walkFolder,
} from "@potassium/core-types/provider-kit";
import { type Header, type Pack, pack } from "tar-stream";
import type { OwnContainer } from "../container/containers.js";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";
import { containerFile } from "./container-path.js";
import { notWritten } from "./not-written.js";
import { statPath } from "./path-stat.js";
import { findPresent, type PresentEntries } from "./present-entries.js";

type NamedHeader = Partial<Header> & Pick<Header, "name">;

/**
 * Writes the content of a local folder into one inside a container by an archive, that is made while it
 * is sent. The image needs no program.
 *
 * @throws {DockerError} `NOT_FOUND`, `INVALID_ARGUMENT`, `TOO_LARGE`, `IO_ERROR`
 */
export async function writeFolder(
  connection: Connection,
  container: OwnContainer,
  path: string,
  localFolder: string,
  options: CopyFolderToOptions,
): Promise<void> {
  const id = container.inspected.Id;
  const { folder, name } = containerFile(path);
  const { signal } = options;
  const root = await checkLocalFolder(localFolder, options);
  // Asked for, since Podman would make a folder that is missing.
  const above = await statPath(connection, id, folder, signal);
  if (above === undefined || above.type === "file" || above.type === "other") {
    throw new DockerError("NOT_FOUND", `there is no folder ${folder} in server ${id.slice(0, 12)}`);
  }
  const present = await findPresent(connection, container, path, root.path, signal);
  const refused = new AbortController();
  const archive = pack();
  const filled = fill(archive, root, name, present, refused.signal);
  let broken: unknown;
  filled.catch((error: Error) => {
    if (!refused.signal.aborted) broken = error;
    archive.destroy(error);
  });
  const sent = connection.client.plain({
    method: "PUT",
    path: containerPath(id, "/archive"),
    query: { path: folder, noOverwriteDirNonDir: true },
    content: Readable.from(archive),
    signal,
    timeoutMs: 0,
  });
  sent.catch(() => refused.abort(new Error("the archive is wanted no more")));
  const [sending] = await Promise.allSettled([sent, filled]);
  signal?.throwIfAborted();
  // What broke here is why the engine got half an archive.
  if (broken !== undefined) throw notRead(broken);
  if (sending.status === "rejected") throw notWritten(sending.reason, path);
}

async function fill(
  archive: Pack,
  root: LocalFolder,
  name: string,
  present: PresentEntries,
  signal: AbortSignal,
): Promise<void> {
  // An existing folder keeps owner and permissions by not being in the archive.
  if (!present.folders.has(""))
    await addEmpty(archive, { name, mode: root.mode, type: "directory" });
  for await (const entry of walkFolder(root.path, signal)) {
    const header = { name: `${name}/${entry.name}`, mode: entry.mode };
    switch (entry.kind) {
      case "folder":
        if (present.folders.has(entry.name)) break;
        await addEmpty(archive, { ...header, type: "directory" });
        break;
      case "link":
        await addEmpty(archive, { ...header, type: "symlink", linkname: entry.target });
        break;
      case "file":
        await addFile(archive, { ...header, ...present.files.get(entry.name) }, entry, signal);
        break;
      case "socket":
        break;
      case "device or pipe":
        throw new DockerError("IO_ERROR", `${entry.hostPath} has become a device or pipe`);
      default:
        entry.kind satisfies never;
    }
  }
  archive.finalize();
}

function addEmpty(archive: Pack, header: NamedHeader): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ ...header, mode: written(header.mode) }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}

async function addFile(
  archive: Pack,
  header: NamedHeader,
  { hostPath, sizeBytes: size }: FolderEntry,
  signal: AbortSignal,
): Promise<void> {
  const mode = written(header.mode);
  const entry = archive.entry({ ...header, mode, type: "file", size });
  // As many bytes as were announced, should it grow meanwhile.
  const content = size === 0 ? Readable.from([]) : createReadStream(hostPath, { end: size - 1 });
  await pipeline(content, entry, { signal });
}

/** The archive's writer takes 0 for "left out"; of this bit it writes nothing. */
function written(mode = 0): number {
  return mode === 0 ? 0o10000 : mode;
}

function notRead(error: unknown): unknown {
  if (error instanceof ProviderError) return error;
  const { message } = error as Error;
  return new DockerError("IO_ERROR", `the local folder can't be read, or changes: ${message}`, {
    cause: error,
  });
}
