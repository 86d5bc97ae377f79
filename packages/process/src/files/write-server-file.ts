import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  abortable,
  type CopyToOptions,
  type FileContent,
  ProviderError,
} from "@potassium/core-types";
import { findServerFile } from "./server-file.js";

/** Writes a whole file beside its place and moves it there. A failure or abort leaves the old one. */
export async function writeServerFile(
  root: string,
  path: string,
  content: FileContent,
  options: CopyToOptions,
): Promise<void> {
  const { signal, mode = 0o644 } = options;
  if (!Number.isInteger(mode) || mode < 0 || mode > 0o7777) {
    throw new ProviderError("INVALID_ARGUMENT", "mode: must be permissions, from 0 to 0o7777", {
      field: "mode",
    });
  }
  const pieces = piecesOf(content);
  const { hostPath, stats } = await findServerFile(root, path);
  const draft = join(dirname(hostPath), `.potassium-${randomBytes(8).toString("hex")}.tmp`);
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await writeAll(handle, pieces, signal);
      await handle.chmod(stats === undefined ? mode : stats.mode & 0o7777);
      await handle.sync();
    } finally {
      await handle.close();
    }
    signal?.throwIfAborted();
    await rename(draft, hostPath);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeAll(
  handle: FileHandle,
  pieces: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  let ended = false;
  try {
    for (;;) {
      const result = await abortable(iterator.next(), signal);
      if (result.done) break;
      await handle.writeFile(result.value);
    }
    ended = true;
  } finally {
    // Not awaited: a source that hangs, which is why the wait was aborted, may hang in this too.
    if (!ended) void Promise.resolve(iterator.return?.()).catch(() => {});
  }
}

function piecesOf(content: FileContent): AsyncIterable<Uint8Array> {
  if (typeof content === "string") return one(Buffer.from(content, "utf8"));
  if (content instanceof Uint8Array) return one(content);
  if (typeof content?.[Symbol.asyncIterator] === "function") return content;
  throw new ProviderError(
    "INVALID_ARGUMENT",
    "content: must be a string, bytes, or a stream of bytes",
    {
      field: "content",
    },
  );
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
