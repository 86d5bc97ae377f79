import { expect, test } from "vitest";
import { ChangeLog } from "../../src/memory/change-log.js";
import { matchesPerServer } from "../../src/memory/entry.js";
import { ServerStore } from "../../src/memory/server-store.js";
import { parseMatch, parseServer } from "../../src/parse-argument.js";

const ready = parseMatch({ status: "ready", need: 2 });

test("matches keep their order when their server has used up its numbers", () => {
  const store = new ServerStore(new ChangeLog(10, 0), 0);
  const [first, second] = ["first", "second"].map((id) =>
    store.register(
      parseServer({ id, type: "game", mode: "duel", host: "10.0.0.1", port: 1 }),
      1_000,
    ),
  );
  if (first === undefined || second === undefined) throw new Error("nothing was registered");
  store.setMatch(second, "x", ready, 1_000);
  store.setMatch(first, "a", ready, 1_000);
  first.nextMatch = matchesPerServer - 1;
  for (const id of ["b", "c", "d"]) store.setMatch(first, id, ready, 1_000);
  expect(first.nextMatch).toBe(4);
  const found: (string | undefined)[] = [];
  for (let turn = 0; turn < 6; turn += 1) {
    const match = store.seats.match("duel", { seats: 2, order: "oldest" });
    found.push(match?.id);
    if (match === undefined) break;
    store.setMatch(match.entry, match.id, parseMatch({ status: "busy", need: 0 }), 1_000);
  }
  expect(found).toEqual(["a", "b", "c", "d", "x", undefined]);
});
