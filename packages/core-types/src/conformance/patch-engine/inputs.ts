import assert from "node:assert/strict";
import { makePatch } from "./made-patch.js";
import { expectRefusal } from "./refusal.js";
import { text } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";

export function testInputs({ check }: PatchEngineSuite): void {
  check("a missing input file is NOT_FOUND, and the message names it", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    const missing = folder.path("missing.bin");
    const outPath = folder.path("b.patch");
    for (const call of [
      () => engine.generate(missing, oldPath, outPath),
      () => engine.generate(oldPath, missing, outPath),
      () => engine.apply(missing, patchPath, newPath),
      () => engine.apply(oldPath, missing, newPath),
    ]) {
      const error = await expectRefusal(folder, ["NOT_FOUND"], call);
      assert.ok(error.message.includes("missing.bin"), error.message);
    }
  });

  check("a missing input file leaves the output as it was", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    await folder.write("new.bin", text(100));
    const missing = folder.path("missing.bin");
    await expectRefusal(folder, ["NOT_FOUND"], () => engine.apply(missing, patchPath, newPath));
    await expectRefusal(folder, ["NOT_FOUND"], () => engine.generate(oldPath, missing, patchPath));
  });

  check("a folder in the place of an input file is refused", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    const place = await folder.makeFolder("place");
    const outPath = folder.path("b.patch");
    for (const call of [
      () => engine.generate(place, oldPath, outPath),
      () => engine.generate(oldPath, place, outPath),
      () => engine.apply(place, patchPath, newPath),
      () => engine.apply(oldPath, place, newPath),
    ]) {
      await expectRefusal(folder, ["NOT_FOUND", "IO_ERROR"], call);
    }
  });

  check("a path with NUL in it is INVALID_ARGUMENT and named", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    const bad = folder.path("a\0b");
    for (const [field, call] of [
      ["oldPath", () => engine.generate(bad, oldPath, newPath)],
      ["newPath", () => engine.generate(oldPath, bad, newPath)],
      ["patchPath", () => engine.generate(oldPath, oldPath, bad)],
      ["oldPath", () => engine.apply(bad, patchPath, newPath)],
      ["patchPath", () => engine.apply(oldPath, bad, newPath)],
      ["newPath", () => engine.apply(oldPath, patchPath, bad)],
    ] as const) {
      const error = await expectRefusal(folder, ["INVALID_ARGUMENT"], call);
      assert.equal(error.field, field);
    }
  });

  check("an empty path is refused", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    const codes = ["INVALID_ARGUMENT", "NOT_FOUND"] as const;
    await expectRefusal(folder, codes, () => engine.generate("", oldPath, newPath));
    await expectRefusal(folder, codes, () => engine.generate(oldPath, oldPath, ""));
    await expectRefusal(folder, codes, () => engine.apply(oldPath, "", newPath));
    await expectRefusal(folder, codes, () => engine.apply(oldPath, patchPath, ""));
  });
}
