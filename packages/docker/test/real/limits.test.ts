import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import * as z from "zod";
import { describeEngines } from "../engines.js";
import { readEvents } from "./event-reader.js";
import { ownProgram } from "./own-program.js";
import { demandRaw, rawContainers } from "./raw-engine.js";
import { scratch } from "./scratch.js";
import { until } from "./until.js";

const mebibyte = 1024 ** 2;

const Rate = z.object({ Path: z.string(), Rate: z.number() });
const Limits = z.object({
  HostConfig: z.object({
    NanoCpus: z.number().optional(),
    CpuQuota: z.number().optional(),
    CpuPeriod: z.number().optional(),
    Memory: z.number(),
    MemorySwap: z.number(),
    PidsLimit: z.number().nullish(),
    BlkioDeviceReadBps: z.array(Rate).nullish(),
    BlkioDeviceWriteBps: z.array(Rate).nullish(),
  }),
});

const Killed = z.object({ State: z.object({ OOMKilled: z.boolean() }) });

const greedy = ownProgram(
  `const held = []; setInterval(() => held.push(Buffer.alloc(${8 * mebibyte}, 1)), 10);`,
);

const hasDisk = (await readdir("/sys/block").catch(() => [])).some((name) =>
  /^(?:vd|sd|xvd|nvme)/.test(name),
);

describeEngines((engine) => {
  const { image, host } = engine;

  test("limits on CPU, memory, swap and processes are what the engine then has", async () => {
    await using ours = scratch(engine);
    const limits = {
      cpuLimit: 0.5,
      memoryLimit: 128 * mebibyte,
      memorySwap: 128 * mebibyte,
      pidsLimit: 50,
    };
    const server = await ours.provider.allocate({ image, ...limits });
    expect(server.limits).toEqual(limits);
    const { HostConfig } = await demandRaw(host, "GET", `/containers/${server.id}/json`, Limits);
    const { NanoCpus = 0, CpuQuota = 0, CpuPeriod = 1 } = HostConfig;
    expect(NanoCpus === 0 ? CpuQuota / CpuPeriod : NanoCpus / 1e9).toBe(0.5);
    expect(HostConfig).toMatchObject({
      Memory: 128 * mebibyte,
      MemorySwap: 128 * mebibyte,
      PidsLimit: 50,
    });
    const [listed] = await ours.provider.list();
    expect(listed?.limits).toEqual(limits);
    expect((await ours.provider.stats(server.id)).memoryLimitBytes).toBe(128 * mebibyte);
  });

  test("memory is told without the page cache and with it, also where the engine knows one number", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image });
    const { memoryBytes, memoryWithCacheBytes } = await ours.provider.stats(id);
    expect(memoryBytes).toBeGreaterThan(mebibyte);
    expect(memoryWithCacheBytes).toBeGreaterThanOrEqual(memoryBytes);
  });

  test("a server that the kernel killed for its memory is stopped as such, and told so", async () => {
    await using ours = scratch(engine);
    await using reader = readEvents(ours.provider);
    const { id } = await ours.provider.allocate({
      image,
      environment: greedy,
      memoryLimit: 64 * mebibyte,
      memorySwap: 64 * mebibyte,
      restartPolicy: { name: "no" },
    });
    const stopped = await reader.waitFor("stopped", id);
    const { State } = await demandRaw(host, "GET", `/containers/${id}/json`, Killed);
    // Podman on cgroup version 1 often misses why its container was killed; then nobody can tell.
    const outOfMemory = engine.name === "docker" || State.OOMKilled;
    expect(stopped).toMatchObject({ exitCode: 137, outOfMemory });
    expect(reader.typesOf(id)).not.toContain("stopping");
    const status = await until("the end", async () => {
      const now = (await ours.provider.get(id))?.status;
      return now?.state === "stopped" && now;
    });
    expect(status).toMatchObject({ exitCode: 137, outOfMemory });
  });

  test("a server that is killed by hand is not out of memory", async () => {
    await using ours = scratch(engine);
    await using reader = readEvents(ours.provider);
    const { id } = await ours.provider.allocate({ image, memoryLimit: 128 * mebibyte });
    await demandRaw(host, "POST", `/containers/${id}/kill`, z.undefined());
    expect(await reader.waitFor("stopped", id)).toMatchObject({
      exitCode: 137,
      outOfMemory: false,
    });
    expect((await ours.provider.get(id))?.status).toMatchObject({ outOfMemory: false });
  });

  test("a limit on the size of files is NOT_SUPPORTED where the storage can't, and not forgotten", async () => {
    await using ours = scratch(engine);
    const { limitations } = await ours.provider.engine();
    const request = { image, diskSizeLimit: 100 * mebibyte };
    if (limitations.diskSizeLimit === undefined) {
      expect((await ours.provider.allocate(request)).limits.diskSizeLimit).toBe(100 * mebibyte);
      return;
    }
    await expect(ours.provider.allocate(request)).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
      field: "diskSizeLimit",
    });
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toEqual([]);
  });

  test.skipIf(!hasDisk)("limits on disk throughput are for disks that are there", async () => {
    await using ours = scratch(engine);
    const limits = { diskIoReadBps: 10 * mebibyte, diskIoWriteBps: 5 * mebibyte };
    const server = await ours.provider.allocate({ image, ...limits });
    expect(server.limits).toMatchObject(limits);
    const { HostConfig } = await demandRaw(host, "GET", `/containers/${server.id}/json`, Limits);
    const [read] = HostConfig.BlkioDeviceReadBps ?? [];
    const [write] = HostConfig.BlkioDeviceWriteBps ?? [];
    expect([read?.Rate, write?.Rate]).toEqual([10 * mebibyte, 5 * mebibyte]);
  });
});
