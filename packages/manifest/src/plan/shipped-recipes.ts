import type { FileEntry } from "@potassium/core-types";
import { wholeFile } from "../document/shipped-files.js";
import type { Origin } from "./recipe.js";

/** The ways to make a file of what an update ships of it whole. */
export function shippedRecipes(
  entry: Exclude<FileEntry, { readonly action: "delete" }>,
  update: number,
): readonly Origin[] {
  const { newHash, newSize, packed } = entry;
  const recipes: Origin[] = [];
  if (packed !== undefined) {
    const { file, codec, hash, size: sizeBytes } = packed;
    recipes.push({ kind: "packed", codec, update, file, hash, sizeBytes, newHash, newSize });
  }
  const file = wholeFile(entry);
  if (file !== undefined) {
    recipes.push({
      kind: "whole",
      update,
      file,
      hash: newHash,
      sizeBytes: newSize,
      newHash,
      newSize,
    });
  }
  return recipes;
}
