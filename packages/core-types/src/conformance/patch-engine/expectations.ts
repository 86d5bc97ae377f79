import assert from "node:assert/strict";
import { makePatch } from "./made-patch.js";
import { expectRefusal } from "./refusal.js";
import { noise, text } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";
import { sha256 } from "./work-folder.js";

export function testExpectations({ check }: PatchEngineSuite): void {
  check(
    "apply() goes through where the digests are as expected, in either case",
    async (engine, folder) => {
      const { oldPath, patchPath, newPath, newBytes, oldSha256, newSha256 } = await makePatch(
        engine,
        folder,
      );
      for (const expected of [
        { oldSha256, newSha256 },
        { oldSha256: oldSha256.toUpperCase(), newSha256: newSha256.toUpperCase() },
        { oldSha256 },
        { newSha256 },
        { oldSha256: undefined, newSha256: undefined },
        {},
        undefined,
      ]) {
        await engine.apply(oldPath, patchPath, newPath, { expected });
        assert.ok((await folder.read("new.bin")).equals(newBytes));
        await folder.removeFile("new.bin");
      }
    },
  );

  check("another old file than expected is HASH_MISMATCH", async (engine, folder) => {
    const { oldPath, patchPath, newPath, oldBytes, oldSha256 } = await makePatch(engine, folder);
    const options = { expected: { oldSha256 } };
    const oneByteOff = Buffer.from(oldBytes);
    oneByteOff[oneByteOff.length - 1] = 0;
    for (const bytes of [oneByteOff, noise(oldBytes.length, 3), Buffer.alloc(0)]) {
      await folder.write("old.bin", bytes);
      await expectRefusal(folder, ["HASH_MISMATCH"], () =>
        engine.apply(oldPath, patchPath, newPath, options),
      );
      await expectRefusal(folder, ["HASH_MISMATCH"], () =>
        engine.apply(oldPath, patchPath, oldPath, options),
      );
    }
  });

  check("another new file than expected is HASH_MISMATCH", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    const options = { expected: { newSha256: sha256(text(7)) } };
    await expectRefusal(folder, ["HASH_MISMATCH"], () =>
      engine.apply(oldPath, patchPath, newPath, options),
    );
    await folder.write("new.bin", text(100));
    await expectRefusal(folder, ["HASH_MISMATCH"], () =>
      engine.apply(oldPath, patchPath, newPath, options),
    );
  });

  check(
    "a wrong old file never brings forth another file than expected",
    async (engine, folder) => {
      const { oldPath, patchPath, newPath, oldBytes, newBytes, newSha256 } = await makePatch(
        engine,
        folder,
      );
      for (const bytes of [noise(oldBytes.length, 3), oldBytes.subarray(1), Buffer.alloc(0)]) {
        await folder.write("old.bin", bytes);
        // An engine that needs nothing of the old file may still be right.
        const done = await engine
          .apply(oldPath, patchPath, newPath, { expected: { newSha256 } })
          .then(
            () => true,
            () => false,
          );
        if (done) assert.ok((await folder.read("new.bin")).equals(newBytes));
        else assert.equal((await folder.names()).length, 3);
        await folder.removeFile("new.bin");
      }
    },
  );

  check("a digest that is none is INVALID_ARGUMENT and named", async (engine, folder) => {
    const { oldPath, patchPath, newPath, newSha256 } = await makePatch(engine, folder);
    for (const bad of ["", "abc", newSha256.slice(1), `${newSha256}0`, "g".repeat(64)]) {
      for (const field of ["oldSha256", "newSha256"] as const) {
        const error = await expectRefusal(folder, ["INVALID_ARGUMENT"], () =>
          engine.apply(oldPath, patchPath, newPath, { expected: { [field]: bad } }),
        );
        assert.equal(error.field, `expected.${field}`);
      }
    }
  });

  check(
    "a result above maxNewBytes is TOO_LARGE, one of that size goes through",
    async (engine, folder) => {
      const { oldPath, patchPath, newPath, newBytes } = await makePatch(engine, folder);
      for (const maxNewBytes of [newBytes.length - 1, 1, 0]) {
        await expectRefusal(folder, ["TOO_LARGE"], () =>
          engine.apply(oldPath, patchPath, newPath, { maxNewBytes }),
        );
      }
      for (const maxNewBytes of [newBytes.length, newBytes.length + 1, Number.MAX_SAFE_INTEGER]) {
        await engine.apply(oldPath, patchPath, newPath, { maxNewBytes });
        assert.ok((await folder.read("new.bin")).equals(newBytes));
      }
    },
  );

  check("an empty result goes through with maxNewBytes 0", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(
      engine,
      folder,
      text(1_000),
      Buffer.alloc(0),
    );
    await engine.apply(oldPath, patchPath, newPath, { maxNewBytes: 0 });
    assert.equal((await folder.read("new.bin")).length, 0);
  });

  check("a maxNewBytes that is no count is INVALID_ARGUMENT and named", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    for (const maxNewBytes of [-1, 1.5, Number.NaN, "1000" as unknown as number]) {
      const error = await expectRefusal(folder, ["INVALID_ARGUMENT"], () =>
        engine.apply(oldPath, patchPath, newPath, { maxNewBytes }),
      );
      assert.equal(error.field, "maxNewBytes");
    }
  });
}
