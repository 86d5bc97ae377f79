import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type CopyFolderFromOptions, ProviderError } from "@potassium/core-types";
import { cannotCopy, IncomingFolder, walkFolder } from "@potassium/core-types/provider-kit";
import { findServerPlace } from "./server-file.js";

const pieceBytes = 64 * 1024;

/**
 * Copies a folder of the server to another place of this machine, complete or not at all.
 *
 * @throws {ProviderError} `NOT_FOUND`, `INVALID_ARGUMENT`, `ALREADY_EXISTS`, `TOO_LARGE`, `IO_ERROR`
 */
export async function readServerFolder(
  root: string,
  path: string,
  localFolder: string,
  options: CopyFolderFromOptions,
): Promise<void> {
  const { hostPath, stats } = await findServerPlace(root, path);
  if (stats === undefined) {
    const message = `there is no folder ${JSON.stringify(path)} in the server`;
    throw new ProviderError("NOT_FOUND", message, { field: "path" });
  }
  await using incoming = await IncomingFolder.open(localFolder, options);
  for await (const entry of walkFolder(hostPath, options.signal)) {
    switch (entry.kind) {
      case "folder":
        await incoming.folder(entry.name, entry.mode);
        break;
      case "file":
        incoming.expect(entry.sizeBytes);
        await copyFile(incoming, entry.name, entry.hostPath, entry.mode);
        break;
      case "link":
        await incoming.link(entry.name, entry.target);
        break;
      case "socket":
        break;
      case "device or pipe":
        throw cannotCopy(entry.name, `is a ${entry.kind}`);
      default:
        entry.kind satisfies never;
    }
  }
  await incoming.complete();
}

async function copyFile(
  incoming: IncomingFolder,
  name: string,
  hostPath: string,
  mode: number,
): Promise<void> {
  // The server may put a link or a pipe in its place since; neither is followed or waited for.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(hostPath, flags).catch((error: NodeJS.ErrnoException) => {
    // It was deleted since it was listed.
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (handle === undefined) return;
  try {
    if (!(await handle.stat()).isFile()) throw cannotCopy(name, "has become something else");
    await incoming.file(name, mode, piecesOf(handle));
  } finally {
    await handle.close();
  }
}

async function* piecesOf(handle: FileHandle): AsyncGenerator<Uint8Array> {
  for (;;) {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceBytes), 0, pieceBytes);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}
