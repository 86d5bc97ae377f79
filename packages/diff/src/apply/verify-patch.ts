import { hasErrorCode, PatchError, type PatchOptions } from "@potassium/core-types";
import type { FileSystem } from "../file/file-system.js";
import { readPatchHeader } from "../format/patch-header.js";
import { FileSource } from "../source/file-source.js";
import { makeNew } from "./make-new.js";
import type { NewSink } from "./new-writer.js";
import { OldReader } from "./old-reader.js";

export interface VerifyOptions extends PatchOptions {
  readonly fs: FileSystem;
  readonly maxWindowBytes: number;
}

/**
 * Applies a patch that was just made, and compares what comes out with the new file. Nothing is written.
 *
 * @throws `IO_ERROR` where it is not the new file
 */
export async function verifyPatch(
  oldPath: string,
  patchPath: string,
  newPath: string,
  options: VerifyOptions,
): Promise<void> {
  const { fs, signal, onProgress } = options;
  const sources: FileSource[] = [];
  const open = async (path: string) => {
    const source = await FileSource.open(fs, path);
    sources.push(source);
    return source;
  };
  try {
    const [old, patch, wanted] = [await open(oldPath), await open(patchPath), await open(newPath)];
    const header = await readPatchHeader(patch);
    if (header.newBytes !== wanted.sizeBytes) {
      throw unfit(newPath, `it makes ${header.newBytes} bytes, not ${wanted.sizeBytes}`);
    }
    const limits = { ...options, maxNewBytes: wanted.sizeBytes };
    const reader = new OldReader(old);
    try {
      await makeNew(
        { old: reader, oldName: oldPath, patch, header, limits },
        { sink: comparing(wanted, newPath), phase: "verify", signal, onProgress },
      );
    } finally {
      await reader.close();
    }
  } catch (error) {
    // The patch is our own: that it can't be read is no fault of the caller's.
    if (!hasErrorCode(error, "CORRUPT_PATCH")) throw error;
    throw unfit(newPath, error.message, error);
  } finally {
    await Promise.allSettled(sources.map((source) => source.close()));
  }
}

function comparing(wanted: FileSource, newPath: string): NewSink {
  let room = new Uint8Array();
  return async (bytes, position) => {
    if (room.length < bytes.length) room = new Uint8Array(bytes.length);
    const target = room.subarray(0, bytes.length);
    const got = await wanted.read(position, target);
    if (Buffer.compare(bytes, target.subarray(0, got)) !== 0) {
      throw unfit(newPath, `it makes other bytes behind byte ${position}`);
    }
  };
}

const unfit = (newPath: string, problem: string, cause?: unknown): PatchError =>
  new PatchError(
    "IO_ERROR",
    `the patch that was made does not bring forth ${newPath} (${problem}): were the files changed meanwhile?`,
    { cause },
  );
