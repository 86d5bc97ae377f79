import { expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { countingProxy } from "./counting-proxy.js";
import { imageWithProgram } from "./image-with-program.js";
import { rawContainers } from "./raw-engine.js";
import { scratch } from "./scratch.js";

describeEngines((engine) => {
  const { host, image } = engine;

  test("a program that is missing counted as started, since its init process ran for a moment", async () => {
    await using made = await imageWithProgram(engine, "/no/such/program");
    await using ours = scratch(engine);
    const wrong = { image: made.image, command: ["--port", "5520"] };
    const requests = [
      ...Array.from({ length: 4 }, () => ({ ...wrong })),
      ...Array.from({ length: 4 }, () => ({
        ...wrong,
        readiness: { type: "running" } as const,
      })),
      { ...wrong, restartPolicy: { name: "always" } as const },
    ];
    for (const request of requests) {
      const error: unknown = await ours.provider.allocate(request).catch((problem) => problem);
      expect(error).toMatchObject({ code: "START_FAILED" });
      expect(String(error)).toContain('"/no/such/program"');
    }
    expect(await rawContainers(host, `potassium.namespace=${ours.namespace}`)).toEqual([]);
  });

  test("a program that may not be run is START_FAILED too, and without an init process as well", async () => {
    await using made = await imageWithProgram(engine, "/etc");
    await using ours = scratch(engine);
    const request = { image: made.image };
    for (const init of [true, false]) {
      const provider = ours.another({ hardening: { init } });
      await expect(provider.allocate(request)).rejects.toMatchObject({ code: "START_FAILED" });
    }
  });

  test("a program that runs is started, and the engine asked once whether it does", async () => {
    await using ours = scratch(engine);
    await using proxy = await countingProxy(host);
    const provider = ours.another({ host: proxy.host });
    await provider.engine();
    const { status } = await provider.allocate({ image });
    expect(status.state).toBe("running");
    const looks = proxy.requests.filter((request) =>
      /\/containers\/\w+\/(?:json|top)$/.test(request),
    );
    expect(looks).toHaveLength(1);
  });
});
