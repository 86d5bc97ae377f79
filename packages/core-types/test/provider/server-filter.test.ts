import { ServerFilter } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("ServerFilter", ServerFilter, {
  accepts: [
    {},
    { state: "running" },
    { state: ["running", "starting"], name: "a", labels: { mode: "skywars" } },
    { state: [] },
  ],
  rejects: [
    [null, ""],
    [{ state: "gone" }, "state"],
    [{ state: ["running", "gone"] }, "state[1]"],
    [{ name: 1 }, "name"],
    [{ labels: { a: 1 } }, "labels.a"],
    [{ status: "running" }, "status"],
  ],
});
