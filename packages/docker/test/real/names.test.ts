import { expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { scratch } from "./scratch.js";

describeEngines((engine) => {
  const { image } = engine;

  test("list({ name }) for lobby-1 doesn't find lobby-10, which an engine's filter would", async () => {
    await using ours = scratch(engine);
    const { provider, namespace } = ours;
    const one = await provider.allocate({ image, name: `${namespace}-lobby-1` });
    const ten = await provider.allocate({ image, name: `${namespace}-lobby-10` });
    expect((await provider.list({ name: one.name })).map(({ id }) => id)).toEqual([one.id]);
    expect((await provider.list({ name: ten.name })).map(({ id }) => id)).toEqual([ten.id]);
    expect(await provider.list({ name: `${namespace}-lobby-.*` })).toEqual([]);
    expect((await provider.get(one.name))?.id).toBe(one.id);
  });

  test("get() and deallocate() take no beginning of an id, which an engine would", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image });
    expect(await ours.provider.get(id.slice(0, 12))).toBeUndefined();
    await ours.provider.deallocate(id.slice(0, 12));
    expect((await ours.provider.get(id))?.status.state).toBe("running");
  });
});
