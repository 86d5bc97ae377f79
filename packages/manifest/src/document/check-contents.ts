import type { FileEntry, Manifest } from "@potassium/core-types";
import type { ManifestProblem } from "./manifest-problem.js";

/** Finds hashes and sizes that can't all be true. */
export function checkContents(manifest: Manifest): readonly ManifestProblem[] {
  const problems: ManifestProblem[] = [];
  const sizes = new Map<string, number>();
  const old = new Map<string, string>();
  for (const { path, oldHash } of manifest.files) if (oldHash !== undefined) old.set(path, oldHash);

  for (const [index, entry] of manifest.files.entries()) {
    const { path } = entry;
    for (const [field, hash, size] of sizesOf(entry)) {
      if (hash === undefined || size === undefined) continue;
      const other = sizes.get(hash);
      if (other === undefined) sizes.set(hash, size);
      else if (other !== size) {
        const problem = `is ${size}, but the file with this hash is also said to have ${other} bytes`;
        problems.push({ field: `files[${index}].${field}`, path, problem });
      }
    }
    const problem = copyProblem(entry, old);
    if (problem !== undefined) problems.push({ field: `files[${index}].copyFrom`, path, problem });
  }
  return problems;
}

function copyProblem(entry: FileEntry, old: ReadonlyMap<string, string>): string | undefined {
  if (entry.action !== "add" || entry.copyFrom === undefined) return undefined;
  const from = old.get(entry.copyFrom);
  if (from === undefined) {
    if (entry.copyFrom !== entry.path) return undefined;
    return "is the file itself, of which no oldHash is given";
  }
  if (from === entry.newHash) return undefined;
  return `${JSON.stringify(entry.copyFrom)} has another hash in the old version than this file`;
}

type Size = readonly [field: string, hash: string | undefined, size: number | undefined];

function sizesOf(entry: FileEntry): readonly Size[] {
  const before: Size = ["oldSize", entry.oldHash, entry.oldSize];
  if (entry.action === "delete") return [before];
  const sizes: Size[] = [before, ["newSize", entry.newHash, entry.newSize]];
  if (entry.packed !== undefined) sizes.push(["packed.size", entry.packed.hash, entry.packed.size]);
  if (entry.action === "patch") sizes.push(["patchSize", entry.patchHash, entry.patchSize]);
  return sizes;
}
