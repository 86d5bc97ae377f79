import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createManifest, loadManifest } from "../../src/index.js";

const made = (name: string) => new URL(`../vectors/go/${name}.json`, import.meta.url);

test.each(["usual", "escaped", "empty"])(
  "the Go library's %s manifest is read, and written again byte for byte",
  async (name) => {
    const bytes = await readFile(made(name));
    const document = await loadManifest(bytes);
    expect(Buffer.from(document.toBytes()).toString()).toBe(bytes.toString());
  },
);

test("a list that Go never made is read as an empty one", async () => {
  const document = await loadManifest(await readFile(made("never-made")));
  expect(document.files).toEqual([]);
  expect(document.toVersion).toBe("1.0.1");
});

test("a manifest that is made here is the Go library's, byte for byte", async () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map((digit) => digit.repeat(64)) as [
    string,
    string,
    string,
    string,
  ];
  const manifest = createManifest("1.0.0", "1.1.0", {
    created: "2026-01-02T03:04:05.123456789+01:00",
  });
  manifest.addFile({
    path: "game.exe",
    action: "patch",
    oldHash: a,
    newHash: b,
    patchFile: "game.exe.patch",
    algorithm: "hdiff",
  });
  manifest.addFile({
    path: "data/levels/1.pak",
    action: "patch",
    oldHash: b,
    newHash: c,
    patchFile: "data/levels/1.pak.patch",
    algorithm: "bsdiff",
  });
  manifest.addFile({ path: "data/new.pak", action: "add", newHash: d });
  manifest.addFile({ path: "data/old.pak", action: "delete", oldHash: a });
  manifest.addFile({ path: "readme.txt", action: "delete" });
  expect(Buffer.from(manifest.toBytes()).toString()).toBe(await readFile(made("usual"), "utf8"));
});

test("the escaped characters are read as themselves", async () => {
  const document = await loadManifest(await readFile(made("escaped")));
  expect(document.fromVersion).toBe("1.0 <final> & more");
  expect(document.toVersion).toBe("1.1\u2028\u2029");
  expect(document.files.map(({ path }) => path)).toEqual(["music/rock & roll.ogg", "游戏/é🎮.bin"]);
});
