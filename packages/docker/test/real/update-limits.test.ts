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
    });
    await expect(ours.provider.updateLimits("no-such-server", {})).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
