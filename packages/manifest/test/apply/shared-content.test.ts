import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { handmadeUpdate, sha256 } from "../fixture/handmade-update.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { gameTree } from "../fixture/update-fixture.js";

test.each([1, 4])(
  "a file that is shipped compressed beside a file of just these bytes, %i at once",
  async (concurrency) => {
    const text = "said again and again ".repeat(500);
    const packed = brotliCompressSync(text);
    const update = await handmadeUpdate(
      {
        files: [
          {
            path: "page.html",
            action: "add",
            new_hash: sha256(text),
            new_size: text.length,
            packed: {
              file: "packed/page.br",
              codec: "br",
              hash: sha256(packed),
              size: packed.length,
            },
          },
          {
            path: "page.html.br",
            action: "add",
            new_hash: sha256(packed),
            new_size: packed.length,
          },
        ],
      },
      { "packed/page.br": packed, "new/page.html.br": packed },
    );
    const root = await temporaryFolder();
    await applyUpdate(root, update, { concurrency });
    expect(await gameTree(root)).toEqual({
      "page.html": sha256(text),
      "page.html.br": sha256(packed),
    });
    expect(
      Object.keys(await treeSnapshot(root)).filter((path) => path.includes("download")),
    ).toEqual([]);
  },
);

test("folders in the place of downloads are cleared away", async () => {
  const [text, packed] = ["said again ".repeat(99), brotliCompressSync("said again ".repeat(99))];
  const update = await handmadeUpdate(
    {
      files: [
        {
          path: "a",
          action: "add",
          new_hash: sha256(text),
          packed: { file: "a.br", codec: "br", hash: sha256(packed), size: packed.length },
        },
      ],
    },
    { "a.br": packed },
  );
  const root = await temporaryFolder();
  const names = [sha256(text), `part-${sha256(packed)}`].flatMap((name) => [name, `${name}.part`]);
  for (const name of names) {
    await mkdir(join(root, ".potassium/download", name, "x"), { recursive: true });
  }
  await mkdir(join(root, ".potassium/journal.json.tmp/x"), { recursive: true });
  await applyUpdate(root, update);
  expect(await gameTree(root)).toEqual({ a: sha256(text) });
});
