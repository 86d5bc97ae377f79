import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { countingProxy } from "./counting-proxy.js";
import { readEvents } from "./event-reader.js";
import { rawContainers } from "./raw-engine.js";
import { scratch } from "./scratch.js";
import { until } from "./until.js";

const size = 100;
/** How much of it the provider does at once. */
const connections = 8;

const openFiles = async () => (await readdir("/proc/self/fd")).length;

describeEngines((engine) => {
  const { image, host } = engine;

  test(`${size} servers are made, listed in one request, followed and removed, and no socket leaks`, async () => {
    await using proxy = await countingProxy(host);
    await using ours = scratch(engine, { host: proxy.host, connections });
    const { provider } = ours;
    await provider.list();
    const before = await openFiles();
    const reader = readEvents(provider);
    const numbers = Array.from({ length: size }, (_, index) => index);
    const labels = (number: number) => ({ number: String(number) });
    await Promise.all(
      numbers.map((number) => provider.allocate({ image, labels: labels(number) })),
    );

    const asked = proxy.requests.length;
    const servers = await provider.list();
    expect(proxy.requests.slice(asked)).toEqual([
      expect.stringMatching(/^GET \S*\/containers\/json\?all=true&/),
    ]);
    expect(servers.map((server) => Number(server.labels["number"])).sort((a, b) => a - b)).toEqual(
      numbers,
    );
    expect(new Set(servers.map(({ name }) => name)).size).toBe(size);

    const started = new Set<string>();
    const ended = Promise.all(
      servers.map(async ({ id }) => {
        for await (const { text } of provider.followLogs(id)) {
          if (text.startsWith("started ")) started.add(id);
        }
      }),
    );
    await until("the first line of each", () => started.size === size);
    await Promise.all(servers.map(({ id }) => provider.deallocate(id)));
    await ended;
    expect(await provider.list()).toEqual([]);
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toEqual([]);

    for (const { id } of servers) await reader.waitFor("removed", id);
    for (const { id } of servers) {
      const types = reader.typesOf(id);
      expect([types[0], types.at(-1), new Set(types).size]).toEqual([
        "created",
        "removed",
        types.length,
      ]);
    }
    await reader[Symbol.asyncDispose]();
    // Connections are kept for the next request for a while; streams are not.
    await until("the streams' sockets to close", async () => (await openFiles()) <= before + 16);
    await provider[Symbol.asyncDispose]();
    await until("every connection to close", () => proxy.open() === 0);
    await until("every file to close", async () => (await openFiles()) <= before);
  }, 240_000);

  test("a broken connection ends no stream: what came meanwhile is told, once and in order", async () => {
    await using proxy = await countingProxy(host);
    await using ours = scratch(engine, { host: proxy.host });
    await using reader = readEvents(ours.provider);
    const behind = ours.another({ host });
    const kept = await ours.provider.allocate({ image });
    const gone = await ours.provider.allocate({ image });
    await reader.waitFor("running", gone.id);
    proxy.cut();
    await behind.deallocate(gone.id);
    const late = await behind.allocate({ image });
    await reader.waitFor("running", late.id);
    await reader.waitFor("removed", gone.id);
    await ours.provider.deallocate(late.id);
    await reader.waitFor("removed", late.id);
    for (const { id } of [gone, late]) {
      // Told by the process that caused them, and the other process is not the one that listens here.
      const types = reader.typesOf(id).filter((type) => type !== "stopping" && type !== "ready");
      expect(types).toEqual(["created", "starting", "running", "stopped", "removed"]);
    }
    await reader.waitFor("ready", kept.id);
    expect(reader.typesOf(kept.id)).toEqual(["created", "starting", "running", "ready"]);
  });

  test("followLogs() outlives a broken connection without a loss or a repetition", async () => {
    await using proxy = await countingProxy(host);
    await using ours = scratch(engine, { host: proxy.host });
    const behind = ours.another({ host });
    const { id } = await ours.provider.allocate({ image });
    const texts: string[] = [];
    const following = (async () => {
      for await (const { text } of ours.provider.followLogs(id)) texts.push(text);
    })();
    for (const word of ["one", "two", "three"]) {
      await behind.sendCommand(id, `say ${word}`);
      await until(`the word ${word}`, () => texts.includes(`said ${word}`));
      proxy.cut();
    }
    await behind.sendCommand(id, "say four");
    await until("the last word", () => texts.includes("said four"));
    await behind.deallocate(id);
    await following;
    expect(texts.filter((text) => text.startsWith("said "))).toEqual([
      ...["said one", "said two", "said three", "said four"],
    ]);
  });
});
