import * as fc from "fast-check";
import { LinkEntry, Manifest, relativePathProblem } from "../../src/index.js";
import { anyText, identifier, sha256, timestamp } from "./text.js";

const path = fc
  .oneof(
    fc.stringMatching(/^[a-z0-9_. -]{1,9}(?:\/[a-z0-9_. -]{1,9}){0,3}$/),
    fc.string({ unit: "grapheme-composite", minLength: 1, maxLength: 12 }),
  )
  .filter((text) => relativePathProblem(text) === undefined);

const algorithm = fc.constantFrom("bsdiff", "hdiff");
const size = fc.oneof(fc.constantFrom(0, 2 ** 53 - 1), fc.nat());
const packed = fc.record({ file: path, codec: fc.constant("br"), hash: sha256, size });
const newFile = { oldSize: size, newSize: size, executable: fc.boolean(), file: path, packed };

const entry = fc.oneof(
  fc.record(
    {
      action: fc.constant("add"),
      path,
      newHash: sha256,
      oldHash: sha256,
      copyFrom: path,
      ...newFile,
    },
    { requiredKeys: ["action", "path", "newHash"] },
  ),
  fc.record(
    {
      action: fc.constant("patch"),
      path,
      oldHash: sha256,
      newHash: sha256,
      patchFile: path,
      algorithm,
      patchHash: sha256,
      patchSize: size,
      ...newFile,
    },
    { requiredKeys: ["action", "path", "oldHash", "newHash", "patchFile", "algorithm"] },
  ),
  fc.record(
    { action: fc.constant("delete"), path, oldHash: sha256, oldSize: size },
    { requiredKeys: ["action", "path"] },
  ),
);

const link = fc
  .oneof(
    fc.record(
      {
        action: fc.constant("add" as const),
        path,
        target: fc.oneof(
          path,
          path.map((text) => `../${text}`),
        ),
        oldTarget: path,
      },
      { requiredKeys: ["action", "path", "target"] },
    ),
    fc.record(
      { action: fc.constant("delete" as const), path, oldTarget: path },
      { requiredKeys: ["action", "path"] },
    ),
  )
  .filter((value) => LinkEntry.safeParse(value).success);

const folder = fc.record({ action: fc.constantFrom("add", "delete"), path });

/** Manifests that the schema takes. */
export const manifest: fc.Arbitrary<Manifest> = fc
  .record(
    {
      fromVersion: anyText,
      toVersion: anyText,
      created: timestamp,
      files: fc.array(entry, { maxLength: 5 }),
      schemaVersion: fc.constant(1),
      product: identifier,
      platform: identifier,
      channel: identifier,
      sequence: size,
      expires: timestamp,
      links: fc.array(link, { maxLength: 3 }),
      folders: fc.array(folder, { maxLength: 3 }),
    },
    { requiredKeys: ["fromVersion", "toVersion", "created", "files"] },
  )
  .map((value) => Manifest.parse(value));
