import * as fileSystem from "node:fs/promises";
import { totalmem } from "node:os";
import { expect, test } from "vitest";
import {
  bsdiffMemoryBytes,
  defaultMaxMemoryBytes,
  maxBsdiffFileBytes,
} from "../../src/generate/bsdiff-memory.js";
import { generateBsdiff } from "../../src/generate/generate-bsdiff.js";
import { standIn } from "./stand-in.js";
import { workFolder } from "./work-folder.js";

const mebibyte = 2 ** 20;

test("the sort of the old file takes most of the memory, unless the new one is much larger", () => {
  const empty = bsdiffMemoryBytes(0, 0);
  expect(bsdiffMemoryBytes(mebibyte, 0) - empty).toBeGreaterThanOrEqual(9 * mebibyte);
  expect(bsdiffMemoryBytes(mebibyte, mebibyte)).toBe(bsdiffMemoryBytes(mebibyte, 0));
  expect(bsdiffMemoryBytes(0, mebibyte) - empty).toBe(3 * mebibyte);
});

test("half of the machine's memory may be taken, or less in a control group", () => {
  expect(defaultMaxMemoryBytes()).toBeGreaterThan(0);
  expect(defaultMaxMemoryBytes()).toBeLessThanOrEqual(totalmem() / 2);
});

test("files that need more memory than allowed are TOO_LARGE before a child process starts", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", Buffer.alloc(mebibyte));
  const library = await standIn(folder, "");
  await expect(
    generateBsdiff(inputPath, inputPath, folder.path("patch"), {
      library,
      maxMemoryBytes: bsdiffMemoryBytes(mebibyte, mebibyte) - 1,
    }),
  ).rejects.toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringMatching(/about \d+ MiB .* may take \d+ MiB: use hdiff/),
  });
  expect(await folder.names()).toEqual(["input", "stand-in.cjs"]);
});

test("files that need as much memory as allowed are taken", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", Buffer.alloc(mebibyte));
  const library = await standIn(folder, "");
  const maxMemoryBytes = bsdiffMemoryBytes(mebibyte, mebibyte);
  await generateBsdiff(inputPath, inputPath, folder.path("patch"), { library, maxMemoryBytes });
  expect(await folder.names()).toContain("pid");
});

test("files over bsdiff-node's own limit are TOO_LARGE, whatever the memory", async () => {
  await using folder = await workFolder();
  const small = await folder.write("small", "content");
  const large = await folder.write("large", "");
  await fileSystem.truncate(large, maxBsdiffFileBytes + 1);
  const library = await standIn(folder, "");
  const maxMemoryBytes = Number.POSITIVE_INFINITY;
  for (const [oldPath, newPath] of [
    [small, large],
    [large, small],
  ] as const) {
    await expect(
      generateBsdiff(oldPath, newPath, folder.path("patch"), { library, maxMemoryBytes }),
    ).rejects.toMatchObject({ code: "TOO_LARGE", message: expect.stringContaining("hdiff") });
  }
  expect(await folder.names()).not.toContain("pid");
});

test("a maxMemoryBytes that is no amount is INVALID_ARGUMENT", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", "content");
  for (const maxMemoryBytes of [0, -1, Number.NaN]) {
    await expect(
      generateBsdiff(inputPath, inputPath, folder.path("patch"), { maxMemoryBytes }),
    ).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "maxMemoryBytes" });
  }
});

test("input files that can't be read are refused by name before a child process starts", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", "content");
  const missing = folder.path("missing.bin");
  const place = folder.path("place");
  await fileSystem.mkdir(place);
  const library = await standIn(folder, "");
  for (const [bad, code] of [
    [missing, "NOT_FOUND"],
    [place, "IO_ERROR"],
  ] as const) {
    for (const [oldPath, newPath] of [
      [bad, inputPath],
      [inputPath, bad],
    ] as const) {
      await expect(
        generateBsdiff(oldPath, newPath, folder.path("patch"), { library }),
      ).rejects.toMatchObject({ code, message: expect.stringContaining(bad) });
    }
  }
  expect(await folder.names()).toEqual(["input", "place", "stand-in.cjs"]);
});

test("an input file that may not be read is an IO_ERROR that names it", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", "content");
  const secretPath = await folder.write("secret", "content");
  const library = await standIn(folder, "");
  const fs = {
    ...fileSystem,
    open: (path: string, flags: string) =>
      path === secretPath
        ? Promise.reject(Object.assign(new Error("permission denied"), { code: "EACCES" }))
        : fileSystem.open(path, flags),
  };
  const call = generateBsdiff(inputPath, secretPath, folder.path("patch"), { library, fs });
  await expect(call).rejects.toMatchObject({
    code: "IO_ERROR",
    message: expect.stringMatching(/secret: permission denied/),
  });
  expect(await folder.names()).not.toContain("pid");
});

test("an output that can't be created is refused before a child process starts", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", "content");
  const library = await standIn(folder, "");
  const call = (path: string) => generateBsdiff(inputPath, inputPath, path, { library });
  await expect(call(folder.path("no-folder/patch"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(call(inputPath)).rejects.toMatchObject({ code: "IO_ERROR" });
  expect(await fileSystem.readFile(inputPath, "utf8")).toBe("content");
  expect(await folder.names()).not.toContain("pid");
});
