import assert from "node:assert/strict";
import { rejectionOf } from "../expect-code.js";
import { collectEvents } from "./event-collector.js";
import { type ProviderSuite, waitForState } from "./suite.js";

const readiness = { type: "log", pattern: "^ready$" } as const;

export function testEvents({ check, image }: ProviderSuite): void {
  check("events() tells the life of a server in order, to every reader", async (provider) => {
    await using one = collectEvents(provider);
    await using two = collectEvents(provider);
    const { id, name } = await provider.allocate({ image, labels: { a: "1" }, readiness });
    await provider.deallocate(id);
    for (const reader of [one, two]) {
      await reader.waitFor("removed", id);
      assert.deepEqual(
        reader.events.map(({ type }) => type),
        ["created", "starting", "running", "ready", "stopping", "stopped", "removed"],
      );
      for (const event of reader.events) {
        assert.equal(event.name, name);
        assert.equal(event.labels["a"], "1");
        assert.ok(Object.isFrozen(event));
        assert.ok(!Number.isNaN(Date.parse(event.time)));
      }
    }
  });

  check("events() tells ready also where the request has no readiness", async (provider) => {
    for (const more of [{}, { readiness: { type: "running" } as const }]) {
      await using reader = collectEvents(provider);
      const { id } = await provider.allocate({ image, ...more });
      await reader.waitFor("ready", id);
      assert.deepEqual(
        reader.events.filter((event) => event.id === id).map(({ type }) => type),
        ["created", "starting", "running", "ready"],
      );
    }
  });

  check("events() tells a crash by its exit code, without stopping before it", async (provider) => {
    await using reader = collectEvents(provider);
    const { id } = await provider.allocate({ image, readiness });
    await provider.sendCommand(id, "crash 9");
    const stopped = await reader.waitFor("stopped", id);
    assert.ok(stopped.type === "stopped");
    assert.equal(stopped.exitCode, 9);
    assert.ok(!reader.events.some(({ type }) => type === "stopping"));
  });

  check("events() starts with the call, not with the first read", async (provider) => {
    const controller = new AbortController();
    const stream = provider.events({ signal: controller.signal })[Symbol.asyncIterator]();
    const { id } = await provider.allocate({ image });
    const { value } = await stream.next();
    assert.deepEqual([value?.type, value?.id], ["created", id]);
    await stream.return?.();
    await provider.deallocate(id);
  });

  check("events() ends with the signal's reason, before and during the wait", async (provider) => {
    const reason = new Error("enough");
    const late = provider.events({ signal: AbortSignal.abort(reason) });
    assert.equal(await rejectionOf(() => late[Symbol.asyncIterator]().next()), reason);
    const controller = new AbortController();
    const waiting = provider.events({ signal: controller.signal })[Symbol.asyncIterator]().next();
    controller.abort(reason);
    assert.equal(await rejectionOf(() => waiting), reason);
  });

  check("a reader that leaves does not disturb the others", async (provider) => {
    await using stays = collectEvents(provider);
    const leaves = provider.events();
    const { id } = await provider.allocate({ image });
    for await (const event of leaves) {
      assert.equal(event.id, id);
      break;
    }
    await provider.sendCommand(id, "crash 1");
    await waitForState(provider, id, "stopped");
    await stays.waitFor("stopped", id);
  });
}
