import { expect, test } from "vitest";
import { ManifestJson } from "../../src/index.js";
import { manifest } from "../arbitrary/manifest.js";
import { expectRoundTrip } from "../round-trip.js";

const [oldHash, newHash] = ["a".repeat(64), "b".repeat(64)];
const least = { created: "2026-01-02T03:04:05Z" };

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

/** The same, with every field that this library adds after Go's. */
const written = {
  from_version: "1.0.0",
  to_version: "1.1.0",
  created: least.created,
  files: [
    {
      path: "game.exe",
      action: "patch",
      old_hash: oldHash,
      new_hash: newHash,
      patch_file: "game.exe.patch",
      algorithm: "hdiff",
      old_size: 0,
      new_size: 10,
      executable: false,
      file: "new/game.exe",
      packed: { file: "packed/game.exe.br", codec: "br", hash: oldHash, size: 7 },
      patch_hash: oldHash,
      patch_size: 5,
    },
    {
      path: "b",
      action: "add",
      old_hash: oldHash,
      new_hash: newHash,
      old_size: 4,
      new_size: 0,
      executable: true,
      file: "objects/bb",
      copy_from: "a",
      packed: { file: "packed/b.br", codec: "br", hash: oldHash, size: 0 },
    },
    { path: "a", action: "delete", old_hash: oldHash, old_size: 0 },
  ],
  schema_version: 1,
  product: "skywars",
  platform: "linux-x64",
  channel: "stable",
  sequence: 0,
  expires: "2027-01-02T03:04:05Z",
  links: [
    { path: "current", action: "add", target: "data/2", old_target: "data/1" },
    { path: "old", action: "delete", old_target: "data/0" },
  ],
  folders: [
    { path: "saves", action: "add" },
    { path: "logs", action: "delete" },
  ],
};

test("ManifestJson writes its own fields after Go's, in their order, and reads them back", () => {
  const value = ManifestJson.decode(written);
  expect(value.files[0]).toMatchObject({ oldSize: 0, executable: false, patchSize: 5 });
  expect(value).toMatchObject({ sequence: 0, schemaVersion: 1, platform: "linux-x64" });
  expect(JSON.stringify(ManifestJson.encode(value))).toBe(JSON.stringify(written));
});

test.each([
  [{ schema_version: 2 }, "schemaVersion"],
  [{ schema_version: "1" }, "schema_version"],
  [{ sequence: 1.5 }, "sequence"],
  [{ links: [{ path: "a", action: "replace", target: "b" }] }, "links[0].action"],
  [{ links: [{ path: "a/b", action: "add", target: "../../etc" }] }, "links[0].target"],
  [{ folders: [{ path: "a", action: "empty" }] }, "folders[0].action"],
])("ManifestJson refuses %o and names %s", (fields, field) => {
  expect(() => ManifestJson.decode({ ...written, ...fields })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
  );
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
  const packed = { file: "p", codec: "br", hash: oldHash, size: 7 };
  const json = {
    from_version: "1",
    to_version: "2",
    created: least.created,
    mirrors: [],
    files: [
      { path: "a", action: "add", new_hash: newHash, mode: 0o755, packed: { ...packed, level: 9 } },
    ],
    links: [{ path: "b", action: "delete", owner: 1 }],
    folders: [{ path: "c", action: "add", mode: 0o700 }],
  };
  expect(ManifestJson.decode(json)).toStrictEqual({
    fromVersion: "1",
    toVersion: "2",
    created: least.created,
    files: [{ action: "add", path: "a", newHash, packed }],
    links: [{ action: "delete", path: "b" }],
    folders: [{ action: "add", path: "c" }],
  });
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
  [{ path: "a", action: "add", new_hash: newHash, new_size: -1 }, "files[0].newSize"],
  [{ path: "a", action: "add", new_hash: newHash, new_size: "7" }, "files[0].new_size"],
  [{ path: "a", action: "add", new_hash: newHash, packed: { file: "b" } }, "files[0].packed.codec"],
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
