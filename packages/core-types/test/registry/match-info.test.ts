import { MatchInfo } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("MatchInfo", MatchInfo, {
  accepts: [
    { status: "ready", need: 0, players: [] },
    { status: "busy", need: 4, players: ["ann"] },
  ],
  makes: [
    [
      { status: "starting", need: 1 },
      { status: "starting", need: 1, players: [] },
    ],
    [
      { status: "starting", need: 1, players: undefined },
      { status: "starting", need: 1, players: [] },
    ],
  ],
  rejects: [
    [undefined, ""],
    [{ need: 1 }, "status"],
    [{ status: "over", need: 1 }, "status"],
    [{ status: "ready" }, "need"],
    [{ status: "ready", need: -1 }, "need"],
    [{ status: "ready", need: 0.5 }, "need"],
    [{ status: "ready", need: 1, players: null }, "players"],
    [{ status: "ready", need: 1, players: ["ann", ""] }, "players[1]"],
    [{ status: "ready", need: 1, seats: 1 }, "seats"],
  ],
});
