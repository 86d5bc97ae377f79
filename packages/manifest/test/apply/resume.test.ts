import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import { PauseGate } from "../../src/apply/pause-gate.js";
import type { Update } from "../../src/open-update.js";
import { planUpdate } from "../../src/plan/plan-update.js";
import type { UpdateProgress } from "../../src/plan/update-progress.js";
import { httpSource } from "../../src/source/http-source.js";
import type { UpdateSource } from "../../src/source/update-source.js";
import { fileServer } from "../fixture/file-server.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { treeSnapshot } from "../fixture/tree-snapshot.js";
import { engines, gameTree, gameVersions } from "../fixture/update-fixture.js";

const old = { big: noise(400_000), patched: noise(20_000, 2), words: "a", copied: noise(3_000, 5) };
const fresh = {
  big: noise(500_000, 7),
  patched: edited(noise(20_000, 2)),
  words: "word ".repeat(90_000),
  copy: noise(3_000, 5),
};

/** The same update, whose source ends the run after so many bytes. */
function cutOff(update: Update, bytes: number, stop: (error: Error) => void): Update {
  let left = bytes;
  const source: UpdateSource = {
    name: "cut off",
    async open(file, options) {
      const { totalBytes, chunks } = await update.source.open(file, options);
      return { totalBytes, chunks: cut(chunks) };
    },
  };
  return { ...update, source };

  async function* cut(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += 10_000) {
        const piece = chunk.subarray(at, at + 10_000);
        left -= piece.length;
        if (left < 0) stop(new Error("cut off"));
        yield piece;
      }
    }
  }
}

test("an update that was aborted, whenever, changed nothing and is gone on with", async () => {
  let isWhole = false;
  for (let bytes = 5_000; !isWhole; bytes += 90_000) {
    const { root, trees, update } = await gameVersions(old, fresh);
    const patches = await update(0, 1);
    const plan = await planUpdate(root, patches, { engines });
    const before = await gameTree(root);
    const controller = new AbortController();
    const cut = cutOff(patches, bytes, (error) => controller.abort(error));
    const outcome = await applyUpdate(root, cut, {
      engines,
      concurrency: 2,
      signal: controller.signal,
    }).catch((error: Error) => error.message);
    isWhole = outcome !== "cut off";
    if (isWhole) break;
    expect(await gameTree(root)).toEqual(before);
    const result = await applyUpdate(root, patches, { engines });
    // What was on its way when it was cut off may be lost.
    const saved = plan.downloadBytes - result.downloadedBytes;
    expect(saved).toBeGreaterThanOrEqual(Math.min(bytes, plan.downloadBytes) - 50_000);
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
  }
  expect(isWhole).toBe(true);
});

test.each(["check", "download", "make"] as const)(
  "an abort in the phase %s rejects with its reason and changes nothing",
  async (phase) => {
    const { root, trees, update } = await gameVersions(old, fresh);
    const patches = await update(0, 1);
    const before = await gameTree(root);
    const controller = new AbortController();
    const reason = new Error("enough");
    const onProgress = (progress: UpdateProgress) => {
      if (progress.phase === phase) controller.abort(reason);
    };
    const updating = applyUpdate(root, patches, { engines, onProgress, signal: controller.signal });
    await expect(updating).rejects.toBe(reason);
    expect(await gameTree(root)).toEqual(before);
    await applyUpdate(root, patches, { engines });
    expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
  },
);

test("an abort once the change has begun comes too late", async () => {
  const { root, trees, update } = await gameVersions(old, fresh);
  const controller = new AbortController();
  const onProgress = ({ phase }: UpdateProgress) => {
    if (phase === "commit") controller.abort(new Error("too late"));
  };
  const { signal } = controller;
  const result = await applyUpdate(root, await update(0, 1), { engines, onProgress, signal });
  expect(result.toVersion).toBe("1.1");
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
});

test("a call with a signal that is aborted already touches nothing", async () => {
  const { root, update } = await gameVersions(old, fresh);
  const signal = AbortSignal.abort(new Error("before"));
  await expect(applyUpdate(root, await update(0, 1), { signal })).rejects.toThrow("before");
  expect(await readdir(root)).not.toContain(".potassium");
});

