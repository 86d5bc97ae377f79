import { lstat, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileFailure } from "../src/file-failure.js";
import { ManifestError } from "../src/manifest-error.js";

const failure = (path: string, named = path) =>
  lstat(path).then(
    () => undefined,
    (error: unknown) => fileFailure(error, named),
  );

test("a file that isn't there is told in words, with the system's error as the cause", async () => {
  const folder = await mkdtemp(join(tmpdir(), "potassium-test-"));
  try {
    const [missing, file] = [join(folder, "missing"), join(folder, "file")];
    await writeFile(file, "");
    expect(await failure(missing)).toMatchObject({
      ...{ code: "NOT_FOUND", message: `${missing} is not there`, path: missing },
      cause: { code: "ENOENT" },
    });
    // The installation is named; what failed lies in it.
    expect(await failure(missing, folder)).toMatchObject({
      ...{ message: `${missing} is not there`, path: folder },
    });
    if (process.platform !== "win32") {
      expect(await failure(join(file, "x"))).toMatchObject({
        ...{ code: "NOT_FOUND", cause: { code: "ENOTDIR" } },
        message: `${join(file, "x")} is not there: what should be its folder is none`,
      });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("what the file system refuses otherwise is IO_ERROR in the system's words, and ours stays as it is", () => {
  const error = Object.assign(new Error("EIO: i/o error, read"), { code: "EIO", syscall: "read" });
  expect(fileFailure(error, "game")).toMatchObject({
    ...{ code: "IO_ERROR", message: "game: EIO: i/o error, read" },
  });
  const ours = new ManifestError("BUSY", "held");
  expect(fileFailure(ours, "game")).toBe(ours);
});
