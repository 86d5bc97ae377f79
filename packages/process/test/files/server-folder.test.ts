import { execFileSync } from "node:child_process";
import { chmod, lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readServerFolder } from "../../src/files/read-server-folder.js";
import { writeServerFolder } from "../../src/files/write-server-folder.js";
import { temporaryFolder } from "../temporary-folder.js";

/** A server's folder `root` and a place beside it. */
async function folders() {
  const folder = await temporaryFolder();
  const root = join(folder.path, "server");
  const local = join(folder.path, "local");
  await mkdir(join(root, "world"), { recursive: true });
  await mkdir(local);
  return { ...folder, root, local, copy: join(local, "copy") };
}

test("a server's whole folder is copied by the path /", async () => {
  await using made = await folders();
  const { root, local, copy } = made;
  await writeFile(join(root, "world", "a"), "a");
  await readServerFolder(root, "/", copy, {});
  expect(await readFile(join(copy, "world", "a"), "utf8")).toBe("a");
  expect(await readdir(local)).toEqual(["copy"]);
  await writeServerFolder(root, "/", join(copy, "world"), {});
  expect(await readFile(join(root, "a"), "utf8")).toBe("a");
});

test.skipIf(process.platform === "win32")(
  "a pipe in a server's folder is refused and not waited for",
  async () => {
    await using made = await folders();
    const { root, local, copy } = made;
    execFileSync("mkfifo", [join(root, "world", "pipe")]);
    const call = readServerFolder(root, "/world", copy, {});
    await expect(call).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "path" });
    expect(await readdir(local)).toEqual([]);
  },
);

test.skipIf(process.platform === "win32")("sockets are left out", async () => {
  await using made = await folders();
  const { root, copy } = made;
  await writeFile(join(root, "world", "a"), "a");
  const server = createServer().listen(join(root, "world", "s"));
  try {
    await new Promise((resolve) => server.once("listening", resolve));
    await readServerFolder(root, "/world", copy, {});
    expect(await readdir(copy)).toEqual(["a"]);
  } finally {
    server.close();
  }
});

test("set-user-id bits do not get out of a server", async () => {
  await using made = await folders();
  const { root, copy } = made;
  await writeFile(join(root, "world", "su"), "");
  await chmod(join(root, "world", "su"), 0o4755);
  await readServerFolder(root, "/world", copy, {});
  expect((await lstat(join(copy, "su"))).mode & 0o7777).toBe(0o755);
});

test("nothing is written through a link that a server put in a folder's place", async () => {
  await using made = await folders();
  const { root, local } = made;
  const outside = join(root, "..", "outside");
  await mkdir(outside);
  await symlink(outside, join(root, "world", "sub"));
  await mkdir(join(local, "sub"));
  await writeFile(join(local, "sub", "a"), "a");
  await expect(writeServerFolder(root, "/world", local, {})).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "path",
  });
  await expect(writeServerFolder(root, "/world/sub", local, {})).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "path",
  });
  expect(await readdir(outside)).toEqual([]);
});

test("an existing file keeps its permissions, and so does an existing folder", async () => {
  await using made = await folders();
  const { root, local } = made;
  await writeFile(join(root, "world", "a"), "old", { mode: 0o600 });
  await chmod(join(root, "world"), 0o700);
  await writeFile(join(local, "a"), "new", { mode: 0o644 });
  await writeServerFolder(root, "/world", local, {});
  expect(await readFile(join(root, "world", "a"), "utf8")).toBe("new");
  expect((await lstat(join(root, "world", "a"))).mode & 0o777).toBe(0o600);
  expect((await lstat(join(root, "world"))).mode & 0o777).toBe(0o700);
  expect(await readdir(join(root, "world"))).toEqual(["a"]);
});
