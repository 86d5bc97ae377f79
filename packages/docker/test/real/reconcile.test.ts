import { expect, test } from "vitest";
import { toLabels } from "../../src/container/wanted.js";
import { sampleWanted } from "../container/sample.js";
import { describeEngines } from "../engines.js";
import { rawContainer } from "./raw-container.js";
import { rawContainers } from "./raw-engine.js";
import { scratch } from "./scratch.js";

const minute = 60_000;

describeEngines((engine) => {
  const registry = { list: () => [], unregister: () => false };

  /** What a process leaves that dies between making a container and starting it. */
  const unstarted = (namespace: string, ageMs: number) => {
    const createdAt = new Date(Date.now() - ageMs).toISOString();
    const labels = toLabels({ ...sampleWanted, namespace, createdAt });
    return rawContainer(engine, { labels, start: false });
  };

  test("reconcile() removes what was made and never started ten minutes ago, and nothing younger", async () => {
    await using ours = scratch(engine);
    await using others = scratch(engine);
    const running = await ours.provider.allocate({ image: engine.image });
    await using old = await unstarted(ours.namespace, 11 * minute);
    await using young = await unstarted(ours.namespace, 9 * minute);
    await using foreign = await unstarted(others.namespace, 11 * minute);

    const seen = await ours.provider.reconcile({ registry });
    expect(seen.abandoned.map(({ id, status }) => [id, status])).toEqual([
      [old.id, { state: "created" }],
    ]);
    expect(seen.unregistered.map(({ id }) => id)).toEqual([running.id]);
    const label = `potassium.namespace=${ours.namespace}`;
    expect(await rawContainers(engine.host, label)).toHaveLength(3);

    await ours.provider.reconcile({ registry, removeAbandoned: true });
    const left = await rawContainers(engine.host, label);
    expect(left.map(({ Id }) => Id).sort()).toEqual([running.id, young.id].sort());
    expect((await ours.provider.reconcile({ registry })).abandoned).toEqual([]);

    const hasty = { registry, removeAbandoned: true, abandonedAfterMs: 5 * minute };
    expect((await ours.provider.reconcile(hasty)).abandoned.map(({ id }) => id)).toEqual([
      young.id,
    ]);
    expect((await ours.provider.list()).map(({ id }) => id)).toEqual([running.id]);
    expect((await others.provider.list()).map(({ id }) => id)).toEqual([foreign.id]);
  });

  test("reconcile() with an age that is none is INVALID_ARGUMENT", async () => {
    await using ours = scratch(engine);
    for (const abandonedAfterMs of [-1, Number.NaN]) {
      await expect(ours.provider.reconcile({ registry, abandonedAfterMs })).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
        field: "abandonedAfterMs",
      });
    }
  });
});
