import { describe, expect, test } from "vitest";
import { parseManifest } from "../../src/document/parse-manifest.js";
import { bytesOf, hashA, hashB } from "../fixture/manifests.js";

const add = (path: string, more: object = {}) => ({
  path,
  action: "add",
  new_hash: hashB,
  file: "f",
  ...more,
});
const patch = (more: object) => ({
  path: "a",
  action: "patch",
  old_hash: hashA,
  new_hash: hashB,
  patch_file: "p",
  algorithm: "bsdiff",
  ...more,
});
const link = (target: string, path = "in/link") => ({ path, action: "add", target });

const control = Array.from({ length: 32 }, (_, code) => `a${String.fromCharCode(code)}b`);
const devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM¹", "COM²", "COM³", "LPT¹"];
for (let digit = 0; digit < 10; digit++) devices.push(`COM${digit}`, `LPT${digit}`);

const unsafePaths: Readonly<Record<string, readonly string[]>> = {
  "`..`, `.`, empty segment, leading or trailing `/`": [
    "..",
    "../a",
    "a/..",
    "a/../b",
    ".",
    "./a",
    "a/.",
    "a/./b",
    "",
    "a//b",
    "/",
    "a/",
    "/a",
  ],
  "absolute, `C:x`, `\\\\srv\\s`, any backslash, any `:`": [
    "/etc/passwd",
    "C:x",
    "C:/x",
    "c:\\x",
    "\\\\srv\\s",
    "\\\\?\\C:\\x",
    "\\\\.\\pipe",
    "//srv/s",
    "a\\b",
    "a:b",
    "a:$DATA",
  ],
  'NUL, control characters, `<>"|?*`, lone surrogates; trailing dot or space': [
    ...control,
    "a\u007f",
    "a<b",
    "a>b",
    'a"b',
    "a|b",
    "a?b",
    "a*b",
    "a\ud800",
    "\udc00a",
    "a.",
    "a ",
    "a./b",
    "a /b",
    "...",
  ],
  "CON PRN AUX NUL COM LPT in any case, with any extension": devices.flatMap((name) => [
    name,
    name.toLowerCase(),
    `${name}.txt`,
    `in/${name}.tar.gz`,
    `${name} .x`,
  ]),
  "8.3 alias, and NFD": ["GAME~1", "in/PROGRA~2/x", "a~1.exe", "e\u0301", "in/u\u0308.pak"],
  "segment over 255 bytes, path over 1,024, depth over 64": [
    "x".repeat(256),
    "é".repeat(128),
    `${"d/".repeat(64)}x`,
    `${"y".repeat(200)}/`.repeat(5) + "z".repeat(30),
  ],
  "a path into the updater's own stage or journal": [
    ".potassium",
    ".potassium/journal.json",
    ".Potassium/stage/x",
    ".POTASSIUM/installed.json",
    ".pota\u200cssium/x",
  ],
};

describe("refused as a path, wherever it stands, and never normalised:", () => {
  const refused = (fields: Readonly<Record<string, unknown>>) =>
    expect(() => parseManifest(bytesOf(fields)), JSON.stringify(fields)).toThrow(
      expect.objectContaining({ code: "INVALID_MANIFEST" }),
    );
  for (const [row, paths] of Object.entries(unsafePaths)) {
    test(row, () => {
      for (const path of paths) {
        refused({ files: [add(path)] });
        refused({ files: [{ path, action: "delete", old_hash: hashA }] });
        refused({ links: [link("a", path)] });
        refused({ folders: [{ path, action: "add" }] });
        refused({ files: [patch({ patch_file: path })] });
        // `""` is as if it weren't there, as in Go.
        if (path === "") continue;
        refused({ files: [add("a", { copy_from: path, file: undefined })] });
        refused({ files: [add("a", { file: path })] });
        const packed = { file: path, codec: "br", hash: hashA, size: 1 };
        refused({ files: [add("a", { file: undefined, packed })] });
      }
    });
  }

  test("`patch_file` that is a URL", () => {
    for (const url of ["http://x/p", "file:///p", "data:,p", "//x/p"]) {
      refused({ files: [patch({ patch_file: url })] });
    }
  });

  test("symlink entry whose target is absolute or escapes", () => {
    const targets = [
      "/etc",
      "../..",
      "../../x",
      "..",
      "a/../../..",
      "C:/x",
      "\\x",
      "",
      "a\0b",
      "../.potassium/stage",
    ];
    for (const target of targets) {
      if (target === "..") continue;
      refused({ links: [link(target)] });
    }
    refused({ links: [link("..", "top")] });
  });

  test("the same path twice, NFC twins, case collision, a file where another entry needs a folder", () => {
    for (const [one, two] of [
      ["a", "a"],
      ["a", "A"],
      ["é", "É"],
      ["ß", "ẞ"],
      ["a", "a/b"],
      ["a/b", "A/c"],
      ["ﬁ", "FI"],
    ] as const) {
      refused({ files: [add(one), add(two)] });
      refused({ files: [add(two), add(one)] });
    }
  });

  test("unknown action, algorithm without a name, schema version, malformed hash: never skipped", () => {
    refused({ files: [add("a", { action: "move" })] });
    refused({ files: [add("a", { action: "__proto__" })] });
    refused({ files: [patch({ algorithm: "" })] });
    refused({ schema_version: 2 });
    for (const hash of ["", "x".repeat(64), "a".repeat(63), "a".repeat(65), 7]) {
      refused({ files: [add("a", { new_hash: hash })] });
    }
    refused({
      files: [
        add("a", { file: undefined, packed: { file: "f", codec: "xz", hash: hashA, size: 1 } }),
      ],
    });
  });

  test("sizes that are negative, broken or over 2^53", () => {
    for (const size of [-1, 1.5, 2 ** 53, 1e300])
      refused({ files: [add("a", { new_size: size })] });
  });
});

test("`__proto__` as a field is refused, and changes no object; what else is unknown is passed over", () => {
  const text = (
    field: string,
  ) => `{"from_version":"1","to_version":"2","created":"2026-01-02T03:04:05Z",
    "files":[{"path":"a","action":"add","new_hash":"${hashA}",${field}}]}`;
  const parse = (field: string) => parseManifest(new TextEncoder().encode(text(field)));
  expect(() => parse('"__proto__":{"polluted":1}')).toThrow(
    expect.objectContaining({ code: "INVALID_MANIFEST" }),
  );
  const { files } = parse('"constructor":{"prototype":{"polluted":1}}');
  expect(files[0]).toEqual({ action: "add", path: "a", newHash: hashA });
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe("over a million entries, manifest over 64 MiB: TOO_LARGE, by limits that are options", () => {
  const files = Array.from({ length: 20 }, (_, index) => add(`f${index}`));

  test("entries", () => {
    expect(() => parseManifest(bytesOf({ files }), { maxEntries: 19 })).toThrow(
      expect.objectContaining({ code: "TOO_LARGE" }),
    );
    expect(parseManifest(bytesOf({ files }), { maxEntries: 20 }).files).toHaveLength(20);
  });

  test("bytes, of which no more is read", () => {
    expect(() => parseManifest(new Uint8Array(64 * 2 ** 20 + 1))).toThrow(
      expect.objectContaining({ code: "TOO_LARGE" }),
    );
  });

  test("depth of the JSON", () => {
    const deep = new TextEncoder().encode("[".repeat(100_000));
    expect(() => parseManifest(deep)).toThrow(
      expect.objectContaining({ code: "INVALID_MANIFEST" }),
    );
  });
});
