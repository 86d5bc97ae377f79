import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as z from "zod";
import { describeEngines } from "../engines.js";
import { askRaw, demandRaw, rawContainers } from "./raw-engine.js";
import { scratch } from "./scratch.js";

/** A folder of the host that is removed at the end. */
async function hostFolder() {
  const path = await mkdtemp(join(tmpdir(), "potassium-volume-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const Volumes = z.object({ Volumes: z.array(z.object({ Name: z.string() })).nullish() });
const Mounted = z.object({ Mounts: z.array(z.object({ Name: z.string().optional() })) });

describeEngines((engine) => {
  const { image, host } = engine;

  test("a source that is missing is INVALID_ARGUMENT, and not made on the host", async () => {
    await using ours = scratch(engine);
    await using folder = await hostFolder();
    const source = join(folder.path, "world");
    const error: unknown = await ours.provider
      .allocate({ image, volumes: [{ source, target: "/world" }] })
      .catch((problem: unknown) => problem);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(String(error)).toContain("world");
    await expect(stat(source)).rejects.toMatchObject({ code: "ENOENT" });
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toEqual([]);
  });

  test("a file for a read-only volume is IO_ERROR, and no class of the engine's gets out", async () => {
    await using ours = scratch(engine);
    await using folder = await hostFolder();
    await writeFile(join(folder.path, "old"), "old");
    const { id } = await ours.provider.allocate({
      image,
      volumes: [{ source: folder.path, target: "/world", readOnly: true }],
    });
    const calls = [
      () => ours.provider.copyTo(id, "/world/old", "new"),
      () => ours.provider.copyTo(id, "/world/new", "new"),
      () => ours.provider.copyFolderTo(id, "/world/folder", folder.path),
      () => ours.provider.deleteFile(id, "/world/old"),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ code: "IO_ERROR", name: "DockerError" });
    }
    expect(await readFile(join(folder.path, "old"), "utf8")).toBe("old");
  });

  test("a relative path is INVALID_ARGUMENT, and no volume of that name is made", async () => {
    await using ours = scratch(engine);
    for (const source of ["./world", "../world", "worlds/one", "~/world"]) {
      await expect(
        ours.provider.allocate({ image, volumes: [{ source, target: "/world" }] }),
      ).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "volumes[0].source" });
    }
    expect((await askRaw(host, "GET", "/volumes/world")).status).toBe(404);
  });

  test("a read-only mount is one, and a writable one's files are the host's", async () => {
    await using ours = scratch(engine);
    await using folder = await hostFolder();
    await writeFile(join(folder.path, "map"), "island");
    const { id } = await ours.provider.allocate({
      image,
      volumes: [
        { source: folder.path, target: "/maps", readOnly: true },
        { source: folder.path, target: "/world" },
      ],
    });
    const run = (script: string) => ours.provider.exec(id, ["sh", "-c", script]);
    expect(await run("cat /maps/map")).toMatchObject({ exitCode: 0, stdout: "island" });
    expect((await run("rm /maps/map")).stderr).toMatch(/read-only/i);
    expect(await run("mv /world/map /world/old")).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(folder.path, "old"), "utf8")).toBe("island");
  });

  test("a named volume outlives its server, for the next one", async () => {
    await using ours = scratch(engine);
    const source = `${ours.namespace}-world`;
    const volumes = [{ source, target: "/world" }];
    try {
      const first = await ours.provider.allocate({ image, volumes });
      await ours.provider.copyTo(first.id, "/world/level", "7");
      await ours.provider.deallocate(first.id);
      const second = await ours.provider.allocate({ image, volumes });
      const { stdout } = await ours.provider.exec(second.id, ["cat", "/world/level"]);
      expect(stdout).toBe("7");
      await ours.provider.deallocate(second.id);
    } finally {
      await askRaw(host, "DELETE", `/volumes/${source}?force=true`);
    }
  });

  test("volumes without a name, which an image asks for, go with their server", async () => {
    await using ours = scratch(engine);
    const tag = ours.namespace;
    const made = await ours.provider.allocate({ image });
    const query = new URLSearchParams({ container: made.id, repo: `localhost/${tag}`, tag: "1" });
    query.append("changes", "VOLUME /world");
    await demandRaw(host, "POST", `/commit?${query}`, z.looseObject({}), {});
    try {
      const server = await ours.provider.allocate({ image: `localhost/${tag}:1` });
      const { Mounts } = await demandRaw(host, "GET", `/containers/${server.id}/json`, Mounted);
      const [volume] = Mounts.flatMap(({ Name }) => Name ?? []);
      expect(volume).toBeDefined();
      await ours.provider.deallocate(server.id);
      const { Volumes: left } = await demandRaw(host, "GET", "/volumes", Volumes);
      expect((left ?? []).map(({ Name }) => Name)).not.toContain(volume);
    } finally {
      await askRaw(host, "DELETE", `/images/localhost/${tag}:1?force=true`);
    }
  });
});
