import assert from "node:assert/strict";
import type { PatchEngine, PatchOptions } from "../../update/patch-engine.js";
import { rejectionOf } from "../expect-code.js";
import { type MadePatch, makePatch } from "./made-patch.js";
import { noise, text } from "./sample-bytes.js";
import type { PatchEngineSuite } from "./suite.js";
import type { WorkFolder } from "./work-folder.js";

interface Work {
  readonly output: string;
  readonly run: (options: PatchOptions) => Promise<unknown>;
}

type MakeWork = (engine: PatchEngine, folder: WorkFolder, made: MadePatch) => Work;

const works: Readonly<Record<string, MakeWork>> = {
  generate: (engine, folder, { oldPath }) => ({
    output: "b.patch",
    run: (options) =>
      engine.generate(oldPath, folder.path("wanted.bin"), folder.path("b.patch"), options),
  }),
  apply: (engine, _, { oldPath, patchPath, newPath }) => ({
    output: "new.bin",
    run: (options) => engine.apply(oldPath, patchPath, newPath, options),
  }),
};

export function testAborting({ check, largeBytes }: PatchEngineSuite): void {
  for (const [name, makeWork] of Object.entries(works)) {
    check(
      `${name}() with an aborted signal rejects with its reason and touches nothing`,
      async (engine, folder) => {
        const { run } = makeWork(engine, folder, await makePatch(engine, folder));
        const reason = new Error("the caller has gone");
        const signal = AbortSignal.abort(reason);
        const error = await folder.expectUntouched(() => rejectionOf(() => run({ signal })));
        assert.equal(error, reason);
      },
    );

    check(`${name}() looks at the signal before the files`, async (engine, folder) => {
      const path = folder.path("missing.bin");
      const made = { ...(await makePatch(engine, folder)), oldPath: path, patchPath: path };
      const { run } = makeWork(engine, folder, made);
      assert.equal(await rejectionOf(() => run({ signal: AbortSignal.abort("gone") })), "gone");
    });

    check(
      `${name}() that is aborted right after the call rejects with the reason and leaves nothing`,
      async (engine, folder) => {
        const { run } = makeWork(engine, folder, await makeLargePatch(engine, folder, largeBytes));
        const controller = new AbortController();
        const reason = new Error("the caller has gone");
        const error = await folder.expectUntouched(() =>
          rejectionOf(() => {
            const running = run({ signal: controller.signal });
            controller.abort(reason);
            return running;
          }),
        );
        assert.equal(error, reason);
      },
    );

    check(
      `${name}() that is aborted at its first sign of progress rejects with the reason and leaves nothing`,
      async (engine, folder) => {
        const { run } = makeWork(engine, folder, await makeLargePatch(engine, folder, largeBytes));
        const outcome = await folder.expectUntouched(() => runAbortedAt(1, run));
        assert.equal(outcome, "aborted");
      },
    );

    check(
      `${name}() that is aborted at any sign of progress leaves all of its output or none`,
      async (engine, folder) => {
        const made = await makeLargePatch(engine, folder, largeBytes);
        const { run, output } = makeWork(engine, folder, made);
        await folder.write(output, text(100));
        for (let report = 1, done = false; !done; report = Math.ceil(report * 1.5)) {
          const outcome = await runAbortedAt(report, run);
          const bytes = await folder.read(output);
          // An abort after the last moment that counts may come too late, but not between.
          done = outcome !== "aborted";
          if (!done) assert.ok(bytes.equals(text(100)), `report ${report}: the output was touched`);
          else if (output === "new.bin") assert.ok(bytes.equals(made.newBytes));
          assert.deepEqual(
            await folder.names(),
            ["a.patch", "old.bin", "wanted.bin", output].sort(),
          );
        }
      },
    );

    check(`${name}() works with a signal that doesn't abort`, async (engine, folder) => {
      const { run, output } = makeWork(engine, folder, await makePatch(engine, folder));
      await run({ signal: new AbortController().signal });
      assert.ok((await folder.names()).includes(output));
    });
  }
}

/** Runs the work and aborts it at its n-th report. */
async function runAbortedAt(
  report: number,
  run: (options: PatchOptions) => Promise<unknown>,
): Promise<"aborted" | "finished"> {
  const controller = new AbortController();
  const reason = new Error(`aborted at report ${report}`);
  let reports = 0;
  const onProgress = () => {
    reports += 1;
    if (reports === report) controller.abort(reason);
  };
  try {
    await run({ signal: controller.signal, onProgress });
    return "finished";
  } catch (error) {
    assert.equal(error, reason);
    return "aborted";
  }
}

function makeLargePatch(
  engine: PatchEngine,
  folder: WorkFolder,
  largeBytes: number,
): Promise<MadePatch> {
  return makePatch(engine, folder, noise(largeBytes, 1));
}
