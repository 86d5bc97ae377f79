import { hasErrorCode, type PatchEngine, type PatchErrorCode } from "@potassium/core-types";
import { unless } from "../fs/file-system-code.js";
import { readHash } from "../fs/read-hash.js";
import type { UpdateFileSystem } from "../fs/update-file-system.js";
import { ManifestError, type ManifestErrorCode } from "../manifest-error.js";
import { expectContent, type ProvenContent } from "./write-proven.js";

export interface PatchFileOptions extends ProvenContent {
  readonly engine: PatchEngine;
  /** SHA-256 that the old file must have. */
  readonly oldHash: string;
  readonly oldPath: string;
  readonly patchPath: string;
  readonly toPath: string;
}

/**
 * Applies one patch. The old file is looked at by the engine while it reads it, and the new one is read again:
 * an engine's word is not taken for what it made. Where that is wrong, no file is left.
 *
 * @throws `CONFLICT` where the old file is another by now, `CORRUPT_PATCH`, `HASH_MISMATCH`, `TOO_LARGE`,
 *   `ENGINE_UNAVAILABLE`, `TIMEOUT`, and what the file system throws
 */
export async function patchFile(fs: UpdateFileSystem, options: PatchFileOptions): Promise<void> {
  const { engine, oldHash, hash, maxBytes, oldPath, patchPath, toPath, signal } = options;
  await unless(["ENOENT"], () => fs.unlink(toPath));
  try {
    await engine.apply(oldPath, patchPath, toPath, {
      expected: { oldSha256: oldHash, newSha256: hash },
      maxNewBytes: maxBytes,
      signal,
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw (await oldChanged(fs, options)) ?? engineFailure(error, options);
  }
  try {
    const file = await fs.lstat(toPath);
    const made = file.isFile() ? await readHash(fs, toPath, file, signal) : undefined;
    expectContent(options, made?.hash ?? "", made?.size ?? 0);
    // For writing: Windows makes nothing durable that is open for reading alone.
    const handle = await fs.open(toPath, "r+");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    await fs.unlink(toPath).catch(() => undefined);
    throw error;
  }
}

/** Whether it is the old file's fault. */
async function oldChanged(
  fs: UpdateFileSystem,
  { oldPath, oldHash, path }: PatchFileOptions,
): Promise<ManifestError | undefined> {
  const status = await unless(["ENOENT", "ENOTDIR"], () => fs.lstat(oldPath));
  const now = status?.isFile() ? await readHash(fs, oldPath, status) : undefined;
  if (now?.hash === oldHash) return undefined;
  const found = now?.hash ?? "no file";
  const message = `${path} changed after it was looked at: it is ${found} instead of ${oldHash}`;
  return new ManifestError("CONFLICT", message, {
    path,
    foundHash: now?.hash,
    expectedHash: oldHash,
  });
}

const codes = {
  CORRUPT_PATCH: "CORRUPT_PATCH",
  UNSUPPORTED_FORMAT: "CORRUPT_PATCH",
  CODEC_UNAVAILABLE: "ENGINE_UNAVAILABLE",
  ENGINE_UNAVAILABLE: "ENGINE_UNAVAILABLE",
  HASH_MISMATCH: "HASH_MISMATCH",
  TOO_LARGE: "TOO_LARGE",
  TIMEOUT: "TIMEOUT",
  NOT_FOUND: "IO_ERROR",
  IO_ERROR: "IO_ERROR",
} as const satisfies Partial<Record<PatchErrorCode, ManifestErrorCode>>;

const known = Object.keys(codes) as (keyof typeof codes)[];

function engineFailure(error: unknown, { engine, path, hash }: PatchFileOptions): unknown {
  if (error instanceof ManifestError || !hasErrorCode(error, ...known)) return error;
  const isFull = diskFull.has((error.cause as NodeJS.ErrnoException | undefined)?.code ?? "");
  const code = isFull ? "NO_SPACE" : codes[error.code];
  const message = `${path}: ${engine.algorithm} could not apply its patch: ${error.message}`;
  const expectedHash = code === "HASH_MISMATCH" ? hash : undefined;
  return new ManifestError(code, message, { cause: error, path, expectedHash });
}

const diskFull: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);
