import { expect, test } from "vitest";
import { renameFile } from "../src/file/put-in-place.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { watchedFileSystem } from "./fixture/watched-file-system.js";
import { WorkFolder } from "./fixture/work-folder.js";

const held = (code: string) => Object.assign(new Error(`${code}: held`), { code });

/** A file system whose first `times` renames fail. */
async function prepare(times: number, code: string) {
  const folder = await WorkFolder.make();
  const from = await folder.write("from", Buffer.from("new"));
  let renames = 0;
  const fs = watchedFileSystem({
    before: (_, operation) => {
      if (operation !== "rename") return;
      renames += 1;
      if (renames <= times) throw held(code);
    },
  });
  return { folder, fs, from, to: folder.path("to"), renames: () => renames };
}

test.each(["EPERM", "EACCES", "EBUSY"])(
  "Windows: a rename is tried again after %s",
  async (code) => {
    const { folder, fs, from, to } = await prepare(2, code);
    await renameFile(fs, from, to, { platform: "win32" });
    expect(await folder.names()).toEqual(["to"]);
  },
);

test("Windows: an abort ends the waiting for a file that others hold", async () => {
  const { fs, from, to, renames } = await prepare(Number.POSITIVE_INFINITY, "EBUSY");
  const controller = new AbortController();
  const reason = new Error("the caller has gone");
  const rejection = rejectionOf(() =>
    renameFile(fs, from, to, { platform: "win32", signal: controller.signal }),
  );
  await expect.poll(renames).toBeGreaterThan(1);
  controller.abort(reason);
  expect(await rejection).toBe(reason);
});

test("elsewhere, and for what doesn't pass, the first error is the last", async () => {
  for (const [code, platform] of [
    ["EPERM", "linux"],
    ["ENOSPC", "win32"],
  ] as const) {
    const { fs, from, to, renames } = await prepare(1, code);
    const error = await rejectionOf(() => renameFile(fs, from, to, { platform }));
    expect(error).toMatchObject({ code });
    expect(renames()).toBe(1);
  }
});
