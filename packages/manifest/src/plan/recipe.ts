import type { Sha256Hex } from "@potassium/core-types";

/** A file in the folder of an update. */
export interface ShippedPart {
  /** Which update's: its place in the plan's `updates`. */
  readonly update: number;
  /** Below the update's folder. */
  readonly file: string;
  /** SHA-256 of its bytes, where the manifest says it. */
  readonly hash?: Sha256Hex | undefined;
  readonly sizeBytes?: number | undefined;
}

/** A content that a step brings forth. */
export interface MadeContent {
  readonly newHash: Sha256Hex;
  readonly newSize?: number | undefined;
}

/** A file's whole content, from one place. */
export type Origin =
  /** A file of the version that is installed. */
  | {
      readonly kind: "copy";
      readonly from: string;
      readonly newHash: Sha256Hex;
      readonly newSize?: number | undefined;
    }
  | ({ readonly kind: "whole" } & ShippedPart & MadeContent)
  /** Compressed. */
  | ({ readonly kind: "packed"; readonly codec: "br" } & ShippedPart & MadeContent);

/** A patch, and what it makes of what was there before. */
export type PatchStep = { readonly algorithm: string } & ShippedPart & MadeContent;

/** How a file of the new version is made: of one origin, or of one and patches on it, one after another. */
export type Recipe =
  | Origin
  | { readonly kind: "patch"; readonly base: Origin; readonly steps: readonly PatchStep[] };

/** What is downloaded for a recipe, in the order of its use. */
export function partsOf(recipe: Recipe): readonly (ShippedPart & Partial<PatchStep>)[] {
  switch (recipe.kind) {
    case "copy":
      return [];
    case "whole":
    case "packed":
      return [recipe];
    case "patch":
      return [...partsOf(recipe.base), ...recipe.steps];
    default:
      return recipe satisfies never;
  }
}

/** The same for two parts that are the same bytes, so that they are downloaded once. */
export const partKey = ({ update, file, hash }: ShippedPart): string => hash ?? `${update}/${file}`;

/** How many bytes are downloaded for a recipe. Patches of unknown size count as nothing, whole files as endless. */
export function downloadOf(recipe: Recipe): number {
  let bytes = 0;
  for (const { sizeBytes, algorithm } of partsOf(recipe)) {
    bytes += sizeBytes ?? (algorithm === undefined ? Number.POSITIVE_INFINITY : 0);
  }
  return bytes;
}

/** Puts one more patch onto each of the ways to make a file. */
export function patched(recipes: readonly Recipe[], step: PatchStep): readonly Recipe[] {
  return recipes.map((recipe) =>
    recipe.kind === "patch"
      ? { ...recipe, steps: [...recipe.steps, step] }
      : { kind: "patch", base: recipe, steps: [step] },
  );
}
