import * as fc from "fast-check";
import { Manifest, relativePathProblem } from "../../src/index.js";
import { anyText, sha256, timestamp } from "./text.js";

const path = fc
  .oneof(
    fc.stringMatching(/^[a-z0-9_. -]{1,9}(?:\/[a-z0-9_. -]{1,9}){0,3}$/),
    fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 12 }),
  )
  .filter((text) => relativePathProblem(text) === undefined);

const algorithm = fc.constantFrom("bsdiff", "hdiff");

const entry = fc.oneof(
  fc.record(
    { action: fc.constant("add"), path, newHash: sha256, oldHash: sha256 },
    { requiredKeys: ["action", "path", "newHash"] },
  ),
  fc.record({
    action: fc.constant("patch"),
    path,
    oldHash: sha256,
    newHash: sha256,
    patchFile: path,
    algorithm,
  }),
  fc.record(
    { action: fc.constant("delete"), path, oldHash: sha256 },
    { requiredKeys: ["action", "path"] },
  ),
);

/** Manifests that the schema takes. */
export const manifest: fc.Arbitrary<Manifest> = fc
  .record({
    fromVersion: anyText,
    toVersion: anyText,
    created: timestamp,
    files: fc.array(entry, { maxLength: 5 }),
  })
  .map((value) => Manifest.parse(value));
