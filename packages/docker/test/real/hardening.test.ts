import { expect, test } from "vitest";
import * as z from "zod";
import { type DockerProvider, droppedCapabilities } from "../../src/index.js";
import { describeEngines } from "../engines.js";
import { demandRaw } from "./raw-engine.js";
import { scratch } from "./scratch.js";

const Inspected = z.object({
  HostConfig: z.object({
    Init: z.boolean().nullish(),
    LogConfig: z.object({
      Type: z.string(),
      Config: z.record(z.string(), z.string()).nullish(),
      Size: z.string().optional(),
    }),
  }),
});

/** The numbers of Linux' capabilities. */
const capabilityBits = { SYS_CHROOT: 18, NET_RAW: 13, MKNOD: 27, AUDIT_WRITE: 29, SETFCAP: 31 };

/** Podman writes sizes for people: "10.49MB". */
const wholeMegabytes = (size = "") => Math.floor(Number.parseFloat(size));

/** What the kernel says about the first process. */
async function firstProcess(provider: DockerProvider, id: string) {
  const { stdout } = await provider.exec(id, ["cat", "/proc/1/status"]);
  const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(stdout)?.[1] ?? "";
  const bounding = BigInt(`0x${field("CapBnd")}`);
  return {
    name: field("Name"),
    noNewPrivileges: field("NoNewPrivs") === "1",
    has: (capability: keyof typeof capabilityBits) =>
      ((bounding >> BigInt(capabilityBits[capability])) & 1n) === 1n,
  };
}

describeEngines((engine) => {
  const { image, host } = engine;

  test("a server can't gain privileges, and the capabilities it doesn't need are gone", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image });
    const first = await firstProcess(ours.provider, id);
    expect(first.noNewPrivileges).toBe(true);
    for (const capability of droppedCapabilities) expect(first.has(capability)).toBe(false);
  });

  test("each safeguard is loosened by its own name, and no other with it", async () => {
    await using privileged = scratch(engine, { hardening: { noNewPrivileges: false } });
    const one = await privileged.provider.allocate({ image });
    const loose = await firstProcess(privileged.provider, one.id);
    expect([loose.noNewPrivileges, loose.has("MKNOD")]).toEqual([false, false]);
    await using capable = scratch(engine, { hardening: { dropCapabilities: ["NET_RAW"] } });
    const two = await capable.provider.allocate({ image });
    const able = await firstProcess(capable.provider, two.id);
    expect([able.noNewPrivileges, able.has("SYS_CHROOT"), able.has("NET_RAW")]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test("an init is the first process, or a warning says that there is none", async () => {
    await using ours = scratch(engine);
    const server = await ours.provider.allocate({ image });
    const { name } = await firstProcess(ours.provider, server.id);
    if (server.warnings.some((warning) => warning.includes("init"))) {
      expect(engine.name).toBe("podman");
      expect(name).toBe("node");
    } else {
      expect(name).toMatch(/init|tini|catatonit/);
    }
    await using without = scratch(engine, { hardening: { init: false } });
    const bare = await without.provider.allocate({ image });
    expect((await firstProcess(without.provider, bare.id)).name).toBe("node");
    expect(bare.warnings).toEqual([]);
  });

  test("a server's log is bounded, by default and as asked", async () => {
    const inspect = (id: string, prefix = "") =>
      demandRaw(host, "GET", `${prefix}/containers/${id}/json`, Inspected);
    await using ours = scratch(engine);
    const usual = await ours.provider.allocate({ image });
    await using more = scratch(engine, { hardening: { logMaxBytes: 1024 ** 2, logMaxFiles: 7 } });
    const asked = await more.provider.allocate({ image });
    const { LogConfig } = (await inspect(usual.id)).HostConfig;
    const { LogConfig: askedConfig } = (await inspect(asked.id)).HostConfig;
    if (engine.name === "docker") {
      const config = { "max-size": String(10 * 1024 ** 2), "max-file": "3" };
      expect(LogConfig).toMatchObject({ Type: "json-file", Config: config });
      expect(askedConfig.Config).toEqual({ "max-size": String(1024 ** 2), "max-file": "7" });
    } else {
      // To Docker's clients it says json-file and no size.
      const own = await Promise.all([usual, asked].map(({ id }) => inspect(id, "/v4.0.0/libpod")));
      const logs = own.map(({ HostConfig }) => HostConfig.LogConfig);
      expect(logs.map(({ Type }) => Type)).toEqual(["k8s-file", "k8s-file"]);
      expect(logs.map(({ Size }) => wholeMegabytes(Size))).toEqual([10, 1]);
    }
  });
});
