import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type GenerateSmallestOptions, generateSmallest, hdiff } from "../../src/index.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { WorkFolder } from "../fixture/work-folder.js";

/** Text of words, of which every one is another in few places. */
function words(count: number, seed = 1): Buffer {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 8;
  };
  return Buffer.from(Array.from({ length: count }, () => (next() % 4000).toString(36)).join(" "));
}

async function pair(oldBytes: Uint8Array, newBytes: Uint8Array) {
  const folder = await WorkFolder.make();
  const paths = {
    oldPath: await folder.write("old", oldBytes),
    newPath: await folder.write("new", newBytes),
    patchPath: folder.path("patch"),
  };
  const run = (options?: GenerateSmallestOptions) =>
    generateSmallest(paths.oldPath, paths.newPath, paths.patchPath, options);
  return { ...paths, folder, run, names: () => folder.names() };
}

describe("generateSmallest()", () => {
  test("writes the smallest patch of all that it tried, and nothing else", async () => {
    const old = words(40_000);
    const next = Buffer.concat([old.subarray(0, 50_000), words(900, 7), old.subarray(52_000)]);
    const { oldPath, patchPath, folder, run, names } = await pair(old, next);
    const result = await run();
    expect(result.outcome).toBe("patch");
    if (result.outcome !== "patch") return;
    const sizes = result.tried.map(({ patchBytes = Number.NaN }) => patchBytes);
    expect(sizes.length).toBeGreaterThan(1);
    expect(result.patchBytes).toBe(Math.min(...sizes));
    expect((await readFile(patchPath)).length).toBe(result.patchBytes);
    await hdiff.apply(oldPath, patchPath, folder.path("made"));
    expect(Buffer.compare(await folder.read("made"), next)).toBe(0);
    expect(await names()).toEqual(["made", "new", "old", "patch"]);
  });

  test("a file without anything in common with the old one is to be shipped whole", async () => {
    const { patchPath, run, names } = await pair(randomBytes(100_000), randomBytes(80_000));
    await writeFile(patchPath, "what stood there");
    const result = await run();
    expect(result).toMatchObject({
      outcome: "whole",
      reason: "not-smaller",
      wholeBytes: 80_000,
      isCompressed: true,
    });
    expect(await readFile(patchPath, "utf8")).toBe("what stood there");
    expect(await names()).toEqual(["new", "old", "patch"]);
  });

  test("compressed files are known for such, and cost no effort to compress them again", async () => {
    const packed = (seed: number) => deflateRawSync(words(200_000, seed), { level: 9 });
    const archive = Buffer.concat([packed(1), packed(2)]);
    const { run } = await pair(archive, Buffer.concat([packed(3), archive]));
    const result = await run();
    expect(result.outcome).toBe("patch");
    expect(result.tried.map(({ effort }) => effort)).not.toContain("smallest");
  });

  test("a text is shipped whole where compressed it is smaller than its patch", async () => {
    const { run } = await pair(randomBytes(50_000), Buffer.from("to be or not to be ".repeat(20)));
    const result = await run();
    expect(result).toMatchObject({ outcome: "whole", reason: "not-smaller", isCompressed: false });
    if (result.outcome === "whole") expect(result.wholeBytes).toBeLessThan(380 / 4);
  });

  test("wholeBytes is what the patch must be smaller than", async () => {
    const old = words(40_000);
    const { run, names } = await pair(old, Buffer.concat([old, words(50, 3)]));
    expect(await run({ wholeBytes: 10 })).toMatchObject({ outcome: "whole", wholeBytes: 10 });
    expect(await names()).toEqual(["new", "old"]);
    expect(await run({ wholeBytes: 10_000 })).toMatchObject({ outcome: "patch" });
  });

  test("a contender that is not there is passed over, and told", async () => {
    const old = words(5_000);
    const { run } = await pair(old, Buffer.concat([old, words(50, 3)]));
    const tools = { hdiffz: "/no/such/hdiffz" };
    const result = await run({ contenders: ["hdiffz", "hdiff"], tools });
    expect(result.outcome).toBe("patch");
    const told = result.tried.find(({ contender }) => contender === "hdiffz");
    expect(told).toMatchObject({ problem: "ENGINE_UNAVAILABLE" });
    expect(await run({ contenders: ["hdiffz"], tools })).toMatchObject({
      outcome: "whole",
      reason: "none-made",
    });
  });

  test("too little memory for any patch is told, and the file is to be shipped whole", async () => {
    const { run } = await pair(words(5_000), words(5_000, 2));
    const result = await run({ maxMemoryBytes: 2 ** 20 });
    expect(result).toMatchObject({ outcome: "whole", reason: "none-made" });
    expect(result.tried.every(({ problem }) => problem === "TOO_LARGE")).toBe(true);
  });

  test("where the time is over, what was found so far is taken", async () => {
    const old = words(400_000);
    const { run, names } = await pair(old, Buffer.concat([words(900, 5), old]));
    const whole = await run({ maxTimeMs: 0.001 });
    expect(whole).toMatchObject({ outcome: "whole", reason: "none-made" });
    expect(whole.tried.every(({ problem }) => problem === "TIMEOUT")).toBe(true);
    expect(await names()).toEqual(["new", "old"]);
    const patch = await run({ maxTimeMs: 600_000 });
    expect(patch.outcome).toBe("patch");
    expect(patch.tried.every(({ problem }) => problem === undefined)).toBe(true);
  });

  test("an abort at any sign of progress rejects with its reason and leaves nothing", async () => {
    const old = words(60_000);
    const { run, names } = await pair(old, Buffer.concat([words(900, 5), old]));
    let calls = 0;
    await run({ onProgress: () => calls++ });
    expect(calls).toBeGreaterThan(4);
    for (const at of [1, 2, 5, calls - 1]) {
      const controller = new AbortController();
      let call = 0;
      const reason = new Error("stop");
      const onProgress = () => {
        call += 1;
        if (call === at) controller.abort(reason);
      };
      const error = await rejectionOf(() => run({ signal: controller.signal, onProgress }));
      expect(error).toBe(reason);
      expect((await names()).filter((name) => name.startsWith(".potassium"))).toEqual([]);
    }
  });

  test.each([
    [{ contenders: [] }, "contenders"],
    [{ contenders: ["xdelta"] as never }, "contenders"],
    [{ maxTimeMs: 0 }, "maxTimeMs"],
    [{ maxTimeMs: Number.NaN }, "maxTimeMs"],
    [{ wholeBytes: -1 }, "wholeBytes"],
    [{ maxtime: 3 } as never, "maxtime"],
  ])("refuses %j", async (options, field) => {
    const { run } = await pair(words(10), words(20));
    expect(await rejectionOf(() => run(options))).toMatchObject({
      code: "INVALID_ARGUMENT",
      field,
    });
  });

  test("a patch path that is an input's file is refused", async () => {
    const { oldPath, newPath } = await pair(words(10), words(20));
    const error = await rejectionOf(() => generateSmallest(oldPath, newPath, newPath));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", field: "patchPath" });
  });
});
