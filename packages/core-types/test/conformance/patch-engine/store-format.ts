import type { FileHandle } from "node:fs/promises";
import { PatchError } from "../../../src/index.js";

/** Magic, the new file's size (64 bits, little endian), its SHA-256 digest; then its bytes. */
export interface StoreHeader {
  readonly newBytes: number;
  readonly digest: Buffer;
}

const magic = Buffer.from("K-STORE1");
export const headerBytes = magic.length + 8 + 32;

export async function writeHeader(patch: FileHandle, header: StoreHeader): Promise<void> {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(header.newBytes));
  await patch.write(Buffer.concat([magic, size, header.digest]), 0, headerBytes, 0);
}

/** @throws {PatchError} `UNSUPPORTED_FORMAT`, `CORRUPT_PATCH` */
export async function readHeader(patch: FileHandle, patchBytes: number): Promise<StoreHeader> {
  const bytes = Buffer.alloc(headerBytes);
  const { bytesRead } = await patch.read(bytes, 0, headerBytes, 0);
  if (!bytes.subarray(0, magic.length).equals(magic)) {
    throw new PatchError("UNSUPPORTED_FORMAT", "the patch is no store patch");
  }
  const newBytes = bytes.readBigUInt64LE(magic.length);
  if (bytesRead < headerBytes || newBytes !== BigInt(patchBytes - headerBytes)) {
    throw new PatchError("CORRUPT_PATCH", "the patch is too short or too long");
  }
  return { newBytes: Number(newBytes), digest: bytes.subarray(headerBytes - 32) };
}
