import { chmod, mkdir, stat, utimes } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { NewBuffer } from "../../src/apply/new-buffer.js";
import { bsdiff, createHdiff, hdiff } from "../../src/index.js";
import { encodeHdiff13, encodeHdiffSf20 } from "../fixture/hdiff-encoder.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { vectorBytes, vectorPath, vectors } from "../fixture/vectors.js";
import { watchedFileSystem } from "../fixture/watched-file-system.js";
import { sha256, WorkFolder } from "../fixture/work-folder.js";

const old = Buffer.from("the old file has a text that the new file has too");
const next = Buffer.from("NEW: the old file has another text");
const covers = [{ oldPosition: 0, newPosition: 5, length: 18 }];
const patch = encodeHdiff13({ old, next, covers });

async function prepare() {
  const folder = await WorkFolder.make();
  return {
    folder,
    oldPath: await folder.write("old", old),
    patchPath: await folder.write("patch", patch),
    newPath: folder.path("new"),
  };
}

test.skipIf(process.platform === "win32")("an executable that is replaced stays one", async () => {
  const { folder, oldPath, patchPath, newPath } = await prepare();
  for (const mode of [0o755, 0o600, 0o444]) {
    await folder.write("new", old);
    await chmod(newPath, mode);
    await hdiff.apply(oldPath, patchPath, newPath);
    expect((await stat(newPath)).mode & 0o7777).toBe(mode);
    await chmod(newPath, 0o644);
  }
  await chmod(oldPath, 0o750);
  await hdiff.apply(oldPath, patchPath, oldPath);
  expect((await stat(oldPath)).mode & 0o7777).toBe(0o750);
  expect(await folder.read("old")).toEqual(next);
});

test("a patch for an old file of another size is CORRUPT_PATCH, and both sizes are told", async () => {
  const { folder, patchPath, newPath } = await prepare();
  const other = await folder.write("old", old.subarray(1));
  const expected = { oldSha256: sha256(old.subarray(1)) };
  for (const options of [{}, { expected }]) {
    const error = await rejectionOf(() => hdiff.apply(other, patchPath, newPath, options));
    expect(error).toMatchObject({ code: "CORRUPT_PATCH", offset: 10 });
    expect(error.message).toContain(`for an old file of ${old.length} bytes`);
    expect(error.message).toContain(`${other} has ${old.length - 1}`);
  }
  const wrong = { expected: { oldSha256: sha256(old) } };
  const error = await rejectionOf(() => hdiff.apply(other, patchPath, newPath, wrong));
  expect(error.code).toBe("HASH_MISMATCH");
});

test("an old file that is written to meanwhile is an IO_ERROR, and nothing is left", async () => {
  const { folder, oldPath, patchPath, newPath } = await prepare();
  let changed = false;
  const { open, ...rest } = watchedFileSystem();
  const engine = createHdiff({
    fs: {
      ...rest,
      open: async (path, flags, mode) => {
        // When the output is begun, the old file was opened.
        if (flags === "wx" && !changed) {
          changed = true;
          await folder.write("old", Buffer.concat([old, old]));
        }
        return await open(path, flags, mode);
      },
    },
  });
  const error = await rejectionOf(() => engine.apply(oldPath, patchPath, newPath));
  expect(error.code).toBe("IO_ERROR");
  expect(error.message).toContain(`${oldPath} was changed`);
  expect(await folder.names()).toEqual(["old", "patch"]);
});

describe("the other family's patch", () => {
  const [golden] = vectors.cases.filter(({ name }) => name === "text_edits");
  for (const { file, format } of golden?.patches ?? []) {
    if (/_c-/.test(file)) continue;
    test(`${file} is UNSUPPORTED_FORMAT, and the engine that reads it is told`, async () => {
      const folder = await WorkFolder.make();
      const [wrong, right] = /BSDIFF/.test(format) ? [hdiff, "bsdiff"] : [bsdiff, "hdiff"];
      const oldPath = vectorPath(golden?.old.file ?? "");
      for (const call of [
        () => wrong.apply(oldPath, vectorPath(file), folder.path("new")),
        () => wrong.apply(oldPath, vectorPath(file), folder.path("new"), { engine: "tool" }),
        async () => wrong.applyBytes(Buffer.alloc(0), await vectorBytes(file)),
      ]) {
        const error = await rejectionOf(call);
        expect(error.code).toBe("UNSUPPORTED_FORMAT");
        expect(error.message).toContain(`it is ${format}, which the engine ${right} reads`);
      }
      expect(await folder.names()).toEqual([]);
    });
  }
});

test("a step of an HDIFFSF20 patch above maxWindowBytes is TOO_LARGE", async () => {
  const steps = encodeHdiffSf20({ old, next, covers }, 1);
  const error = await rejectionOf(() => createHdiff({ maxWindowBytes: 4 }).applyBytes(old, steps));
  expect(error.code).toBe("TOO_LARGE");
  expect(error.message).toContain("maxWindowBytes");
  expect(Buffer.from(await hdiff.applyBytes(old, steps))).toEqual(next);
});

