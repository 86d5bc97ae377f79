import { ManifestJson } from "@potassium/core-types";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ManifestError, parseManifest } from "../../src/index.js";
import { bytesOf, hashA, hashB, least } from "../fixture/manifests.js";

const added = { path: "a", action: "add", new_hash: hashA };
const patched = {
  path: "a",
  action: "patch",
  old_hash: hashA,
  new_hash: hashB,
  patch_file: "a.patch",
  algorithm: "bsdiff",
};

/** Attacks that an entry of a manifest can be, and the field that is named. */
const hostileEntries: readonly (readonly [what: string, entry: unknown, field: string])[] = [
  ...["../a", "a/../b", ".", "", "a//b", "a/", "/a", "/etc/passwd"].map(
    (path) => ["leads elsewhere", { ...added, path }, "files[0].path"] as const,
  ),
  ...["C:x", "C:/x", "\\\\srv\\s", "\\\\?\\C:\\x", "\\\\.\\pipe\\x", "//srv/s", "a\\b", "a:b"].map(
    (path) => ["is absolute or a stream on Windows", { ...added, path }, "files[0].path"] as const,
  ),
  ...["a\0b", "a\nb", "a<b", "a|b", "a?", "a*", 'a"', "a.", "a ", "\ud800"].map(
    (path) => ["has what no name may have", { ...added, path }, "files[0].path"] as const,
  ),
  ...["CON", "nul.txt", "a/COM1.log", "lpt¹", "CONIN$", "GAME~1", "e\u0301"].map(
    (path) => ["is another name on some system", { ...added, path }, "files[0].path"] as const,
  ),
  ...["x".repeat(256), "x/".repeat(64).concat("x"), "x".repeat(250).concat("/y").repeat(5)].map(
    (path) => ["is too long or too deep", { ...added, path }, "files[0].path"] as const,
  ),
  ...["../a", "/a", "C:\\a", "http://a/b", "a/../../b"].map(
    (patch_file) =>
      ["has a patch from elsewhere", { ...patched, patch_file }, "files[0].patchFile"] as const,
  ),
  ["has a whole file from elsewhere", { ...added, file: "../../etc/shadow" }, "files[0].file"],
  ["copies from elsewhere", { ...added, copy_from: "/etc/shadow" }, "files[0].copyFrom"],
  ["has an unknown action", { ...added, action: "replace" }, "files[0].action"],
  ["has an inherited action", { ...added, action: "constructor" }, "files[0].action"],
  ["has no action", { path: "a" }, "files[0].action"],
  ["has a hash of another kind", { ...added, new_hash: "d41d8cd98f" }, "files[0].newHash"],
  ["has a hash with more behind it", { ...added, new_hash: `${hashA}\n` }, "files[0].newHash"],
  ["has a negative size", { ...added, new_size: -1 }, "files[0].newSize"],
  ["has a size beyond 2^53", { ...added, new_size: 1e300 }, "files[0].newSize"],
  ["has a size that is text", { ...added, new_size: "7" }, "files[0].new_size"],
  [
    "is packed by an unknown codec",
    { ...added, packed: { file: "p", codec: "lzma", hash: hashA, size: 1 } },
    "files[0].packed.codec",
  ],
];

describe("parseManifest refuses an entry that", () => {
  test.each(hostileEntries)("%s: %j", (_, entry, field) => {
    expect(() => parseManifest(bytesOf({ files: [entry] }))).toThrow(
      expect.objectContaining({ name: "ManifestError", code: "INVALID_MANIFEST", field }),
    );
  });
});

const bytes = (text: string) => new TextEncoder().encode(text);

