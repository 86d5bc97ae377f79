import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { ProviderError } from "@potassium/core-types";
import { asProviderError } from "../io-error.js";
import { findServerFile, noSuchFile } from "./server-file.js";

const pieceBytes = 64 * 1024;

/**
 * Reads a file in pieces.
 *
 * @throws {ProviderError} `NOT_FOUND`, `TOO_LARGE`: before the first piece, or later where it grows.
 */
export async function* readServerFile(
  root: string,
  path: string,
  maxBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { hostPath, stats } = await findServerFile(root, path);
  if (stats === undefined) throw noSuchFile(path);
  if (stats.size > maxBytes) throw tooLarge(path, maxBytes);
  // The server may put a link or a pipe in its place since; neither is followed or waited for.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(hostPath, flags).catch((error: unknown) => {
    const gone = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw gone ? noSuchFile(path) : asProviderError(error);
  });
  try {
    let size = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead, buffer } = await handle.read(new Uint8Array(pieceBytes), 0, pieceBytes);
      if (bytesRead === 0) return;
      size += bytesRead;
      if (size > maxBytes) throw tooLarge(path, maxBytes);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

function tooLarge(path: string, maxBytes: number): ProviderError {
  return new ProviderError("TOO_LARGE", `${JSON.stringify(path)} has more than ${maxBytes} bytes`);
}
