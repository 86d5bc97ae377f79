import { ListFilter } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("ListFilter", ListFilter, {
  accepts: [
    {},
    { type: "game", mode: "skywars", hasReadyMatch: true },
    { mode: "", hasCapacity: false },
    { type: undefined },
  ],
  rejects: [
    [null, ""],
    [[], ""],
    [{ type: "" }, "type"],
    [{ type: "proxy" }, "type"],
    [{ mode: null }, "mode"],
    [{ hasCapacity: 1 }, "hasCapacity"],
    [{ hasReadyMatch: "true" }, "hasReadyMatch"],
    [{ has_ready_match: true }, "has_ready_match"],
  ],
});