const hostileBytes: Readonly<Record<string, readonly [Uint8Array, string]>> = {
  nothing: [bytes(""), "INVALID_MANIFEST"],
  "no JSON": [bytes("<html>404</html>"), "INVALID_MANIFEST"],
  "JSON that is cut short": [bytesOf().subarray(0, 40), "INVALID_MANIFEST"],
  "JSON with more behind it": [bytes(`${JSON.stringify(least)}{}`), "INVALID_MANIFEST"],
  "bytes that are no UTF-8": [
    bytesOf({ product: "?" }).map((byte) => (byte === 0x3f ? 0xff : byte)),
    "INVALID_MANIFEST",
  ],
  "a list": [bytes("[]"), "INVALID_MANIFEST"],
  null: [bytes("null"), "INVALID_MANIFEST"],
  "a key __proto__": [
    bytes(`{"__proto__":{"fromVersion":"1"},${JSON.stringify(least).slice(1)}`),
    "INVALID_MANIFEST",
  ],
  "a key __proto__ in an entry": [
    bytes(JSON.stringify({ ...least, files: ["X"] }).replace('"X"', '{"__proto__":{"path":"a"}}')),
    "INVALID_MANIFEST",
  ],
  "a newer schema version": [bytesOf({ schema_version: 2 }), "INVALID_MANIFEST"],
  "a schema version that is none": [bytesOf({ schema_version: 0 }), "INVALID_MANIFEST"],
  "lists in lists without end": [bytes("[".repeat(1_000_000)), "INVALID_MANIFEST"],
  "deep nesting in a field that is not known": [
    bytesOf({ more: JSON.parse(`${"[".repeat(40)}${"]".repeat(40)}`) }),
    "INVALID_MANIFEST",
  ],
  "a link out of the tree": [
    bytesOf({ links: [{ path: "a/b", action: "add", target: "../../etc" }] }),
    "INVALID_MANIFEST",
  ],
  "a link to an absolute path": [
    bytesOf({ links: [{ path: "a", action: "add", target: "/etc" }] }),
    "INVALID_MANIFEST",
  ],
  "a date that is none": [bytesOf({ expires: "2026-02-30T00:00:00Z" }), "INVALID_MANIFEST"],
};

describe("parseManifest refuses", () => {
  for (const [what, [given, code]] of Object.entries(hostileBytes)) {
    test(what, () => {
      expect(() => parseManifest(given)).toThrow(
        expect.objectContaining({ name: "ManifestError", code }),
      );
    });
  }
});

test("parseManifest pollutes no prototype", () => {
  const text = JSON.stringify(least).replace("{", '{"__proto__":{"polluted":true},');
  expect(() => parseManifest(bytes(text))).toThrow(ManifestError);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test("the limits are options, and what is within them is taken", () => {
  const files = [added, { ...added, path: "b" }];
  const given = bytesOf({ files });
  const tooLarge = expect.objectContaining({ code: "TOO_LARGE" });
  expect(() => parseManifest(given, { maxManifestBytes: given.length - 1 })).toThrow(tooLarge);
  expect(() => parseManifest(given, { maxEntries: 1 })).toThrow(tooLarge);
  expect(() => parseManifest(given, { maxDepth: 2 })).toThrow(
    expect.objectContaining({ code: "INVALID_MANIFEST" }),
  );
  const limits = { maxManifestBytes: given.length, maxEntries: 2, maxDepth: 3 };
  expect(parseManifest(given, limits).files).toHaveLength(2);
});

test("links and folders count as entries", () => {
  const fields = {
    links: [{ path: "a", action: "delete" }],
    folders: [{ path: "b", action: "add" }],
  };
  expect(() => parseManifest(bytesOf(fields), { maxEntries: 1 })).toThrow(
    expect.objectContaining({ code: "TOO_LARGE" }),
  );
});

test("a small text that would be a mountain of objects is refused before it is parsed", () => {
  const text = JSON.stringify(least).replace("{", `{"more":[${"{},".repeat(10_000)}{}],`);
  expect(() => parseManifest(bytes(text), { maxEntries: 100 })).toThrow(
    expect.objectContaining({ code: "TOO_LARGE" }),
  );
});

test.each([[{ maxEntries: -1 }], [{ maxBytes: 1 }], [{ maxDepth: Number.NaN }]])(
  "wrong limits are the caller's fault: %j",
  (limits) => {
    expect(() => parseManifest(bytesOf(), limits as object)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  },
);

test("fields of a newer library are passed over", () => {
  const manifest = parseManifest(
    bytesOf({ mirrors: ["a"], files: [{ ...added, delta: { of: "b" } }] }),
  );
  expect(manifest.files).toStrictEqual([{ action: "add", path: "a", newHash: hashA }]);
});

test("whatever the bytes are, parseManifest gives a manifest that it takes again, or a ManifestError", () => {
  const seed = JSON.stringify({
    ...least,
    files: [
      patched,
      { ...added, path: "b", packed: { file: "p", codec: "br", hash: hashA, size: 1 } },
    ],
    links: [{ path: "l", action: "add", target: "b" }],
    schema_version: 1,
  });
  const edit = fc.tuple(
    fc.nat(seed.length),
    fc.nat(12),
    fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom("../", "[", "{}", '"', "null", "-1", "__proto__", "\\u0000", "1e999"),
    ),
  );
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      let text = seed;
      for (const [at, length, put] of edits)
        text = text.slice(0, at) + put + text.slice(at + length);
      try {
        const manifest = parseManifest(bytes(text));
        const again = bytes(JSON.stringify(ManifestJson.encode(manifest)));
        expect(parseManifest(again)).toEqual(manifest);
      } catch (error) {
        if (!(error instanceof ManifestError)) throw error;
      }
    }),
    { numRuns: 3000 },
  );
});