test("nothing of the downloads is left after the update, nor of an update that is no longer wanted", async () => {
  const { root, update } = await gameVersions(old, fresh, { big: "3" });
  const controller = new AbortController();
  const cut = cutOff(await update(0, 1), 200_000, (error) => controller.abort(error));
  const { signal } = controller;
  await expect(applyUpdate(root, cut, { engines, signal })).rejects.toThrow("cut off");
  expect(await readdir(join(root, ".potassium/download"))).not.toEqual([]);
  await applyUpdate(root, await update(0, 2), { engines });
  expect(await readdir(join(root, ".potassium"))).not.toContain("download");
});

test("while it is paused nothing is downloaded, and after that it goes on", async () => {
  const { root, trees, update } = await gameVersions(old, fresh);
  const patches = await update(0, 1);
  const pause = new PauseGate();
  let bytes = 0;
  let held = () => {};
  const isHeld = new Promise<void>((resolve) => {
    held = resolve;
  });
  const onProgress = (progress: UpdateProgress) => {
    if (progress.phase !== "download") return;
    bytes = progress.doneBytes;
    if (bytes < 100_000 || pausedAt !== 0) return;
    pausedAt = bytes;
    pause.pause();
    held();
  };
  let pausedAt = 0;
  const updating = applyUpdate(root, patches, { engines, pause, onProgress, concurrency: 1 });
  await isHeld;
  // Everything that does not wait for the gate has ended when the other tasks of this process had their turns.
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(bytes).toBe(pausedAt);
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[0] as string));
  pause.resume();
  await updating;
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
});

test("an abort ends the wait of a paused update", async () => {
  const { root, update } = await gameVersions(old, fresh);
  const pause = new PauseGate();
  pause.pause();
  const controller = new AbortController();
  const updating = applyUpdate(root, await update(0, 1), {
    engines,
    pause,
    signal: controller.signal,
    onProgress: ({ phase }) => {
      if (phase === "check") setImmediate(() => controller.abort(new Error("enough")));
    },
  });
  await expect(updating).rejects.toThrow("enough");
});

test("over HTTP, a connection that is cut in the middle is gone on with where it was", async () => {
  const { root, trees, update, updateFolder } = await gameVersions(old, fresh);
  const patches = await update(0, 1);
  let cuts = 0;
  const server = await fileServer(updateFolder(0, 1), {
    fault(request, response, bytes) {
      if (bytes === undefined || bytes.length < 100_000 || cuts >= 3) return false;
      cuts++;
      const start = Number(/\d+/.exec(request.range ?? "")?.[0] ?? 0);
      const part = bytes.subarray(start);
      const last = bytes.length - 1;
      response.writeHead(start > 0 ? 206 : 200, {
        "content-length": part.length,
        etag: `"${bytes.length}"`,
        ...(start > 0 ? { "content-range": `bytes ${start}-${last}/${bytes.length}` } : {}),
      });
      response.write(part.subarray(0, 80_000), () => response.destroy());
      return true;
    },
  });
  const source = httpSource(server.url, { maxWaitMs: 5 });
  await applyUpdate(root, { ...patches, source }, { engines });
  expect(cuts).toBe(3);
  expect(server.requests.some(({ range }) => range !== undefined)).toBe(true);
  expect(await gameTree(root)).toEqual(await treeSnapshot(trees[1] as string));
});

test("over HTTP, a second run asks only for the bytes that the first has not", async () => {
  const { root, update, updateFolder } = await gameVersions({ a: "1" }, { a: noise(900_000) });
  const patches = await update(0, 1);
  const server = await fileServer(updateFolder(0, 1));
  const controller = new AbortController();
  const first = applyUpdate(
    root,
    { ...patches, source: httpSource(server.url) },
    {
      engines,
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.phase === "download" && progress.doneBytes > 300_000) {
          controller.abort(new Error("off"));
        }
      },
    },
  );
  await expect(first).rejects.toThrow("off");
  await applyUpdate(root, { ...patches, source: httpSource(server.url) }, { engines });
  const [start = 0] = server.requests.flatMap(({ range }) =>
    range === undefined ? [] : [Number(/\d+/.exec(range)?.[0])],
  );
  expect(start).toBeGreaterThan(300_000);
});
