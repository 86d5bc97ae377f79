import { expect, test } from "vitest";
import { RelayClient } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { manyRoutes, tableOf } from "../fixture/many-routes.js";

test("sync makes the table the desired one and reports what it did", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoute("10.0.0.1", "10.99.0.10:1");
  await client.setRoute("10.0.0.2", "10.99.0.10:1");
  await client.setRoute("10.0.0.3", "10.99.0.10:1");
  const desired = {
    "::ffff:10.0.0.1": "10.99.0.10:1",
    "10.0.0.2": "10.99.0.10:2",
    "10.0.0.4": "10.99.0.10:1",
  };
  const report = await client.sync(desired);
  expect(report.results).toEqual([
    {
      action: "change",
      playerIp: "10.0.0.2",
      backend: "10.99.0.10:2",
      previous: "10.99.0.10:1",
      state: "done",
    },
    { action: "add", playerIp: "10.0.0.4", backend: "10.99.0.10:1", state: "done" },
    { action: "delete", playerIp: "10.0.0.3", previous: "10.99.0.10:1", state: "done" },
  ]);
  expect(report.unchanged).toEqual([{ playerIp: "10.0.0.1", backend: "10.99.0.10:1" }]);
  expect(await client.listRoutes()).toEqual({
    "10.0.0.1": "10.99.0.10:1",
    "10.0.0.2": "10.99.0.10:2",
    "10.0.0.4": "10.99.0.10:1",
  });
  expect((await client.sync(desired)).changes).toEqual([]);
});

test("a dry run only tells", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoute("10.0.0.1", "10.99.0.10:1");
  const report = await client.sync({}, { dryRun: true });
  expect(report).toMatchObject({ changes: [{ action: "delete" }], results: [] });
  expect(Object.keys(await client.listRoutes())).toEqual(["10.0.0.1"]);
});

test("routes of another orchestrator stay where keep says so", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.setRoutes(manyRoutes(10, "10.50.0.1:1"));
  await client.setRoute("10.0.0.1", "10.99.0.10:1");
  const keep = (_: string, backend: string) => backend.startsWith("10.50.");
  const report = await client.sync({ "10.0.0.2": "10.99.0.10:1" }, { keep });
  expect(report.kept).toHaveLength(10);
  expect(await client.listRoutes()).toEqual({
    ...tableOf(manyRoutes(10, "10.50.0.1:1")),
    "10.0.0.2": "10.99.0.10:1",
  });
});

test("a relay that restarts in the middle of a sync leaves typed failures, and the next sync mends it", async () => {
  const relay = await startRelay();
  await using client = new RelayClient(relay.url, { retries: 0, connections: 4 });
  const desired = tableOf(manyRoutes(400));
  let done = 0;
  let closed: Promise<void> | undefined;
  const report = await client.sync(desired, {
    onResult: ({ state }) => {
      if (state === "done") done += 1;
      if (done === 100) closed ??= relay.close();
    },
  });
  await closed;
  expect(report.results).toHaveLength(400);
  const failed = report.results.filter((result) => result.state === "failed");
  expect(failed.length).toBe(400 - done);
  expect(failed.length).toBeGreaterThan(200);
  expect(new Set(failed.map(({ error }) => error.code))).toEqual(new Set(["UNAVAILABLE"]));
  await using again = await startRelay({ api: relay.apiAddress, udp: relay.udpAddress });
  expect(again.counters().routes).toBe(0);
  await client.sync(desired);
  expect(await client.listRoutes()).toEqual(desired);
});
