import type { Manifest } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import type { Update } from "../open-update.js";

/** The manifest that lists every file of a version. @throws `INVALID_ARGUMENT` where it is none */
export function fullManifest(full: Update | Manifest): Manifest {
  const given = (full ?? {}) as Partial<Update> & Partial<Manifest>;
  const manifest = given.manifest ?? (given as Partial<Manifest>);
  if (!Array.isArray(manifest.files)) {
    throw invalidArgument("full must be an update that openUpdate has given", "full");
  }
  if (manifest.fromVersion !== "") {
    const message = `full must be a full manifest: this one is from version ${manifest.fromVersion}`;
    throw invalidArgument(message, "full");
  }
  return manifest as Manifest;
}
