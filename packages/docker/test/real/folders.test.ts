import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { DockerProvider } from "../../src/index.js";
import { describeEngines } from "../engines.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";
import { askRaw } from "./raw-engine.js";
import { scratch } from "./scratch.js";

describeEngines((engine) => {
  const { image, host } = engine;
  const shell = async (provider: DockerProvider, id: string, script: string) =>
    (await provider.exec(id, ["sh", "-c", script])).stdout;
  /** Owner and permissions, as the server itself sees them. */
  const owned = async (provider: DockerProvider, id: string, path: string) => {
    const [mode, , user, group] = (await shell(provider, id, `ls -ldn ${path}`)).split(/\s+/);
    return `${mode} ${user} ${group}`;
  };

  test("copyFolderTo() keeps owner and permissions of what is there, and gives the new to root", async () => {
    await using ours = scratch(engine);
    await using local = await temporaryFolder();
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const made = `mkdir /data/w /data/w/sub; cat /dev/null > /data/w/sub/old; chmod 600 /data/w/sub/old;
      chown -R 1000:1001 /data/w; chmod 1777 /data/w; chmod 700 /data/w/sub`;
    await shell(provider, id, made);
    await mkdir(join(local.path, "sub", "fresh"), { recursive: true });
    await writeFile(join(local.path, "sub", "old"), "new content");
    await writeFile(join(local.path, "sub", "new"), "", { mode: 0o640 });
    await provider.copyFolderTo(id, "/data/w", local.path);
    expect(await owned(provider, id, "/data/w")).toBe("drwxrwxrwt 1000 1001");
    expect(await owned(provider, id, "/data/w/sub")).toBe("drwx------ 1000 1001");
    expect(await owned(provider, id, "/data/w/sub/old")).toBe("-rw------- 1000 1001");
    expect(await owned(provider, id, "/data/w/sub/new")).toBe("-rw-r----- 0 0");
    expect(await owned(provider, id, "/data/w/sub/fresh")).toBe("drwxr-xr-x 0 0");
    expect(await shell(provider, id, "cat /data/w/sub/old")).toBe("new content");
  });

  test("folders of a stopped server are copied in and out", async () => {
    await using ours = scratch(engine);
    await using local = await temporaryFolder();
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    await askRaw(host, "POST", `/containers/${id}/kill`);
    const source = join(local.path, "source");
    await mkdir(source);
    await writeFile(join(source, "map"), Buffer.alloc(8_000_000, "potassium"));
    await provider.copyFolderTo(id, "/data/w", source);
    await provider.copyFolderFrom(id, "/data/w", join(local.path, "copy"));
    const copied = await readFile(join(local.path, "copy", "map"));
    expect(copied.equals(await readFile(join(source, "map")))).toBe(true);
  });

  test("what a server leaves in its folder to do harm does not get out, and hard links do", async () => {
    await using ours = scratch(engine);
    await using local = await temporaryFolder();
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const copy = (name: string) =>
      provider.copyFolderFrom(id, `/data/${name}`, join(local.path, "copy"));
    const node = (script: string) => provider.exec(id, ["node", "-e", script]);
    const fs = `const fs = require("node:fs");`;
    const twins = `fs.mkdirSync("/data/twins"); fs.writeFileSync("/data/twins/a", "one");
      fs.linkSync("/data/twins/a", "/data/twins/b"); fs.chmodSync("/data/twins/a", 0o4755);`;
    expect(await node(fs + twins)).toMatchObject({ exitCode: 0 });
    await copy("twins");
    expect(await readFile(join(local.path, "copy", "b"), "utf8")).toBe("one");
    const out = `fs.mkdirSync("/data/out"); fs.symlinkSync("/etc", "/data/out/etc");`;
    expect(await node(fs + out)).toMatchObject({ exitCode: 0 });
    await using other = await temporaryFolder();
    const refused = provider.copyFolderFrom(id, "/data/out", join(other.path, "copy"));
    await expect(refused).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "path" });
    expect(await readdir(other.path)).toEqual([]);
  });
});
