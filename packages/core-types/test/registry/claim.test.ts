import { LobbyRequest, SeatRequest } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

const filledIn = { party: [], ttlMs: 30_000, order: "oldest", where: {} };

schemaTable("SeatRequest", SeatRequest, {
  accepts: [
    { mode: "", ...filledIn },
    {
      mode: "skywars",
      seats: 1_000_000,
      party: ["ann", "bob"],
      ttlMs: 86_400_000,
      idempotencyKey: "a:b{c}",
      order: "fullest",
      where: { host: "10.0.0.1", labels: { region: "eu" }, metadata: { map: "islands" } },
    },
  ],
  makes: [
    [{ mode: "skywars" }, { mode: "skywars", ...filledIn }],
    [
      { mode: "skywars", where: { host: "[FD00:0::1]" } },
      { mode: "skywars", ...filledIn, where: { host: "fd00::1" } },
    ],
  ],
  rejects: [
    [null, ""],
    [{}, "mode"],
    [{ mode: "x".repeat(256) }, "mode"],
    [{ mode: "skywars", seats: 0 }, "seats"],
    [{ mode: "skywars", seats: 1_000_001 }, "seats"],
    [{ mode: "skywars", party: ["ann", "ann"] }, "party"],
    [{ mode: "skywars", party: [""] }, "party[0]"],
    [{ mode: "skywars", ttlMs: 0 }, "ttlMs"],
    [{ mode: "skywars", ttlMs: 86_400_001 }, "ttlMs"],
    [{ mode: "skywars", idempotencyKey: "" }, "idempotencyKey"],
    [{ mode: "skywars", order: "newest" }, "order"],
    [{ mode: "skywars", where: { type: "game" } }, "where.type"],
    [{ mode: "skywars", seat: 1 }, "seat"],
  ],
});

schemaTable("LobbyRequest", LobbyRequest, {
  accepts: [filledIn, { mode: "", seats: 2, ...filledIn }],
  makes: [[{}, filledIn]],
  rejects: [
    [undefined, ""],
    [{ mode: null }, "mode"],
    [{ party: "ann" }, "party"],
    [{ matchId: "m" }, "matchId"],
  ],
});
