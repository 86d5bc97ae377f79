import assert from "node:assert/strict";
import { chmod } from "node:fs/promises";
import { makePatch } from "./made-patch.js";
import { expectRefusal } from "./refusal.js";
import { text } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";

export function testOutputs({ check }: PatchEngineSuite): void {
  check("apply() takes the old file's path for the new one", async (engine, folder) => {
    const { oldPath, patchPath, newBytes } = await makePatch(engine, folder);
    await engine.apply(oldPath, patchPath, oldPath);
    assert.ok((await folder.read("old.bin")).equals(newBytes));
    assert.deepEqual(await folder.names(), ["a.patch", "old.bin", "wanted.bin"]);
  });

  check(
    "generate() and apply() replace what stands at their output's path",
    async (engine, folder) => {
      await folder.write("a.patch", text(100_000));
      await folder.write("new.bin", text(100_000));
      const { oldPath, patchPath, newPath, newBytes } = await makePatch(engine, folder);
      await engine.apply(oldPath, patchPath, newPath);
      assert.ok((await folder.read("new.bin")).equals(newBytes));
      assert.deepEqual(await folder.names(), ["a.patch", "new.bin", "old.bin", "wanted.bin"]);
    },
  );

  check("generate() and apply() only read their input files", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    const inputs = [oldPath, patchPath, folder.path("wanted.bin")];
    for (const path of inputs) await chmod(path, 0o444);
    const before = await folder.contents();
    await engine.generate(oldPath, folder.path("wanted.bin"), folder.path("b.patch"));
    await engine.apply(oldPath, patchPath, newPath);
    const after = await folder.contents();
    for (const path of inputs) assert.equal(after[path], before[path]);
  });

  check("one file can be the old and the new one", async (engine, folder) => {
    const path = await folder.write("same.bin", text(5_000));
    await engine.generate(path, path, folder.path("a.patch"));
    await engine.apply(path, folder.path("a.patch"), folder.path("new.bin"));
    assert.ok((await folder.read("new.bin")).equals(text(5_000)));
  });

  check("an output in a folder that isn't there is refused", async (engine, folder) => {
    const { oldPath, patchPath } = await makePatch(engine, folder);
    const missing = folder.path("missing/out.bin");
    const codes = ["NOT_FOUND", "IO_ERROR"] as const;
    await expectRefusal(folder, codes, () => engine.apply(oldPath, patchPath, missing));
    await expectRefusal(folder, codes, () => engine.generate(oldPath, oldPath, missing));
  });

  for (const kind of ["an empty folder", "a folder with a file"]) {
    check(`an output whose path is ${kind} is refused`, async (engine, folder) => {
      const { oldPath, patchPath } = await makePatch(engine, folder);
      const place = await folder.makeFolder("place");
      if (kind !== "an empty folder") await folder.write("place/file", text(10));
      await expectRefusal(folder, ["IO_ERROR"], () => engine.apply(oldPath, patchPath, place));
      await expectRefusal(folder, ["IO_ERROR"], () => engine.generate(oldPath, oldPath, place));
    });
  }

  check("an output below a file is refused", async (engine, folder) => {
    const { oldPath, patchPath } = await makePatch(engine, folder);
    const below = folder.path("old.bin/out.bin");
    const codes = ["NOT_FOUND", "IO_ERROR"] as const;
    await expectRefusal(folder, codes, () => engine.apply(oldPath, patchPath, below));
    await expectRefusal(folder, codes, () => engine.generate(oldPath, oldPath, below));
  });
}
