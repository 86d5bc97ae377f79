import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildUpdate } from "../../src/build/build-update.js";
import { parseManifest } from "../../src/document/parse-manifest.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { writeManyFiles } from "../fixture/write-many-files.js";

// Half a minute on a slow machine with one core; a square in the number of files would take hours.
const timeout = 300_000;

test("50,000 small files are compared, and only what differs is shipped", { timeout }, async () => {
  const folder = await temporaryFolder();
  const [oldDir, newDir, outDir] = ["old", "new", "out"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const count = 50_000;
  await writeManyFiles(oldDir, count, (index) => `content of ${index}\n`.repeat(20));
  await writeManyFiles(newDir, count, (index) => {
    if (index % 500 === 0) return undefined;
    const text = `content of ${index}\n`.repeat(20);
    return index % 500 === 1 ? text.replace("content", "contest") : text;
  });
  const report = await buildUpdate(oldDir, newDir, outDir, {
    engines: [createSpliceEngine()],
    fromVersion: "1",
    toVersion: "2",
  });
  expect(report.files).toMatchObject({ unchanged: 49_800, changed: 100, deleted: 100, added: 0 });
  const manifest = parseManifest(await readFile(join(outDir, "manifest.json")));
  expect(manifest.files).toHaveLength(200);

  const fullDir = join(folder, "full");
  // Compressing each would take longer than all the rest.
  const options = { engines: [], toVersion: "2", compress: false };
  const full = await buildUpdate(undefined, newDir, fullDir, options);
  expect(full.files.added).toBe(49_900);
  expect(full.whole.files).toBe(49_900);
  const fullManifest = parseManifest(await readFile(join(fullDir, "manifest.json")));
  expect(fullManifest.files).toHaveLength(49_900);
});
