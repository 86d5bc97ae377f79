import { ServerEvent } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

const about = { id: "1", name: "a", time: "2026-01-02T03:04:05Z", labels: {} };

schemaTable("ServerEvent", ServerEvent, {
  accepts: [
    ...["created", "starting", "running", "ready", "stopping", "removed"].map((type) => ({
      type,
      ...about,
    })),
    { type: "stopped", ...about, exitCode: 0, outOfMemory: false },
  ],
  rejects: [
    [{ ...about }, "type"],
    [{ type: "crashed", ...about }, "type"],
    [{ type: "created", ...about, id: undefined }, "id"],
    [{ type: "created", ...about, time: "now" }, "time"],
    [{ type: "stopped", ...about, exitCode: 0 }, "outOfMemory"],
  ],
});
