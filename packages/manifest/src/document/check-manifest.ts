import { Identifier, type Manifest } from "@potassium/core-types";
import { ManifestError } from "../manifest-error.js";
import { checkContents } from "./check-contents.js";
import { checkPrivatePaths } from "./check-private-paths.js";
import { checkShippedFiles } from "./check-shipped-files.js";
import { checkTrees } from "./check-trees.js";
import { type ManifestLimits, parseLimits } from "./manifest-limits.js";
import { type ManifestProblem, manifestError } from "./manifest-problem.js";

/**
 * Refuses a manifest whose entries, each fine by itself, must not stand together: on any system, also where
 * this one would take them. The schema has looked at each path before.
 *
 * @throws `INVALID_MANIFEST` with all that was found in `problems`, `TOO_LARGE`
 */
export function checkManifest(
  manifest: Manifest,
  limits?: Pick<ManifestLimits, "maxEntries">,
): void {
  const { maxEntries } = parseLimits(limits);
  const { files, links = [], folders = [] } = manifest;
  const entries = files.length + links.length + folders.length;
  if (entries > maxEntries) {
    const message = `the manifest has ${entries} entries, more than ${maxEntries}`;
    throw new ManifestError("TOO_LARGE", message, { field: "files" });
  }
  const problems = [
    ...checkVersions(manifest),
    ...checkPrivatePaths(manifest),
    ...checkTrees(manifest),
    ...checkShippedFiles(manifest),
    ...checkContents(manifest),
    ...(manifest.fromVersion === "" ? checkFull(manifest) : []),
  ];
  if (problems.length > 0) throw manifestError(problems);
}

function* checkVersions({ fromVersion, toVersion }: Manifest): Generator<ManifestProblem> {
  const problem = "must be 1 to 255 characters, none of them a control character";
  if (fromVersion !== "" && !Identifier.safeParse(fromVersion).success) {
    yield { field: "fromVersion", path: "", problem };
  }
  if (!Identifier.safeParse(toVersion).success) yield { field: "toVersion", path: "", problem };
}

/** A full manifest has no old version that its entries could speak of. */
function* checkFull({ files, links = [], folders = [] }: Manifest): Generator<ManifestProblem> {
  for (const [list, entries] of Object.entries({ files, links, folders })) {
    for (const [index, { action, path }] of entries.entries()) {
      if (action === "add") continue;
      const problem = `a full manifest, from no version, has no "${action}"`;
      yield { field: `${list}[${index}].action`, path, problem };
    }
  }
  for (const [index, entry] of files.entries()) {
    if (entry.action !== "add") continue;
    for (const field of ["oldHash", "copyFrom"] as const) {
      if (entry[field] === undefined) continue;
      const problem = "a full manifest, from no version, has no old files";
      yield { field: `files[${index}].${field}`, path: entry.path, problem };
    }
  }
}
