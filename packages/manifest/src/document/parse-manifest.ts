import { type Manifest, ManifestJson, PotassiumError } from "@potassium/core-types";
import { ManifestError } from "../manifest-error.js";
import { checkManifest } from "./check-manifest.js";
import { type ManifestLimits, parseLimits } from "./manifest-limits.js";
import { parseJson } from "./parse-json.js";

/**
 * Reads a manifest's JSON, as the Go library and this one write it, and refuses what is not safe to
 * apply: see `checkManifest`. Who made it is not looked at: `verifySignatures` does, before.
 *
 * @throws `INVALID_MANIFEST` with the `field` at fault, `TOO_LARGE`, `INVALID_ARGUMENT` (limits)
 */
export function parseManifest(bytes: Uint8Array, limits?: ManifestLimits): Manifest {
  const { maxManifestBytes, maxEntries, maxDepth } = parseLimits(limits);
  if (!(bytes instanceof Uint8Array)) {
    throw new ManifestError("INVALID_ARGUMENT", "a manifest is parsed from its bytes", {
      field: "bytes",
    });
  }
  const json = parseJson(bytes, "manifest", {
    maxBytes: maxManifestBytes,
    maxDepth,
    // An entry and what is packed with it, and as much again of fields that a newer library may add.
    maxContainers: 4 * maxEntries + 1024,
  });
  const manifest = decoded(json);
  checkManifest(manifest, { maxEntries });
  return manifest;
}

function decoded(json: unknown): Manifest {
  try {
    return ManifestJson.decode(json);
  } catch (error) {
    if (!(error instanceof PotassiumError)) throw error;
    const { message, field } = error;
    throw new ManifestError("INVALID_MANIFEST", message, { field, cause: error });
  }
}
