import { expect, test } from "vitest";
import { Manifest, ManifestJson } from "../../src/index.js";
import { manifest } from "../arbitrary/manifest.js";
import { expectRoundTrip } from "../round-trip.js";
import { schemaTable } from "../schema-table.js";

const [oldHash, newHash] = ["a".repeat(64), "b".repeat(64)];
const least = {
  fromVersion: "1.0.0",
  toVersion: "1.1.0",
  created: "2026-01-02T03:04:05Z",
  files: [],
};

schemaTable("Manifest", Manifest, {
  accepts: [least, { ...least, files: [{ action: "delete", path: "a", oldHash }] }],
  rejects: [
    [[], ""],
    [{ ...least, fromVersion: 1 }, "fromVersion"],
    [{ ...least, toVersion: undefined }, "toVersion"],
    [{ ...least, created: "yesterday" }, "created"],
    [{ ...least, files: null }, "files"],
    [
      {
        ...least,
        files: [
          { action: "delete", path: "a" },
          { action: "add", path: "b" },
        ],
      },
      "files[1].newHash",
    ],
    [{ ...least, files: [{ action: "delete", path: "CON" }] }, "files[0].path"],
    [{ ...least, signature: "x" }, "signature"],
  ],
});

/** What `json.MarshalIndent(m, "", "  ")` gives for a manifest with one entry of each kind. */
const writtenByGo = `{
  "from_version": "1.0.0",
  "to_version": "1.1.0",
  "created": "2026-01-02T03:04:05.123456789Z",
  "files": [
    {
      "path": "game.exe",
      "action": "patch",
      "old_hash": "${oldHash}",
      "new_hash": "${newHash}",
      "patch_file": "game.exe.patch",
      "algorithm": "hdiff"
    },
    {
      "path": "data/new.pak",
      "action": "add",
      "new_hash": "${newHash}"
    },
    {
      "path": "data/old.pak",
      "action": "delete"
    }
  ]
}`;

test("ManifestJson reads a manifest of the Go library, and writes it byte for byte", () => {
  const value = ManifestJson.decode(JSON.parse(writtenByGo));
  expect(value).toStrictEqual({
    fromVersion: "1.0.0",
    toVersion: "1.1.0",
    created: "2026-01-02T03:04:05.123456789Z",
    files: [
      {
        action: "patch",
        path: "game.exe",
        oldHash,
        newHash,
        patchFile: "game.exe.patch",
        algorithm: "hdiff",
      },
      { action: "add", path: "data/new.pak", newHash },
      { action: "delete", path: "data/old.pak" },
    ],
  });
  expect(JSON.stringify(ManifestJson.encode(value), null, 2)).toBe(writtenByGo);
});

test("ManifestJson reads null files, as Go writes a list that was never made", () => {
  const json = { from_version: "1", to_version: "2", created: least.created, files: null };
  expect(ManifestJson.decode(json).files).toEqual([]);
});

test("ManifestJson reads an entry's empty fields as left out", () => {
  const entry = {
    path: "a",
    action: "delete",
    old_hash: "",
    new_hash: "",
    patch_file: "",
    algorithm: "",
  };
  const json = { from_version: "1", to_version: "2", created: least.created, files: [entry] };
  expect(ManifestJson.decode(json).files).toStrictEqual([{ action: "delete", path: "a" }]);
});

test("ManifestJson leaves out what it doesn't know, at any depth", () => {
  const files = [{ path: "a", action: "add", new_hash: newHash, mode: 0o755 }];
  const json = { from_version: "1", to_version: "2", created: least.created, files, sequence: 7 };
  expect(ManifestJson.decode(json).files).toStrictEqual([{ action: "add", path: "a", newHash }]);
});

test.each([
  [{ path: "a", action: "rename" }, "files[0].action"],
  [{ path: "../a", action: "delete" }, "files[0].path"],
  [
    { path: "a", action: "patch", new_hash: newHash, patch_file: "p", algorithm: "x" },
    "files[0].oldHash",
  ],
  [{ path: "a", action: "add", new_hash: "zz" }, "files[0].newHash"],
  [{ action: "delete" }, "files[0].path"],
  ["a", "files[0]"],
])("ManifestJson refuses the entry %o and names %s", (entry, field) => {
  const json = { from_version: "1", to_version: "2", created: least.created, files: [entry] };
  expect(() => ManifestJson.decode(json)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
  );
});

test("ManifestJson reads what it writes", () => {
  expectRoundTrip(ManifestJson, manifest);
});
