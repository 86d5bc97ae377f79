import fc from "fast-check";
import { expect, test } from "vitest";
import { EngineStats } from "../../src/stat/engine-stats.js";
import { toServerStats } from "../../src/stat/to-server-stats.js";

const cpu = (total_usage: number) => ({ cpu_stats: { cpu_usage: { total_usage } } });
const sample = (stats: object, atMs: number) => ({
  stats: EngineStats.parse({ ...cpu(0), ...stats }),
  atMs,
});
const measure = (before: object, after: object) =>
  toServerStats("id", sample(before, 1000), sample(after, 2000));

test("150 per cent is one and a half cores over the time between the samples", () => {
  expect(measure(cpu(1e9), cpu(2.5e9)).cpuPercent).toBe(150);
});

test("the engine's own times count, to the microsecond and below", () => {
  const before = { ...cpu(0), read: "2026-01-02T03:04:05.000000000Z" };
  const after = { ...cpu(500_500), read: "2026-01-02T03:04:05.000500500Z" };
  expect(measure(before, after).cpuPercent).toBeCloseTo(100, 1);
});

test.each([
  ["one of them is missing", "", "2026-01-02T03:04:05Z"],
  ["one of them is Go's zero", "2026-01-02T03:04:05Z", "0001-01-01T00:00:00Z"],
  ["the clock was put back", "2026-01-02T03:04:05Z", "2026-01-02T03:04:00Z"],
])("where %s, the times of arrival count", (_, first, last) => {
  expect(measure({ ...cpu(0), read: first }, { ...cpu(1e9), read: last }).cpuPercent).toBe(100);
});

test("a counter that started anew is no negative use", () => {
  expect(measure(cpu(9e9), cpu(1e6)).cpuPercent).toBe(0);
});

test.each([
  ["1", { total_inactive_file: 300, inactive_file: 100 }],
  ["2", { inactive_file: 300 }],
])("the page cache of cgroup version %s is left out, and told apart", (_, stats) => {
  expect(measure({}, { memory_stats: { usage: 1000, limit: 5000, stats } })).toMatchObject({
    memoryBytes: 700,
    memoryWithCacheBytes: 1000,
    memoryLimitBytes: 5000,
  });
});

test("where the engine doesn't tell the page cache, nobody knows whether the usage counts it", () => {
  for (const stats of [undefined, null, {}]) {
    const measured = measure({}, { memory_stats: { usage: 1000, stats } });
    expect(measured.memoryBytes).toBe(1000);
    expect(measured.memoryWithCacheBytes).toBeUndefined();
  }
});

test("more cache than usage is no negative use", () => {
  const memory_stats = { usage: 100, stats: { inactive_file: 300 } };
  expect(measure({}, { memory_stats }).memoryBytes).toBe(0);
});

test("what the engine leaves out is left out, and not zero", () => {
  const stats = measure({}, { memory_stats: { usage: 100 }, networks: null, blkio_stats: {} });
  expect(stats.memoryBytes).toBe(100);
  for (const key of [
    "memoryLimitBytes",
    "networkReceivedBytes",
    "diskReadBytes",
    "pids",
  ] as const) {
    expect(stats[key]).toBeUndefined();
  }
});

test("networks and devices are added up", () => {
  const networks = { eth0: { rx_bytes: 1, tx_bytes: 2 }, eth1: { rx_bytes: 10, tx_bytes: 20 } };
  const io_service_bytes_recursive = [
    { op: "Read", value: 1 },
    { op: "read", value: 2 },
    { op: "Write", value: 4 },
    { op: "Sync", value: 8 },
  ];
  const after = {
    networks,
    blkio_stats: { io_service_bytes_recursive },
    pids_stats: { current: 3 },
  };
  expect(measure({}, after)).toMatchObject({
    networkReceivedBytes: 11,
    networkSentBytes: 22,
    diskReadBytes: 3,
    diskWrittenBytes: 4,
    pids: 3,
  });
});

test("no two samples give a negative or endless number", () => {
  const count = fc.nat();
  const read = fc.constantFrom(
    "",
    "0001-01-01T00:00:00Z",
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:06Z",
  );
  const stats = fc.record({
    read,
    cpu_stats: fc.record({ cpu_usage: fc.record({ total_usage: count }) }),
    memory_stats: fc.record({ usage: count, stats: fc.record({ inactive_file: count }) }),
  });
  fc.assert(
    fc.property(stats, stats, fc.nat({ max: 2 }), (before, after, ms) => {
      const result = toServerStats("id", sample(before, 1000), sample(after, 1000 + ms));
      expect(Number.isFinite(result.cpuPercent) && result.cpuPercent >= 0).toBe(true);
      expect(result.memoryBytes).toBeGreaterThanOrEqual(0);
    }),
  );
});
