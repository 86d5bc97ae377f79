import { type FileEntry, type LinkEntry, Manifest } from "@potassium/core-types";
import { describe, expect, test } from "vitest";
import { checkManifest } from "../../src/document/check-manifest.js";
import { hashA, hashB, hashC, leastManifest } from "../fixture/manifests.js";

type Fields = Partial<Manifest>;

const add = (path: string, more: object = {}): FileEntry => ({
  action: "add",
  path,
  newHash: hashB,
  file: `objects/${hashB}`,
  ...more,
});
const gone = (path: string, more: object = {}): FileEntry => ({ action: "delete", path, ...more });
const patch = (path: string, more: object = {}): FileEntry => ({
  action: "patch",
  path,
  oldHash: hashA,
  newHash: hashB,
  patchFile: `${path}.patch`,
  algorithm: "bsdiff",
  ...more,
});
const link = (path: string, target: string, oldTarget?: string): LinkEntry => ({
  action: "add",
  path,
  target,
  ...(oldTarget === undefined ? {} : { oldTarget }),
});
const unlink = (path: string): LinkEntry => ({ action: "delete", path });
const folder = (path: string) => ({ action: "add" as const, path });
const noFolder = (path: string) => ({ action: "delete" as const, path });
const packed = (file: string) => ({ file, codec: "br", hash: hashC, size: 9 });

function check(fields: Fields): void {
  // Each by itself is fine: it is together that they are not.
  checkManifest(Manifest.parse({ ...leastManifest, ...fields }));
}

interface Row {
  readonly fields: Fields;
  readonly field: string;
}

const refused: Readonly<Record<string, Row>> = {
  "a path twice": { fields: { files: [add("a"), add("a")] }, field: "files[1].path" },
  "a path that is deleted and added": {
    fields: { files: [gone("a"), add("a")] },
    field: "files[1].path",
  },
  "a path twice among links": {
    fields: { links: [unlink("a"), link("a", "b")] },
    field: "links[1].path",
  },
  "a path twice among folders": {
    fields: { folders: [folder("a"), noFolder("a")] },
    field: "folders[1].path",
  },
  "paths that differ in case": {
    fields: { files: [add("Readme.txt"), add("README.TXT")] },
    field: "files[1].path",
  },
  "paths that differ in case beyond ASCII": {
    fields: { files: [add("É"), patch("é")] },
    field: "files[1].path",
  },
  "paths that differ in what has no width": {
    fields: { files: [add("ab"), add("a\u200cb")] },
    field: "files[1].path",
  },
  "deleted paths that differ in case": {
    fields: { files: [gone("a"), gone("A")] },
    field: "files[1].path",
  },
  "a patched path beside its deleted twin": {
    fields: { files: [patch("a"), gone("A")] },
    field: "files[1].path",
  },
  "folders of two spellings": {
    fields: { files: [add("data/a"), add("Data/b")] },
    field: "files[1].path",
  },
  "a file where a later one needs a folder": {
    fields: { files: [add("a"), add("a/b")] },
    field: "files[1].path",
  },
  "a file where an earlier one needs a folder": {
    fields: { files: [add("a/b/c"), patch("a")] },
    field: "files[1].path",
  },
  "a file where one needs a folder of another case": {
    fields: { files: [add("A"), add("a/b")] },
    field: "files[1].path",
  },
  "old files one below the other": {
    fields: { files: [gone("a"), gone("a/b")] },
    field: "files[1].path",
  },
  "a link where a file is": {
    fields: { files: [add("a")], links: [link("a", "b")] },
    field: "links[0].path",
  },
  "a link where a file of another case is": {
    fields: { files: [add("a")], links: [link("A", "b")] },
    field: "links[0].path",
  },
  "a file written through a link of the same update": {
    fields: { files: [add("out/a")], links: [link("out", "data")] },
    field: "links[0].path",
  },
  "a link below a link": {
    fields: { links: [link("out", "data"), link("out/a", "b")] },
    field: "links[1].path",
  },
  "a folder below a link": {
    fields: { links: [link("out", "data")], folders: [folder("out/a")] },
    field: "folders[0].path",
  },
  "an old link where an old file is": {
    fields: { files: [gone("a")], links: [unlink("a")] },
    field: "links[0].path",
  },
  "a link in the place of another, where an old file is": {
    fields: { files: [gone("a")], links: [link("a", "b", "c")] },
    field: "links[0].path",
  },
  "a folder where a file is": {
    fields: { files: [add("a")], folders: [folder("a")] },
    field: "folders[0].path",
  },
  "a deleted folder that a new file needs": {
    fields: { files: [add("a/b/c")], folders: [noFolder("a")] },
    field: "folders[0].path",
  },
  "a path in the updater's own folder": {
    fields: { files: [add(".potassium/journal.json")] },
    field: "files[0].path",
  },
  "the updater's own folder in another case": {
    fields: { files: [gone(".Potassium/backup/1")] },
    field: "files[0].path",
  },
  "the updater's own folder as a folder": {
    fields: { folders: [noFolder(".potassium")] },
    field: "folders[0].path",
  },
  "a link into the updater's own folder": {
    fields: { links: [link("a/b", "../.POTASSIUM/stage")] },
    field: "links[0].target",
  },
  "a copy of what the updater keeps": {
    fields: { files: [add("a", { copyFrom: ".potassium/stage/x" })] },
    field: "files[0].copyFrom",
  },
  "a patch with the manifest's name": {
    fields: { files: [patch("a", { patchFile: "Manifest.JSON" })] },
    field: "files[0].patchFile",
  },
  "a whole file with the signatures' name": {
    fields: { files: [add("a", { file: "manifest.json.sig" })] },
    field: "files[0].file",
  },
  "a packed file with the keys' name": {
    fields: { files: [add("a", { packed: packed("keys.json") })] },
    field: "files[0].packed.file",
  },
  "a patch in the updater's own folder": {
    fields: { files: [patch("a", { patchFile: ".potassium/a" })] },
    field: "files[0].patchFile",
  },
  "patches that differ in case": {
    fields: { files: [patch("a", { patchFile: "p" }), patch("b", { patchFile: "P" })] },
    field: "files[1].patchFile",
  },
  "a patch where another needs a folder": {
    fields: { files: [patch("a", { patchFile: "p" }), patch("b", { patchFile: "p/q" })] },
    field: "files[1].patchFile",
  },
  "one patch with two hashes": {
    fields: {
      files: [
        patch("a", { patchFile: "p", patchHash: hashA }),
        patch("b", { patchFile: "p", patchHash: hashB }),
      ],
    },
    field: "files[1].patchFile",
  },
  "a patch that is also another's whole file": {
    fields: {
      files: [add("a", { file: "p" }), patch("b", { patchFile: "p", patchHash: hashA })],
    },
    field: "files[1].patchFile",
  },
  "a path that is too long below new/": {
    fields: {
      files: [
        {
          action: "add",
          path: Array.from({ length: 5 }, () => "x".repeat(204)).join("/"),
          newHash: hashB,
        },
      ],
    },
    field: "files[0].path",
  },
  "one hash with two sizes": {
    fields: { files: [add("a", { newSize: 1 }), add("b", { newSize: 2 })] },
    field: "files[1].newSize",
  },
  "an old size that isn't the new one's of the same bytes": {
    fields: { files: [add("a", { newSize: 1 }), gone("b", { oldHash: hashB, oldSize: 2 })] },
    field: "files[1].oldSize",
  },
  "a copy of other bytes": {
    fields: { files: [add("a", { copyFrom: "b" }), gone("b", { oldHash: hashA })] },
    field: "files[0].copyFrom",
  },
  "a copy of itself without its hash": {
    fields: { files: [add("a", { copyFrom: "a" })] },
    field: "files[0].copyFrom",
  },
  "a copy of itself with other bytes": {
    fields: { files: [add("a", { copyFrom: "a", oldHash: hashA })] },
    field: "files[0].copyFrom",
  },
  "a patch in a full manifest": {
    fields: { fromVersion: "", files: [patch("a")] },
    field: "files[0].action",
  },
  "a deletion in a full manifest": {
    fields: { fromVersion: "", folders: [noFolder("a")] },
    field: "folders[0].action",
  },
  "an old hash in a full manifest": {
    fields: { fromVersion: "", files: [add("a", { oldHash: hashA })] },
    field: "files[0].oldHash",
  },
  "a copy in a full manifest": {
    fields: { fromVersion: "", files: [add("a", { copyFrom: "b" })] },
    field: "files[0].copyFrom",
  },
  "no version to come to": { fields: { toVersion: "" }, field: "toVersion" },
  "a version with a control character": { fields: { toVersion: "1\n2" }, field: "toVersion" },
  "a version that is too long": { fields: { fromVersion: "1".repeat(256) }, field: "fromVersion" },
};

