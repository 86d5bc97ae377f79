import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import { waitFor } from "../wait-for.js";
import { collectEvents } from "./event-collector.js";
import { freeUdpPort } from "./reach.js";
import { type ProviderSuite, waitForState } from "./suite.js";

const readiness = { type: "log", pattern: "^ready$" } as const;

export function testStopping({ check, image, can, evaluate, folder }: ProviderSuite): void {
  check(
    "deallocate() lets the server end by its signal, with its own exit code",
    async (provider) => {
      await using events = collectEvents(provider);
      const { id } = await provider.allocate({ image, readiness });
      await provider.deallocate(id);
      assert.equal(await provider.get(id), undefined);
      const stopped = await events.waitFor("stopped", id);
      assert.ok(stopped.type === "stopped");
      assert.equal(stopped.exitCode, 0);
    },
  );

  check(
    "deallocate() kills a server that ignores its signal after the grace time",
    async (provider) => {
      await using events = collectEvents(provider);
      const { id } = await provider.allocate({
        image,
        command: ["--ignore-sigterm"],
        stop: { graceMs: 300 },
        readiness,
      });
      await provider.deallocate(id);
      const stopped = await events.waitFor("stopped", id);
      assert.ok(stopped.type === "stopped");
      assert.equal(stopped.exitCode, 137);
    },
  );

  check("deallocate() says the stop command on the console first", async (provider) => {
    await using events = collectEvents(provider);
    const { id } = await provider.allocate({
      image,
      command: ["--ignore-sigterm"],
      stop: { graceMs: 15_000, command: { type: "console", line: "stop" } },
      readiness,
    });
    await provider.deallocate(id);
    const stopped = await events.waitFor("stopped", id);
    assert.ok(stopped.type === "stopped");
    assert.equal(stopped.exitCode, 0);
  });

  if (can("exec") && can("files")) {
    check("deallocate() runs the stop command inside the server first", async (provider) => {
      await using events = collectEvents(provider);
      const program = `require("node:fs").readFileSync(${JSON.stringify(`${folder}witness`)})`;
      const { id } = await provider.allocate({
        image,
        stop: { graceMs: 500, command: { type: "exec", command: [...evaluate, program] } },
        readiness,
      });
      await provider.deallocate(id);
      // The command fails here, for there is no such file: the signal must follow all the same.
      const stopped = await events.waitFor("stopped", id);
      assert.ok(stopped.type === "stopped");
      assert.equal(stopped.exitCode, 0);
    });
  }

  check(
    "deallocate() is idempotent: twice, many at once, and for what never was",
    async (provider) => {
      const { id } = await provider.allocate({ image });
      await Promise.all([
        provider.deallocate(id),
        provider.deallocate(id),
        provider.deallocate(id),
      ]);
      await provider.deallocate(id);
      await provider.deallocate("no-such-server");
      assert.deepEqual(await provider.list(), []);
    },
  );

  check(
    "deallocate() removes a server that stopped by itself, and gives its port back",
    async (provider) => {
      const host = await freeUdpPort();
      const ports = [{ host, container: 5520, protocol: "udp" as const }];
      const { id } = await provider.allocate({ image, ports });
      await provider.sendCommand(id, "crash 1");
      await waitForState(provider, id, "stopped");
      await provider.deallocate(id);
      const next = await provider.allocate({ image, ports });
      assert.equal(next.ports[0]?.host, host);
    },
  );

  check(
    "an aborted deallocate() rejects with the reason, and the next call finishes",
    async (provider) => {
      const { id } = await provider.allocate({
        image,
        command: ["--ignore-sigterm"],
        stop: { graceMs: 4000 },
        readiness,
      });
      const controller = new AbortController();
      const reason = new Error("enough");
      const call = provider.deallocate(id, { signal: controller.signal });
      controller.abort(reason);
      await assert.rejects(call, (error) => error === reason);
      await provider.deallocate(id);
      assert.equal(await provider.get(id), undefined);
    },
  );

  check("restart() keeps the id, the name, the ports and the labels", async (provider) => {
    const before = await provider.allocate({
      image,
      labels: { a: "1" },
      ports: [{ container: 5520, protocol: "udp" }],
      readiness,
    });
    const after = await provider.restart(before.id);
    assert.equal(after.status.state, "running");
    assert.deepEqual(
      [after.id, after.name, after.ports, after.labels],
      [before.id, before.name, before.ports, before.labels],
    );
    const starts = (await provider.logs(before.id)).filter(({ text }) =>
      text.startsWith("started "),
    );
    assert.equal(starts.length, 2);
  });

  check("restart() starts a stopped server", async (provider) => {
    const { id } = await provider.allocate({ image, readiness });
    await provider.sendCommand(id, "crash 1");
    await waitForState(provider, id, "stopped");
    assert.equal((await provider.restart(id)).status.state, "running");
  });

  check(
    "restart() and what needs a server reject with NOT_FOUND for an unknown id",
    async (provider) => {
      await expectCode("NOT_FOUND", () => provider.restart("no-such-server"));
      await expectCode("NOT_FOUND", () => provider.logs("no-such-server"));
      await expectCode("NOT_FOUND", () =>
        provider.followLogs("no-such-server")[Symbol.asyncIterator]().next(),
      );
    },
  );

  if (can("restartPolicy")) {
    check("a server that fails is started again, as often as its policy says", async (provider) => {
      const { id } = await provider.allocate({
        image,
        restartPolicy: { name: "on-failure", maxRetries: 2 },
      });
      const starts = async () =>
        (await provider.logs(id)).filter(({ text }) => text === "ready").length;
      for (const count of [1, 2, 3]) {
        await waitFor(`start ${count}`, async () => (await starts()) >= count);
        await waitForState(provider, id, "running");
        await provider.sendCommand(id, "crash 5");
      }
      await waitForState(provider, id, "stopped");
      assert.equal(await starts(), 3);
    });

    check("a server that ends well is not started again by on-failure", async (provider) => {
      const { id } = await provider.allocate({
        image,
        restartPolicy: { name: "on-failure" },
        readiness,
      });
      await provider.sendCommand(id, "stop");
      await waitForState(provider, id, "stopped");
    });

    check("deallocate() ends a server that its policy would start again", async (provider) => {
      const { id } = await provider.allocate({
        image,
        restartPolicy: { name: "always" },
        readiness,
      });
      await provider.deallocate(id);
      assert.deepEqual(await provider.list(), []);
    });
  }
}
