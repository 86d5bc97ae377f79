import { optionNames, parseOptions, shownValue } from "@potassium/core-types";
import { ManifestError } from "../manifest-error.js";

/** How much of a manifest is read before it is refused. */
export interface ManifestLimits {
  /** Bytes of manifest.json. @default 64 MiB */
  readonly maxManifestBytes?: number | undefined;
  /** Files, links and folders together. @default 1,000,000 */
  readonly maxEntries?: number | undefined;
  /** How deep objects and lists of the JSON may be nested. @default 32 */
  readonly maxDepth?: number | undefined;
}

const names = optionNames<ManifestLimits>({
  maxManifestBytes: true,
  maxEntries: true,
  maxDepth: true,
});

type CheckedLimits = { readonly [Name in keyof ManifestLimits]-?: number };

/** The limits with their defaults. @throws `INVALID_ARGUMENT` */
export function parseLimits(limits: ManifestLimits | undefined): CheckedLimits {
  parseOptions(limits, names, invalid, "limits");
  return {
    maxManifestBytes: limit("maxManifestBytes", limits?.maxManifestBytes, 64 * 2 ** 20),
    maxEntries: limit("maxEntries", limits?.maxEntries, 1_000_000),
    maxDepth: limit("maxDepth", limits?.maxDepth, 32),
  };
}

function limit(name: string, value: number | undefined, byDefault: number): number {
  if (value === undefined) return byDefault;
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(`invalid limits: ${name}: must be a whole number, not ${shownValue(value)}`, name);
}

const invalid = (message: string, field: string) =>
  new ManifestError("INVALID_ARGUMENT", message, {
    field: field === "limits" ? field : `limits.${field}`,
  });
