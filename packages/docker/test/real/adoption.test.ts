import { hasErrorCode } from "@potassium/core-types";
import { expect, test } from "vitest";
import * as z from "zod";
import { describeEngines } from "../engines.js";
import { freeUdpPorts } from "./free-ports.js";
import { rawContainer } from "./raw-container.js";
import { askRaw, demandRaw, rawContainers } from "./raw-engine.js";
import { scratch } from "./scratch.js";

const Labelled = z.object({ Config: z.object({ Labels: z.record(z.string(), z.string()) }) });

describeEngines((engine) => {
  const { image, host } = engine;
  const readiness = { type: "log", pattern: "^ready$" } as const;

  test("a new provider finds the servers of the one before it, stopped ones too", async () => {
    await using ours = scratch(engine);
    const labels = { mode: "skywars" };
    const runs = await ours.provider.allocate({ image, labels, memoryLimit: 256 * 1024 ** 2 });
    const ended = await ours.provider.allocate({ image, readiness });
    await askRaw(host, "POST", `/containers/${ended.id}/stop?t=5`);
    await ours.provider[Symbol.asyncDispose]();
    const next = ours.another();
    const [one, two] = await next.list();
    expect(one).toMatchObject({ id: runs.id, name: runs.name, labels, limits: runs.limits });
    expect(one?.status.state).toBe("running");
    expect(two).toMatchObject({ id: ended.id, status: { state: "stopped", exitCode: 0 } });
    expect(await next.get(runs.name)).toEqual({ ...runs, warnings: [] });
    await next.deallocate(ended.id);
    expect((await next.list()).map(({ id }) => id)).toEqual([runs.id]);
  });

  test("a new provider knows the ports of a stopped server, which the engine forgets", async () => {
    await using ours = scratch(engine);
    const [first = 0] = await freeUdpPorts(2);
    const ports = [{ host: first, container: 5520, protocol: "udp" as const }];
    const stopped = await ours.provider.allocate({ image, ports, readiness });
    await askRaw(host, "POST", `/containers/${stopped.id}/stop?t=5`);
    const next = ours.another();
    await expect(next.allocate({ image, ports })).rejects.toMatchObject({
      code: "PORT_IN_USE",
      field: "ports[0].host",
    });
    const range = `${first}-${first + 1}`;
    const other = await next.allocate({
      image,
      ports: [{ range, container: 5520, protocol: "udp" }],
    });
    expect(other.ports[0]?.host).toBe(first + 1);
    // And the stopped one gets its own again.
    expect((await next.restart(stopped.id)).ports[0]?.host).toBe(first);
  });

  test("one idempotency key given by two providers at once makes one server", async () => {
    await using ours = scratch(engine);
    const providers = [ours.provider, ours.another(), ours.another()];
    const request = { image, idempotencyKey: "key", readiness };
    const servers = await Promise.all(providers.map((provider) => provider.allocate(request)));
    expect(new Set(servers.map(({ id }) => id)).size).toBe(1);
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toHaveLength(1);
  });

  test("an idempotency key outlives its provider: the same server, or CONFLICT", async () => {
    await using ours = scratch(engine);
    const request = { image, idempotencyKey: "key", environment: { A: "1" } };
    const { id } = await ours.provider.allocate(request);
    const next = ours.another();
    expect((await next.allocate(request)).id).toBe(id);
    const other = { ...request, environment: { A: "2" } };
    await expect(next.allocate(other)).rejects.toMatchObject({
      code: "CONFLICT",
      field: "idempotencyKey",
    });
    expect((await next.list()).map((server) => server.id)).toEqual([id]);
  });

  test("a key's server that a named request and another name can't have twice is a CONFLICT", async () => {
    await using ours = scratch(engine);
    const name = `${ours.namespace}-one`;
    await ours.provider.allocate({ image, name, idempotencyKey: "key" });
    const error: unknown = await ours
      .another()
      .allocate({ image, name: `${name}-two`, idempotencyKey: "key" })
      .catch((problem: unknown) => problem);
    expect(hasErrorCode(error, "CONFLICT")).toBe(true);
  });

  test("a container that a call left unstarted when its process died is replaced", async () => {
    await using ours = scratch(engine);
    const request = { image, idempotencyKey: "key", readiness };
    const first = await ours.provider.allocate(request);
    const path = `/containers/${first.id}/json`;
    const { Config } = await demandRaw(host, "GET", path, Labelled);
    await ours.provider.deallocate(first.id);
    const wanted = JSON.parse(Config.Labels["potassium.wanted"] ?? "") as object;
    const longAgo = { ...wanted, createdAt: new Date(Date.now() - 3_600_000).toISOString() };
    const labels = { ...Config.Labels, "potassium.wanted": JSON.stringify(longAgo) };
    await using left = await rawContainer(engine, { name: first.name, labels, start: false });
    const replacement = await ours.another().allocate(request);
    expect(replacement.status.state).toBe("running");
    expect((await askRaw(host, "GET", `/containers/${left.id}/json`)).status).toBe(404);
    expect((await ours.provider.list()).map(({ id }) => id)).toEqual([replacement.id]);
  });
});
