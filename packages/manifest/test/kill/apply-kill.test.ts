import * as nodeFs from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { recoverUpdate } from "../../src/recover-update.js";
import { rollbackUpdate } from "../../src/rollback-update.js";
import { bundledProgram } from "../fixture/bundled-program.js";
import { randomOf } from "../fixture/memory-disk/lucks.js";
import { nodeSnapshot, siteSnapshot } from "../fixture/node-snapshot.js";
import { engines, gameVersions } from "../fixture/update-fixture.js";
import { exactTree } from "./exact-tree.js";
import { manyChanges } from "./many-changes.js";
import { copyTree, quickFolder } from "./quick-folder.js";
import { randomMoment } from "./timeline.js";
import { UpdatingProcess } from "./updating-process.js";
import type { UpdatingJob } from "./updating-program.js";

const source = fileURLToPath(new URL("./updating-program.ts", import.meta.url));
const { before, after } = manyChanges(520);
/** Installations that are worked on at once. */
const lanes = 2;
const leastKills = 201;
// A minute where nothing else is going on.
const timeout = 300_000;

it("an update or a rollback that is killed at any of hundreds of random moments leaves a whole version", {
  timeout,
}, async () => {
  const { trees, update, updateFolder } = await gameVersions(before, after);
  const opened = await update(0, 1);
  const folder = await quickFolder();
  const root = await copyTree(trees[0] as string, join(folder, "game"));
  const program = await bundledProgram(source, join(folder, "program"));
  const job = (work: UpdatingJob["work"], root: string): UpdatingJob => ({
    ...{ work, root, update: updateFolder(0, 1), mode: "in-place" },
  });

  const old = exactTree(root);
  const applying = await new UpdatingProcess(program).measure(job("apply", root));
  const made = exactTree(root);
  expect(await siteSnapshot(nodeFs, root)).toEqual(nodeSnapshot(after));
  const rollingBack = await new UpdatingProcess(program).measure(job("roll back", root));
  expect(exactTree(root)).toEqual(old);

  const kills = { apply: 0, "roll back": 0 };
  const states = { nothing: 0, discarded: 0, completed: 0, undone: 0 };
  const versions = { old: 0, new: 0 };

  /** Kills, recovers, and expects one of the two versions. */
  async function cutOff(
    work: UpdatingJob["work"],
    at: string,
    updating: UpdatingProcess,
    random: () => number,
  ): Promise<"old" | "new"> {
    const moment = randomMoment(work === "apply" ? applying : rollingBack, random);
    if ((await updating.kill(job(work, at), moment)) === "cut off") kills[work] += 1;
    const { state } = await recoverUpdate(at);
    states[state] += 1;
    const found = exactTree(at);
    const version = found["lib/core.so"] === undefined ? "old" : "new";
    versions[version] += 1;
    expect(found, JSON.stringify({ work, moment, state })).toEqual(version === "new" ? made : old);
    return version;
  }

  async function lane(seed: number): Promise<void> {
    const random = randomOf(seed);
    const at = await copyTree(root, join(folder, `game-${seed}`));
    // The next one starts up meanwhile.
    let next = new UpdatingProcess(program);
    const takeNext = () => {
      const taken = next;
      next = new UpdatingProcess(program);
      return taken;
    };
    try {
      for (let count = 1; kills.apply < leastKills; count += 1) {
        await cutOff("apply", at, takeNext(), random);
        await applyUpdate(at, opened, { engines });
        expect(exactTree(at)).toEqual(made);
        const isBack =
          count % 4 === 0 && (await cutOff("roll back", at, takeNext(), random)) === "old";
        if (!isBack) await rollbackUpdate(at);
        expect(exactTree(at)).toEqual(old);
      }
    } finally {
      await next[Symbol.asyncDispose]();
    }
  }

  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index + 1)));
  const told = JSON.stringify({ kills, states, versions });
  expect(kills["roll back"], told).toBeGreaterThan(40);
  expect(states.completed, told).toBeGreaterThan(40);
  expect(Math.min(versions.old, versions.new), told).toBeGreaterThan(40);
});