describe("checkManifest refuses", () => {
  for (const [what, { fields, field }] of Object.entries(refused)) {
    test(what, () => {
      expect(() => check(fields)).toThrow(
        expect.objectContaining({ name: "ManifestError", code: "INVALID_MANIFEST", field }),
      );
    });
  }
});

const taken: Readonly<Record<string, Fields>> = {
  "a file whose name changes its case": {
    files: [gone("Readme.txt", { oldHash: hashB }), add("README.txt", { copyFrom: "Readme.txt" })],
  },
  "a folder whose name changes its case": {
    files: [gone("Data/a", { oldHash: hashB }), add("data/a", { copyFrom: "Data/a" })],
    folders: [noFolder("Data")],
  },
  "a file that becomes a link": { files: [gone("a")], links: [link("a", "b")] },
  "a link that becomes a file": { files: [add("a")], links: [unlink("a")] },
  "a file that becomes a folder": { files: [gone("a"), add("a/b")] },
  "a folder that becomes a file": { files: [gone("a/b"), add("a")], folders: [noFolder("a")] },
  "a link that becomes a folder": { files: [add("a/b")], links: [unlink("a")] },
  "a folder that becomes a link": {
    files: [gone("a/b")],
    links: [link("a", "c")],
    folders: [noFolder("a")],
  },
  "a link that leads elsewhere than before": { links: [link("a", "c", "b")] },
  "a change of the executable bit alone": {
    files: [add("a", { oldHash: hashB, copyFrom: "a", executable: true })],
  },
  "the same shipped file for two paths": {
    files: [add("a", { newSize: 3 }), add("b", { newSize: 3 })],
  },
  "entries as the Go library writes them": {
    files: [{ action: "add", path: "a", newHash: hashB }, patch("b"), gone("c")],
  },
  "a full manifest": {
    fromVersion: "",
    files: [add("a")],
    links: [link("b", "a")],
    folders: [folder("c")],
  },
};

describe("checkManifest takes", () => {
  for (const [what, fields] of Object.entries(taken)) {
    test(what, () => {
      expect(() => check(fields)).not.toThrow();
    });
  }
});

test("checkManifest tells all that it found, up to a hundred", () => {
  const files = Array.from({ length: 150 }, (_, index) => add(`.potassium/${index}`));
  expect(() => check({ files })).toThrow(
    expect.objectContaining({
      path: ".potassium/0",
      message: expect.stringMatching(/^invalid manifest: files\[0\]\.path: .* \(and 149 more\)$/),
      problems: expect.objectContaining({ length: 100 }),
    }),
  );
});
