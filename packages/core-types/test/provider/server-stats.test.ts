import { ServerStats } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

const least = { id: "1", time: "2026-01-02T03:04:05Z", cpuPercent: 150.5, memoryBytes: 0 };

schemaTable("ServerStats", ServerStats, {
  accepts: [
    least,
    { ...least, memoryWithCacheBytes: 4096 },
    { ...least, memoryLimitBytes: 1, networkReceivedBytes: 2, pids: 3 },
  ],
  rejects: [
    [{ ...least, cpuPercent: -1 }, "cpuPercent"],
    [{ ...least, cpuPercent: Number.NaN }, "cpuPercent"],
    [{ ...least, memoryBytes: undefined }, "memoryBytes"],
    [{ ...least, memoryWithCacheBytes: "4096" }, "memoryWithCacheBytes"],
    [{ ...least, diskReadBytes: -1 }, "diskReadBytes"],
    [{ ...least, time: 7 }, "time"],
  ],
});
