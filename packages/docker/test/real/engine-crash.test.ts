import { conformanceServerPath } from "@potassium/core-types/conformance";
import {
  canStartDockerd,
  conformanceImage,
  importConformanceImage,
  type PrivateDockerd,
  privateDockerd,
} from "@potassium/tooling/engines";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DockerProvider } from "../../src/index.js";
import { uniqueNamespace } from "../engines.js";
import { readEvents } from "./event-reader.js";
import { askRaw, rawContainers } from "./raw-engine.js";
import { until } from "./until.js";

describe.skipIf(!(await canStartDockerd()))("on a Docker engine that is killed", () => {
  let engine: PrivateDockerd;
  const image = conformanceImage;
  const readiness = { type: "log", pattern: "^ready$" } as const;

  beforeAll(async () => {
    engine = await privateDockerd();
    await importConformanceImage(engine.host, conformanceServerPath);
  }, 120_000);

  afterAll(async () => {
    await removeAll().finally(() => engine[Symbol.asyncDispose]());
  }, 60_000);

  async function removeAll(): Promise<void> {
    const all = await rawContainers(engine.host, "potassium.namespace");
    await Promise.all(
      all.map(({ Id }) => askRaw(engine.host, "DELETE", `/containers/${Id}?force=true&v=true`)),
    );
  }

  const open = (namespace = uniqueNamespace()) =>
    ({ namespace, provider: new DockerProvider({ host: engine.host, namespace }) }) as const;

  test("20 allocates that it dies under end in a server or a typed error, and a retry in 20 servers", async () => {
    const { namespace, provider } = open();
    await using ours = provider;
    const requests = Array.from({ length: 20 }, (_, index) => ({
      image,
      idempotencyKey: `key ${index}`,
    }));
    const settled = Promise.allSettled(requests.map((request) => ours.allocate(request)));
    // In the middle of it: some are made, some are being made, most have not begun.
    const label = `potassium.namespace=${namespace}`;
    await until("the first containers", async () => {
      return (await rawContainers(engine.host, label)).length >= 5;
    });
    await engine.kill();
    const results = await settled;
    for (const result of results) {
      if (result.status === "fulfilled") continue;
      expect(result.reason).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
    }
    expect(results.some(({ status }) => status === "rejected")).toBe(true);
    await engine.restart();
    const retried = await Promise.all(requests.map((request) => ours.allocate(request)));
    expect(new Set(retried.map(({ id }) => id)).size).toBe(20);
    const listed = (await ours.list()).map(({ id }) => id).sort();
    expect(listed).toEqual(retried.map(({ id }) => id).sort());
    const containers = await rawContainers(engine.host, label);
    expect(containers.map(({ Id }) => Id).sort()).toEqual(listed);
    await using other = open(namespace).provider;
    const again = await Promise.all(requests.map((request) => other.allocate(request)));
    expect(again.map(({ id }) => id)).toEqual(retried.map(({ id }) => id));
    await removeAll();
  }, 120_000);

  test("events() outlives it: nothing is told while it is away, and then who really ended", async () => {
    await using provider = open().provider;
    await using reader = readEvents(provider);
    const ends = await provider.allocate({ image, readiness });
    const returns = await provider.allocate({
      image,
      readiness,
      restartPolicy: { name: "always" },
    });
    await reader.waitFor("ready", returns.id);
    const before = reader.events.length;
    await engine.kill();
    await expect(provider.list()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(reader.events.length).toBe(before);
    await engine.restart();
    // An engine without live-restore ends its containers when it starts, and starts some again.
    await reader.waitFor("stopped", ends.id);
    expect((await provider.get(ends.id))?.status.state).toBe("stopped");
    await until("the other", async () => {
      return (await provider.get(returns.id))?.status.state === "running";
    });
    const later = await provider.allocate({ image, readiness });
    await reader.waitFor("ready", later.id);
    await provider.deallocate(later.id);
    await reader.waitFor("removed", later.id);
    expect(reader.typesOf(later.id)).toEqual([
      ...["created", "starting", "running", "ready", "stopping", "stopped", "removed"],
    ]);
    expect(reader.typesOf(ends.id).filter((type) => type === "stopped")).toHaveLength(1);
    const told = reader.typesOf(returns.id);
    expect(told.lastIndexOf("running")).toBeGreaterThanOrEqual(told.lastIndexOf("stopped"));
    expect(told).not.toContain("removed");
    await removeAll();
  }, 60_000);

  test("followLogs() goes on behind it or ends with a typed error, and a new call has every line", async () => {
    await using provider = open().provider;
    const { id } = await provider.allocate({ image, readiness, restartPolicy: { name: "always" } });
    const texts: string[] = [];
    const leaving = new AbortController();
    const following = (async () => {
      for await (const { text } of provider.followLogs(id, { signal: leaving.signal })) {
        texts.push(text);
      }
    })().catch((error: unknown) => error);
    await until("the first lines", () => texts.includes("ready"));
    await engine.kill();
    await engine.restart();
    await until("the server", async () => (await provider.get(id))?.status.state === "running");
    await provider.sendCommand(id, "say hello");
    await until("its words", async () =>
      (await provider.logs(id)).some(({ text }) => text === "said hello"),
    );
    const over = await Promise.race([
      following,
      until("the words", () => texts.includes("said hello")),
    ]);
    leaving.abort(new Error("enough"));
    if (over !== true) expect(over).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
    expect(texts.filter((text) => text === "said hello").length).toBeLessThanOrEqual(1);
    await following;
    await removeAll();
  }, 60_000);
});
