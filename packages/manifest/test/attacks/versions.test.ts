import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { installedVersion } from "../../src/installed-version.js";
import { openUpdate } from "../../src/open-update.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import { generateKeyPair } from "../../src/signing/generate-key-pair.js";
import { folderSource } from "../../src/source/folder-source.js";
import type { UpdateSource } from "../../src/source/update-source.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const versions = [{ a: "1" }, { a: "2" }, { a: "3" }] as const;

test("downgrade, replay: a sequence not above the installed one is refused unless it is asked for", async () => {
  const { root, update } = await gameVersions(...versions);
  await applyUpdate(root, await update(0, 1, { sequence: 10 }), { engines });
  const before = await gameTree(root);
  for (const sequence of [10, 9, undefined]) {
    const fixture = await gameVersions(...versions);
    const replayed = await fixture.update(1, 2, { sequence });
    for (const call of [planUpdate, applyUpdate]) {
      await expect(call(root, replayed, { engines })).rejects.toMatchObject({
        code: "DOWNGRADE",
        field: "sequence",
      });
    }
  }
  expect(await gameTree(root)).toEqual(before);
  const back = await (await gameVersions(...versions)).update(1, 0, { sequence: 9 });
  await applyUpdate(root, back, { engines, allowDowngrade: true });
  expect(await installedVersion(root)).toMatchObject({ version: "1.0", sequence: 9 });
});

test("freeze: an expired manifest is STALE, and the caller decides", async () => {
  const { updateFolder, update } = await gameVersions(...versions);
  await update(0, 1, { expires: "2026-03-01T00:00:00Z" });
  const source = folderSource(updateFolder(0, 1));
  const now = () => new Date("2026-03-01T00:00:00Z");
  const expectation = { allowUnsigned: true as const, now };
  await expect(openUpdate(source, expectation)).rejects.toMatchObject({ code: "STALE" });
  await openUpdate(source, { ...expectation, allowStale: true });
});

describe("wrong product, platform or channel:", () => {
  const target = { product: "skywars", platform: "windows-x64", channel: "stable" };

  test.each(["product", "platform", "channel"] as const)(
    "another %s than expected",
    async (field) => {
      const { updateFolder, update } = await gameVersions(...versions);
      await update(0, 1, target);
      const opening = openUpdate(folderSource(updateFolder(0, 1)), {
        allowUnsigned: true,
        ...target,
        [field]: "another",
      });
      await expect(opening).rejects.toMatchObject({ code: "WRONG_TARGET", field });
    },
  );

  test.each(["product", "platform"] as const)(
    "another %s than what is installed",
    async (field) => {
      const { root, update } = await gameVersions(...versions);
      await applyUpdate(root, await update(0, 1, target), { engines });
      const other = await update(1, 2, { ...target, [field]: "another" });
      await expect(applyUpdate(root, other, { engines })).rejects.toMatchObject({
        code: "WRONG_TARGET",
        field,
      });
    },
  );

  test("an update for another version than the installed one", async () => {
    const { root, update } = await gameVersions(...versions);
    await applyUpdate(root, await update(0, 1), { engines });
    await expect(applyUpdate(root, await update(0, 2), { engines })).rejects.toMatchObject({
      code: "WRONG_TARGET",
      field: "fromVersion",
    });
  });
});

test("tampered manifest: the signature is looked at before anything of it is read", async () => {
  const { updateFolder, update } = await gameVersions(...versions);
  const [own, other] = [generateKeyPair(), generateKeyPair()];
  await update(0, 1, { sign: [own.privateKey] });
  const whole = folderSource(updateFolder(0, 1));
  const trust = { keys: [own.publicKey] };
  expect((await openUpdate(whole, { trust })).signed).toBe(true);
  const unknown = openUpdate(whole, { trust: { keys: [other.publicKey] } });
  await expect(unknown).rejects.toMatchObject({ code: "BAD_SIGNATURE" });
  const tampered: UpdateSource = {
    name: "tampered",
    async open(file, options) {
      const { chunks } = await whole.open(file, options);
      if (file !== "manifest.json") return { chunks };
      return { chunks: brokenJson(chunks) };
    },
  };
  // It is no JSON any more either: that isn't found out.
  await expect(openUpdate(tampered, { trust })).rejects.toMatchObject({ code: "BAD_SIGNATURE" });
});

async function* brokenJson(chunks: AsyncIterable<Uint8Array>) {
  for await (const chunk of chunks) yield chunk.map((byte, at) => (at === 0 ? 0x5d : byte));
}

test("two updaters at once: one updates, the other is LOCKED, and all is whole", async () => {
  const { root, trees, update } = await gameVersions(...versions);
  const patches = await update(0, 1);
  let entered = () => {};
  const isInside = new Promise<void>((resolve) => {
    entered = resolve;
  });
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  const source: UpdateSource = {
    name: "slow",
    async open(file, options) {
      entered();
      await isReleased;
      return patches.source.open(file, options);
    },
  };
  const first = applyUpdate(root, { ...patches, source }, { engines });
  await isInside;
  await expect(applyUpdate(root, patches, { engines })).rejects.toMatchObject({ code: "LOCKED" });
  // To look is not to change.
  expect(await planUpdate(root, patches, { engines })).toMatchObject({ blocked: [] });
  release();
  await first;
  expect(await gameTree(root)).toEqual(await gameTree(trees[1] as string));
});

test("a lock whose owner is gone holds nobody up", async () => {
  const { root, update } = await gameVersions(...versions);
  const owners = {
    self: async () => ({ pid: 1, start: "1", boot: "a", host: "b" }),
    isRunning: async () => false,
  };
  const patches = await update(0, 1);
  const hanging = new Promise<never>(() => {});
  let opened = () => {};
  const isOpened = new Promise<void>((resolve) => {
    opened = resolve;
  });
  const source: UpdateSource = {
    name: "hanging",
    open: () => {
      opened();
      return hanging;
    },
  };
  void applyUpdate(root, { ...patches, source }, { engines, owners });
  await isOpened;
  expect(await applyUpdate(root, patches, { engines, owners })).toMatchObject({ toVersion: "1.1" });
});
