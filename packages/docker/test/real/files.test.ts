import { collectBytes } from "@potassium/core-types";
import { expect, test } from "vitest";
import type { DockerProvider } from "../../src/index.js";
import { describeEngines } from "../engines.js";
import { askRaw } from "./raw-engine.js";
import { scratch } from "./scratch.js";

async function read(provider: DockerProvider, id: string, path: string): Promise<string> {
  return Buffer.from(await collectBytes(provider.copyFrom(id, path))).toString();
}

/** Owner and permissions, as the server itself sees them. */
async function ownerAndMode(provider: DockerProvider, id: string, path: string): Promise<string> {
  const { stdout } = await provider.exec(id, ["ls", "-ln", path]);
  const [mode, , user, group] = stdout.split(/\s+/);
  return `${mode} ${user} ${group}`;
}

describeEngines((engine) => {
  const { image, host } = engine;
  const shell = (provider: DockerProvider, id: string, script: string) =>
    provider.exec(id, ["sh", "-c", script]);

  test("copyTo() keeps owner and permissions of a file that is there, not root's 0644", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const path = "/data/ops.json";
    await shell(
      provider,
      id,
      `cat /dev/null > ${path}; chown 1000:1000 ${path}; chmod 600 ${path}`,
    );
    await provider.copyTo(id, path, "[]");
    expect(await ownerAndMode(provider, id, path)).toBe("-rw------- 1000 1000");
    expect(await read(provider, id, path)).toBe("[]");
    await provider.copyTo(id, "/data/start.sh", "true", { mode: 0o750 });
    expect(await ownerAndMode(provider, id, "/data/start.sh")).toBe("-rwxr-x--- 0 0");
  });

  test("a stopped server's files can be written, with their owner kept, and read", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const path = "/data/level";
    await shell(
      provider,
      id,
      `cat /dev/null > ${path}; chown 1000:1000 ${path}; chmod 640 ${path}`,
    );
    await askRaw(host, "POST", `/containers/${id}/kill`);
    await provider.copyTo(id, path, "seven");
    await provider.copyTo(id, "/data/new", new Uint8Array([1, 2, 3]));
    expect(await read(provider, id, path)).toBe("seven");
    expect((await read(provider, id, "/data/new")).length).toBe(3);
    await provider.restart(id);
    expect(await ownerAndMode(provider, id, path)).toBe("-rw-r----- 1000 1000");
    expect((await shell(provider, id, `cat ${path}`)).stdout).toBe("seven");
  });

  test("copyTo() into a folder that is missing is NOT_FOUND, and the folder is not made", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const refused = { code: "NOT_FOUND" };
    await expect(provider.copyTo(id, "/data/none/file", "a")).rejects.toMatchObject(refused);
    expect((await shell(provider, id, "ls /data")).stdout).toBe("");
    await expect(provider.copyTo(id, "/etc/passwd/file", "a")).rejects.toMatchObject(refused);
  });

  test("a folder in a file's stead is INVALID_ARGUMENT, and does not get the file into it", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const refused = { code: "INVALID_ARGUMENT", field: "path" };
    await expect(provider.copyTo(id, "/data", "a")).rejects.toMatchObject(refused);
    await expect(read(provider, id, "/data")).rejects.toMatchObject(refused);
    await expect(provider.deleteFile(id, "/data")).rejects.toMatchObject(refused);
    expect((await shell(provider, id, "ls /data")).stdout).toBe("");
    for (const path of ["data/file", "/data/../etc/passwd", "/data//file", "/data/"]) {
      await expect(provider.copyTo(id, path, "a")).rejects.toMatchObject(refused);
    }
  });

  test("a symbolic link is refused rather than replaced or followed out of sight", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const link = `require("node:fs").symlinkSync("/etc/passwd", "/data/link")`;
    await provider.exec(id, ["node", "-e", link]);
    const before = await read(provider, id, "/etc/passwd");
    await expect(provider.copyTo(id, "/data/link", "gone")).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      field: "path",
    });
    expect(await read(provider, id, "/etc/passwd")).toBe(before);
    await provider.deleteFile(id, "/data/link");
    expect(await read(provider, id, "/etc/passwd")).toBe(before);
  });

  test("a file of 8 MB that comes as a stream arrives whole, and TOO_LARGE is told before it is read", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const piece = Buffer.alloc(64 * 1024, "potassium");
    async function* pieces() {
      for (let count = 0; count < 128; count += 1) yield piece;
    }
    await provider.copyTo(id, "/data/world", pieces());
    const bytes = await collectBytes(provider.copyFrom(id, "/data/world"));
    expect(Buffer.concat(Array.from({ length: 128 }, () => piece)).equals(bytes)).toBe(true);
    const capped = provider.copyFrom(id, "/data/world", { maxBytes: 1024 });
    await expect(capped[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: "TOO_LARGE",
    });
  });

  test("readers see the old file or the new one while it is replaced, never a part", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const length = 2_000_000;
    await provider.copyTo(id, "/data/map", "a".repeat(length));
    const watch = `const { readFileSync } = require("node:fs");
      const seen = new Set();
      const end = () => { console.log(JSON.stringify([...seen].sort())); process.exit(); };
      setInterval(() => {
        const text = readFileSync("/data/map", "latin1");
        seen.add(text[0] + (text === text[0].repeat(text.length) ? text.length : " torn"));
        if (text[0] === "c") end();
      }, 1);`;
    const watching = provider.exec(id, ["node", "-e", watch], { timeoutMs: 20_000 });
    await provider.copyTo(id, "/data/map", "b".repeat(length));
    await provider.copyTo(id, "/data/map", "c".repeat(length));
    const seen = JSON.parse((await watching).stdout) as string[];
    expect(seen.filter((text) => !/^[abc]2000000$/.test(text))).toEqual([]);
    expect((await shell(provider, id, "ls -a /data")).stdout.trim().split("\n")).toEqual([
      ".",
      "..",
      "map",
    ]);
  });
});
