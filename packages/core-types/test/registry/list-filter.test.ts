import { ListFilter } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("ListFilter", ListFilter, {
  accepts: [
    {},
    { type: "game", mode: "skywars", hasReadyMatch: true },
    { mode: "", hasCapacity: false },
    { type: undefined },
    { labels: { region: "eu" }, metadata: {}, host: "10.0.0.1", health: "unhealthy" },
    { availability: "expired", minFreeSeats: 1, minMatchSeats: 1_000_000 },
  ],
  makes: [[{ host: "[FD00:0::1]" }, { host: "fd00::1" }]],
  rejects: [
    [null, ""],
    [[], ""],
    [{ type: "" }, "type"],
    [{ type: "proxy" }, "type"],
    [{ mode: null }, "mode"],
    [{ hasCapacity: 1 }, "hasCapacity"],
    [{ hasReadyMatch: "true" }, "hasReadyMatch"],
    [{ labels: { a: 1 } }, "labels.a"],
    [{ metadata: [] }, "metadata"],
    [{ host: "two words" }, "host"],
    [{ health: "ill" }, "health"],
    [{ availability: "gone" }, "availability"],
    [{ minFreeSeats: 0 }, "minFreeSeats"],
    [{ minMatchSeats: 1.5 }, "minMatchSeats"],
    [{ has_ready_match: true }, "has_ready_match"],
  ],
});