test("an option that can't be is INVALID_ARGUMENT and named", async () => {
  const { oldPath, patchPath, newPath } = await prepare();
  const bad = (options: object) => hdiff.apply(oldPath, patchPath, newPath, options);
  const making = (options: object) => hdiff.generate(oldPath, patchPath, newPath, options);
  for (const [field, call] of [
    ["engine", () => bad({ engine: "fast" })],
    ["engine", () => making({ engine: 1 })],
    ["selfCheck", () => making({ selfCheck: "yes" })],
    ["maxMemoryBytes", () => making({ maxMemoryBytes: -1 })],
    ["maxNewBytes", () => hdiff.applyBytes(old, patch, { maxNewBytes: -1 })],
    ["oldBytes", () => hdiff.applyBytes("old" as unknown as Uint8Array, patch)],
    ["patchBytes", () => hdiff.applyBytes(old, [] as unknown as Uint8Array)],
    ["maxWindowBytes", async () => createHdiff({ maxWindowBytes: Number.NaN })],
  ] as const) {
    const error = await rejectionOf(call);
    expect(error.code).toBe("INVALID_ARGUMENT");
    expect(error.field).toBe(field);
  }
});

test("hdiff without hdiffz makes patches all the same, and says what is missing where hdiffz is asked for", async () => {
  const { folder, oldPath, patchPath, newPath } = await prepare();
  const none = await mkdir(folder.path("none"), { recursive: true });
  const folders = { executableFolder: none, workingFolder: none, path: "" };
  const engine = createHdiff({ tools: folders });
  const error = await rejectionOf(() =>
    engine.generate(oldPath, patchPath, newPath, { engine: "tool" }),
  );
  expect(error.code).toBe("ENGINE_UNAVAILABLE");
  expect(error.message).toContain("hdiffz");
  for (const choice of ["auto", "builtin"] as const) {
    await engine.generate(oldPath, patchPath, newPath, { engine: choice });
  }
});

test("applyBytes() takes views of larger buffers, and leaves its arguments alone", async () => {
  const around = Buffer.concat([Buffer.from("xx"), old, Buffer.from("yy")]);
  const view = around.subarray(2, 2 + old.length);
  const before = Buffer.from(around);
  const made = await hdiff.applyBytes(view, patch);
  expect(Buffer.from(made)).toEqual(next);
  expect(around).toEqual(before);
  expect(made.buffer.byteLength).toBe(made.length);
});

test.skipIf(process.platform === "win32")(
  "a mode to run as another user is not taken over",
  async () => {
    const { folder, oldPath, patchPath, newPath } = await prepare();
    await folder.write("new", old);
    await chmod(newPath, 0o6755);
    await hdiff.apply(oldPath, patchPath, newPath);
    expect((await stat(newPath)).mode & 0o7777).toBe(0o755);
  },
);

test.skipIf(process.platform === "win32")(
  "what takes a private file's place is private while it is written",
  async () => {
    const { folder, oldPath, patchPath, newPath } = await prepare();
    await folder.write("new", old);
    await chmod(newPath, 0o640);
    const modes: number[] = [];
    const { open, ...rest } = watchedFileSystem();
    const engine = createHdiff({
      fs: {
        ...rest,
        open: async (path, flags, mode) => {
          const file = await open(path, flags, mode);
          if (flags === "wx") modes.push((await stat(path)).mode & 0o777);
          return file;
        },
      },
    });
    await engine.apply(oldPath, patchPath, newPath);
    expect(modes).toEqual([0o600]);
    expect((await stat(newPath)).mode & 0o777).toBe(0o640);
  },
);

test("an old file whose time of writing was set back is an IO_ERROR too", async () => {
  const { folder, oldPath, patchPath, newPath } = await prepare();
  await utimes(oldPath, 1_000, 1_000);
  const { open, ...rest } = watchedFileSystem();
  const engine = createHdiff({
    fs: {
      ...rest,
      open: async (path, flags, mode) => {
        if (flags === "wx") {
          await folder.write("old", Buffer.alloc(old.length, "x"));
          await utimes(oldPath, 1_000, 1_000);
        }
        return await open(path, flags, mode);
      },
    },
  });
  const error = await rejectionOf(() => engine.apply(oldPath, patchPath, newPath));
  expect(error.code).toBe("IO_ERROR");
});

test("applyBytes() makes no more than 2 GiB, unless the caller allows for it", async () => {
  const large = Buffer.concat([
    Buffer.from("ENDSLEY/BSDIFF43"),
    Buffer.from([1, 0, 0, 0x80, 0, 0, 0, 0]),
  ]);
  const refused = await rejectionOf(() => bsdiff.applyBytes(old, large));
  expect(refused).toMatchObject({ code: "TOO_LARGE" });
  const allowed = await rejectionOf(() => bsdiff.applyBytes(old, large, { maxNewBytes: 2 ** 32 }));
  expect(allowed).toMatchObject({ code: "CORRUPT_PATCH" });
});

test("a new file in memory that memory doesn't hold is TOO_LARGE", () => {
  const next = new NewBuffer(2 ** 52);
  const huge = { length: 2 ** 52 } as Uint8Array;
  expect(() => next.add(huge)).toThrow(expect.objectContaining({ code: "TOO_LARGE" }));
});
