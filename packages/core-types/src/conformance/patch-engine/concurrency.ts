import assert from "node:assert/strict";
import { makePatch } from "./made-patch.js";
import { edited, noise, text } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";

export function testConcurrency({ check }: PatchEngineSuite): void {
  check("many calls at once in one folder don't disturb each other", async (engine, folder) => {
    const numbers = Array.from({ length: 12 }, (_, index) => index);
    await Promise.all(
      numbers.map(async (index) => {
        const old = noise(10_000 + index, index);
        const oldPath = await folder.write(`old-${index}`, old);
        const wantedPath = await folder.write(`wanted-${index}`, edited(old));
        await engine.generate(oldPath, wantedPath, folder.path(`patch-${index}`));
        await engine.apply(oldPath, folder.path(`patch-${index}`), folder.path(`new-${index}`));
      }),
    );
    for (const index of numbers) {
      const wanted = await folder.read(`wanted-${index}`);
      assert.ok((await folder.read(`new-${index}`)).equals(wanted));
    }
    assert.equal((await folder.names()).length, 4 * numbers.length);
  });

  check("calls at once with one output leave a whole one", async (engine, folder) => {
    const { oldPath, patchPath, newPath, newBytes } = await makePatch(engine, folder);
    const wantedPath = folder.path("wanted.bin");
    await Promise.all(Array.from({ length: 6 }, () => engine.apply(oldPath, patchPath, newPath)));
    assert.ok((await folder.read("new.bin")).equals(newBytes));
    await Promise.all(
      Array.from({ length: 6 }, () => engine.generate(oldPath, wantedPath, patchPath)),
    );
    await engine.apply(oldPath, patchPath, newPath);
    assert.ok((await folder.read("new.bin")).equals(newBytes));
    assert.deepEqual(await folder.names(), ["a.patch", "new.bin", "old.bin", "wanted.bin"]);
  });

  check("one call's abort doesn't disturb another", async (engine, folder) => {
    const { oldPath, patchPath, newPath, newBytes } = await makePatch(
      engine,
      folder,
      text(500_000),
    );
    const controller = new AbortController();
    const aborted = engine.apply(oldPath, patchPath, folder.path("other.bin"), {
      signal: controller.signal,
    });
    const other = engine.apply(oldPath, patchPath, newPath);
    controller.abort("gone");
    const [first, second] = await Promise.allSettled([aborted, other]);
    assert.deepEqual(first, { status: "rejected", reason: "gone" });
    assert.equal(second.status, "fulfilled");
    assert.ok((await folder.read("new.bin")).equals(newBytes));
    assert.ok(!(await folder.names()).includes("other.bin"));
  });
}
