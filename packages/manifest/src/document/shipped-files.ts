import type { FileEntry } from "@potassium/core-types";

/** A file that an entry of a manifest needs from the update's folder. */
export interface ShippedFile {
  /** Which field of the entry names it: "packed.file". */
  readonly field: string;
  /** Where it is, below the update's folder. */
  readonly file: string;
  readonly hash?: string | undefined;
  readonly sizeBytes?: number | undefined;
}

/** Where the whole new file is shipped, below the update's folder, if it is. */
export function wholeFile(entry: FileEntry): string | undefined {
  if (entry.action === "delete") return undefined;
  if (entry.file !== undefined || entry.action === "patch") return entry.file;
  if (entry.copyFrom !== undefined || entry.packed !== undefined) return undefined;
  return `new/${entry.path}`;
}

/** What the update's folder holds for an entry: the patch, the whole file and the compressed one, as far as shipped. */
export function shippedFiles(entry: FileEntry): readonly ShippedFile[] {
  if (entry.action === "delete") return [];
  const shipped: ShippedFile[] = [];
  if (entry.action === "patch") {
    const { patchFile: file, patchHash: hash, patchSize: sizeBytes } = entry;
    shipped.push({ field: "patchFile", file, hash, sizeBytes });
  }
  const whole = wholeFile(entry);
  if (whole !== undefined) {
    const field = entry.file === undefined ? "path" : "file";
    shipped.push({ field, file: whole, hash: entry.newHash, sizeBytes: entry.newSize });
  }
  if (entry.packed !== undefined) {
    const { file, hash, size: sizeBytes } = entry.packed;
    shipped.push({ field: "packed.file", file, hash, sizeBytes });
  }
  return shipped;
}
