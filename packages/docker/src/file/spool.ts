import { createReadStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { FileContent } from "@potassium/core-types";

/** Content whose size is known, which an archive says before the bytes. */
export interface SizedContent extends AsyncDisposable {
  readonly sizeBytes: number;
  readonly read: () => Readable;
}

/** Texts and bytes as they are; a stream by way of a temporary file, so that any length fits. */
export async function sized(content: FileContent, signal?: AbortSignal): Promise<SizedContent> {
  if (typeof content === "string" || content instanceof Uint8Array) {
    const bytes = Buffer.from(content as string);
    return {
      sizeBytes: bytes.length,
      read: () => Readable.from([bytes]),
      async [Symbol.asyncDispose]() {},
    };
  }
  const folder = await mkdtemp(join(tmpdir(), "potassium-copy-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const file = join(folder, "content");
    const sizeBytes = await write(content, file, signal);
    return { sizeBytes, read: () => createReadStream(file), [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function write(
  content: AsyncIterable<Uint8Array>,
  file: string,
  signal?: AbortSignal,
): Promise<number> {
  const handle = await open(file, "wx", 0o600);
  let size = 0;
  try {
    for await (const piece of content) {
      signal?.throwIfAborted();
      await handle.writeFile(piece);
      size += piece.byteLength;
    }
    signal?.throwIfAborted();
    return size;
  } finally {
    await handle.close();
  }
}
