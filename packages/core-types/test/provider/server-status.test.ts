import { ServerStatus } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

const time = "2026-01-02T03:04:05Z";

schemaTable("ServerStatus", ServerStatus, {
  accepts: [
    { state: "created" },
    { state: "starting" },
    { state: "running" },
    { state: "running", startedAt: time },
    { state: "paused" },
    { state: "stopping" },
    { state: "stopped", exitCode: 137, outOfMemory: true, finishedAt: time },
    { state: "stopped", exitCode: 0 },
    { state: "error", message: "" },
  ],
  rejects: [
    ["running", ""],
    [{ state: "gone" }, "state"],
    [{ state: "running", startedAt: "now" }, "startedAt"],
    [{ state: "stopped", outOfMemory: false }, "exitCode"],
    [{ state: "stopped", exitCode: 0, outOfMemory: "no" }, "outOfMemory"],
    [{ state: "error" }, "message"],
  ],
});
