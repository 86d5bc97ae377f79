import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { currentFolder } from "../../src/current-folder.js";
import { installedVersion } from "../../src/installed-version.js";
import type { Update } from "../../src/open-update.js";
import { recoverUpdate } from "../../src/recover-update.js";
import type { RootMode } from "../../src/versioned/root-mode.js";
import { crashStates } from "../fixture/crash-states.js";
import { lucks } from "../fixture/memory-disk/lucks.js";
import { type Change, MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import { installedDisk, onDisk, root } from "../fixture/memory-site.js";
import { type Nodes, nodeSnapshot, siteSnapshot } from "../fixture/node-snapshot.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { createSpliceEngine } from "../fixture/splice-engine.js";
import { gameVersions } from "../fixture/update-fixture.js";

const old: Nodes = {
  // Another mode than an engine gives its output, so that each loss can be seen.
  "data/patched": { content: noise(300), mode: 0o755 },
  gone: "1",
  moves: "22",
  same: "s",
  "run.sh": { content: "r", mode: 0o755 },
};
const fresh: Nodes = {
  "data/patched": { content: edited(noise(300)), mode: 0o755 },
  "in/added": noise(200, 3),
  moved: "22",
  same: "s",
  "run.sh": { content: "r", mode: 0o644 },
  link: { link: "same" },
};
const [before, after] = [nodeSnapshot(old, true), nodeSnapshot(fresh, true)];

/** The engine works on the disk too; the update comes from elsewhere. */
const apply = (disk: MemoryDisk, update: Update, mode: RootMode, at = root) =>
  applyUpdate(at, update, {
    ...onDisk(disk),
    engines: [createSpliceEngine({ fs: disk.fs })],
    concurrency: 1,
    mode,
  });

test("in place, a loss of power at any step of applyUpdate leaves a whole version, and applying again the new one", async () => {
  const { update } = await gameVersions(old, fresh);
  const patches = await update(0, 1);
  const disk = await installedDisk(old);
  const states = await crashStates(disk, () => apply(disk, patches, "in-place"));
  expect(states.length).toBeGreaterThan(80);
  for (const [index, state] of states.entries()) {
    for (const luck of lucks(index, 3)) {
      const found = state.afterPowerLoss(luck);
      await recoverUpdate(root, onDisk(found));
      const tree = await siteSnapshot(found.fs, root, true);
      expect([before, after]).toContainEqual(tree);
      await apply(found, patches, "in-place");
      expect(await siteSnapshot(found.fs, root, true)).toEqual(after);
    }
  }
});

test.each(["in-place", "versioned"] as const)(
  "a first installation that makes its root is there after any loss of power, %s, unless an fsync is left out",
  async (mode) => {
    const { update } = await gameVersions(fresh);
    const full = await update(undefined, 0);
    const first = "/games/skywars";
    const emptyDisk = async () => {
      const disk = new MemoryDisk();
      await disk.fs.mkdir("/games");
      disk.settle();
      return disk;
    };
    const isKept = async (disk: MemoryDisk) => {
      for (const luck of lucks(1, 8)) {
        const found = disk.afterPowerLoss(luck);
        if ((await found.fs.readdir("/games")).length === 0) return false;
        const path = await currentFolder(first, { fs: found.fs });
        expect(await siteSnapshot(found.fs, path, true)).toEqual(after);
      }
      return true;
    };
    const whole = await emptyDisk();
    const states = await crashStates(whole, () => apply(whole, full, mode, first));
    expect(await isKept(whole)).toBe(true);
    for (const [index, state] of states.entries()) {
      for (const luck of lucks(index, 2)) {
        const found = state.afterPowerLoss(luck);
        await apply(found, full, mode, first);
        expect(await isKept(found)).toBe(true);
      }
    }
    const careless = await emptyDisk();
    const isOfParent = ({ call, path }: Change) => call === "fsync" && /^\/games\/?$/.test(path);
    await crashStates(careless, () => apply(careless, full, mode, first), undefined, isOfParent);
    expect(await isKept(careless)).toBe(false);
  },
);

describe("in a folder of its own,", () => {
  async function installed() {
    const { update } = await gameVersions(old, fresh);
    const [full, patches] = [await update(undefined, 0), await update(0, 1)];
    const disk = await installedDisk({});
    await apply(disk, full, "versioned");
    disk.settle();
    return { disk, patches };
  }

  const treeOf = async (disk: MemoryDisk) => {
    const path = await currentFolder(root, { fs: disk.fs });
    const { version } = (await installedVersion(root, { fs: disk.fs })) ?? {};
    return { version, tree: await siteSnapshot(disk.fs, path, true) };
  };

  /** Whether after losses of power in this state the current version is whole, whichever it is. */
  async function isWhole(state: MemoryDisk, seed: number, count: number): Promise<boolean> {
    for (const luck of lucks(seed, count)) {
      const found = state.afterPowerLoss(luck);
      try {
        const { version, tree } = await treeOf(found);
        expect(tree).toEqual(version === "1.0" ? before : after);
      } catch {
        return false;
      }
    }
    return true;
  }

  test("a loss of power at any step leaves a whole version, and applying again the new one", async () => {
    const { disk, patches } = await installed();
    const states = await crashStates(disk, () => apply(disk, patches, "versioned"));
    expect(states.length).toBeGreaterThan(50);
    for (const [index, state] of states.entries()) {
      expect(await isWhole(state, index, 3)).toBe(true);
      for (const luck of lucks(index, 3)) {
        const found = state.afterPowerLoss(luck);
        await apply(found, patches, "versioned");
        expect(await treeOf(found)).toEqual({ version: "1.1", tree: after });
      }
    }
    const last = states.at(-1) as MemoryDisk;
    expect(await treeOf(last)).toMatchObject({ version: "1.1" });
  });

  test("an update that leaves out any fsync of the new version or its pointer is harmed by a loss of power", async () => {
    const fsyncs: { readonly path: string; readonly step: number }[] = [];
    const run = async (leavesOut: (change: Change) => boolean) => {
      const { disk, patches } = await installed();
      return crashStates(disk, () => apply(disk, patches, "versioned"), undefined, leavesOut);
    };
    let step = 0;
    await run(({ call, path }) => {
      const isOurs = path.startsWith(`${root}/versions`) || path.includes("current.json");
      if (call === "fsync" && isOurs) fsyncs.push({ path, step });
      step++;
      return false;
    });
    expect(fsyncs.length).toBeGreaterThan(8);
    const harmless: string[] = [];
    for (const fsync of fsyncs) {
      let at = 0;
      const states = await run(() => at++ === fsync.step);
      let harmed = false;
      for (const [index, state] of states.entries()) {
        if (index < fsync.step || harmed) continue;
        harmed = !(await isWhole(state, index, 12));
      }
      if (!harmed) harmless.push(fsync.path);
    }
    expect(harmless).toEqual([]);
  });
});
