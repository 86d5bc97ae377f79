import { expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { scratch } from "./scratch.js";

const MiB = 1024 * 1024;

describeEngines((engine) => {
  const { image } = engine;

  test("limits change while the server runs, or the engine is said not to be able to", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image, memoryLimit: 256 * MiB, cpuLimit: 1 });
    const changing = ours.provider.updateLimits(id, { memoryLimit: 300 * MiB, cpuLimit: 0.5 });
    if (engine.name === "podman") {
      // Podman 4.3 has no such request.
      await expect(changing).rejects.toMatchObject({ code: "NOT_SUPPORTED" });
      return;
    }
    const { limits, status } = await changing;
    expect(limits).toMatchObject({ memoryLimit: 300 * MiB, cpuLimit: 0.5 });
    expect(status.state).toBe("running");
  });

  test("memory and swap change alone and together, are told, and are what the kernel has", async () => {
    if (engine.name === "podman") return;
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image, memoryLimit: 64 * MiB });
    const total = async () => {
      const file = "/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes";
      const program = `console.log(require("node:fs").readFileSync("${file}", "utf8"))`;
      const { exitCode, stdout } = await ours.provider.exec(id, ["node", "-e", program]);
      return exitCode === 0 ? Number(stdout) : undefined;
    };
    const steps = [
      [{ memorySwap: 300 * MiB }, { memoryLimit: 64 * MiB, memorySwap: 300 * MiB }],
      [{ memoryLimit: 100 * MiB, memorySwap: 200 * MiB }, { memorySwap: 200 * MiB }],
      [{ memoryLimit: 256 * MiB }, { memoryLimit: 256 * MiB, memorySwap: 512 * MiB }],
      [{ memorySwap: -1 }, { memoryLimit: 256 * MiB, memorySwap: -1 }],
    ] as const;
    for (const [change, expected] of steps) {
      const { limits } = await ours.provider.updateLimits(id, change);
      expect(limits).toMatchObject(expected);
      expect((await ours.provider.get(id))?.limits).toEqual(limits);
      const kernels = await total();
      if (kernels === undefined) continue;
      if (limits.memorySwap === -1) expect(kernels).toBeGreaterThan(1024 ** 5);
      else expect(kernels).toBe(limits.memorySwap);
    }
    await ours.provider.restart(id);
    expect((await ours.provider.get(id))?.limits.memorySwap).toBe(-1);
    await expect(ours.provider.updateLimits(id, { memorySwap: 32 * MiB })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      field: "memorySwap",
    });
  });

  test("limits that can't change, and servers that are not there, are refused", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image });
    await expect(ours.provider.updateLimits(id, { memoryLimit: -1 })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      field: "memoryLimit",
    });
    const disk = { diskSizeLimit: 1 } as never;
    await expect(ours.provider.updateLimits(id, disk)).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      field: "diskSizeLimit",
    });
    await expect(ours.provider.updateLimits("no-such-server", {})).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
