import { expect, test } from "vitest";
import { describeEngines } from "../engines.js";
import { readEvents } from "./event-reader.js";
import { rawContainer } from "./raw-container.js";
import { scratch } from "./scratch.js";

describeEngines((engine) => {
  const { image } = engine;

  test("list() and get() show neither another namespace's server nor a foreign container", async () => {
    await using ours = scratch(engine);
    await using theirs = scratch(engine);
    await using foreign = await rawContainer(engine, { labels: { app: "foreign" } });
    const mine = await ours.provider.allocate({ image });
    const other = await theirs.provider.allocate({ image });
    expect((await ours.provider.list()).map(({ id }) => id)).toEqual([mine.id]);
    expect((await theirs.provider.list()).map(({ id }) => id)).toEqual([other.id]);
    for (const id of [other.id, other.name, foreign.id, foreign.name]) {
      expect(await ours.provider.get(id)).toBeUndefined();
    }
  });

  test("no call touches another namespace's server or a foreign container, by id or by name", async () => {
    await using ours = scratch(engine);
    await using theirs = scratch(engine);
    await using foreign = await rawContainer(engine);
    const other = await theirs.provider.allocate({ image });
    const before = await foreign.inspect();
    const { provider } = ours;
    for (const id of [other.id, other.name, foreign.id, foreign.name]) {
      await provider.deallocate(id);
      const refused = { code: "NOT_FOUND" };
      await expect(provider.restart(id)).rejects.toMatchObject(refused);
      await expect(provider.stats(id)).rejects.toMatchObject(refused);
      await expect(provider.logs(id)).rejects.toMatchObject(refused);
      await expect(provider.followLogs(id)[Symbol.asyncIterator]().next()).rejects.toMatchObject(
        refused,
      );
      await expect(provider.exec(id, ["true"])).rejects.toMatchObject(refused);
      await expect(provider.sendCommand(id, "stop")).rejects.toMatchObject(refused);
      await expect(provider.copyTo(id, "/tmp/a", "a")).rejects.toMatchObject(refused);
      await expect(
        provider.copyFrom(id, "/etc/passwd")[Symbol.asyncIterator]().next(),
      ).rejects.toMatchObject(refused);
      await expect(provider.deleteFile(id, "/etc/passwd")).rejects.toMatchObject(refused);
    }
    expect(await provider.statsAll()).toEqual([]);
    expect(await foreign.inspect()).toEqual(before);
    expect((await theirs.provider.get(other.id))?.status).toEqual(other.status);
  });

  test("a container with our namespace's label and without our notes is left alone", async () => {
    await using ours = scratch(engine);
    const labels = { "potassium.namespace": ours.namespace, "potassium.wanted": "{}" };
    await using disguised = await rawContainer(engine, { labels });
    expect(await ours.provider.list()).toEqual([]);
    expect(await ours.provider.get(disguised.id)).toBeUndefined();
    await ours.provider.deallocate(disguised.id);
    expect((await disguised.inspect()).State.Status).toBe("running");
  });

  test("events() tells nothing of another namespace's server or a foreign container", async () => {
    await using ours = scratch(engine);
    await using theirs = scratch(engine);
    await using reader = readEvents(ours.provider);
    // Made first and removed, so that the events that follow are known to be read.
    const first = await ours.provider.allocate({ image });
    await using foreign = await rawContainer(engine);
    const other = await theirs.provider.allocate({ image });
    await theirs.provider.deallocate(other.id);
    expect((await foreign.inspect()).State.Status).toBe("running");
    await ours.provider.deallocate(first.id);
    await reader.waitFor("removed", first.id);
    expect(new Set(reader.events.map(({ id }) => id))).toEqual(new Set([first.id]));
  });

  test("the same name and idempotency key in another namespace are not this one's", async () => {
    await using ours = scratch(engine);
    await using theirs = scratch(engine);
    const request = { image, idempotencyKey: "lobby" };
    const mine = await ours.provider.allocate(request);
    const other = await theirs.provider.allocate(request);
    expect(other.id).not.toBe(mine.id);
    // Names belong to the engine as a whole.
    await expect(theirs.provider.allocate({ image, name: mine.name })).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
    expect((await ours.provider.get(mine.id))?.status.state).toBe("running");
  });
});
