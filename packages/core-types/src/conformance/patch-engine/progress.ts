import assert from "node:assert/strict";
import type { PatchProgress } from "../../update/patch-engine.js";
import { rejectionOf } from "../expect-code.js";
import { makePatch } from "./made-patch.js";
import { noise } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";

const phases: readonly PatchProgress["phase"][] = ["hash", "match", "compress", "apply", "verify"];

export function testProgress({ check, largeBytes }: PatchEngineSuite): void {
  check("progress rises within each phase, up to its total", async (engine, folder) => {
    const made = await makePatch(engine, folder, noise(largeBytes, 1));
    const { oldPath, patchPath, newPath, oldSha256, newSha256 } = made;
    const generating: PatchProgress[] = [];
    await engine.generate(oldPath, folder.path("wanted.bin"), folder.path("b.patch"), {
      onProgress: (progress) => generating.push(progress),
    });
    expectOrderly(generating);
    const applying: PatchProgress[] = [];
    await engine.apply(oldPath, patchPath, newPath, {
      expected: { oldSha256, newSha256 },
      onProgress: (progress) => applying.push(progress),
    });
    expectOrderly(applying);
  });

  check("progress is reported for empty files too", async (engine, folder) => {
    const reports: PatchProgress[] = [];
    const onProgress = (progress: PatchProgress) => reports.push(progress);
    const empty = await folder.write("empty", Buffer.alloc(0));
    await engine.generate(empty, empty, folder.path("patch"), { onProgress });
    expectOrderly(reports.splice(0));
    await engine.apply(empty, folder.path("patch"), folder.path("new"), { onProgress });
    expectOrderly(reports);
  });

  check("what onProgress throws ends the work, and leaves nothing", async (engine, folder) => {
    const { oldPath, patchPath, newPath } = await makePatch(engine, folder);
    const failure = new Error("the progress bar broke");
    const onProgress = () => {
      throw failure;
    };
    for (const call of [
      () => engine.generate(oldPath, oldPath, folder.path("b.patch"), { onProgress }),
      () => engine.apply(oldPath, patchPath, newPath, { onProgress }),
    ]) {
      assert.equal(await folder.expectUntouched(() => rejectionOf(call)), failure);
    }
  });
}

function expectOrderly(reports: readonly PatchProgress[]): void {
  assert.ok(reports.length > 0, "no progress was reported");
  const ended = new Set<string>();
  for (const [index, { phase, doneBytes, totalBytes }] of reports.entries()) {
    const where = `report ${index}: ${phase} ${doneBytes} of ${totalBytes}`;
    assert.ok(phases.includes(phase), where);
    assert.ok(Number.isSafeInteger(doneBytes) && Number.isSafeInteger(totalBytes), where);
    assert.ok(doneBytes >= 0 && doneBytes <= totalBytes, where);
    const before = reports[index - 1];
    if (before?.phase === phase) {
      assert.ok(before.doneBytes <= doneBytes, `${where}, after ${before.doneBytes}`);
      assert.equal(
        before.totalBytes,
        totalBytes,
        `${where}, after a total of ${before.totalBytes}`,
      );
    } else {
      assert.ok(!ended.has(phase), `${where}: the phase had ended`);
    }
    if (reports[index + 1]?.phase !== phase) {
      ended.add(phase);
      assert.equal(doneBytes, totalBytes, `${where}: the phase ends before its total`);
    }
  }
}
