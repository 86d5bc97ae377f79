import { expect, test } from "vitest";
import { confirmedMatch, confirmedPlayers } from "../../src/record/confirmed-seats.js";

const match = { status: "ready", need: 2, players: ["ann"] } as const;

test("players whom the match has already are not counted twice", () => {
  const confirmed = confirmedMatch(match, { seats: 3, party: ["ann", "bob"] });
  expect(confirmed).toEqual({ status: "ready", need: 0, players: ["ann", "bob"] });
  expect(Object.isFrozen(confirmed) && Object.isFrozen(confirmed?.players)).toBe(true);
});

test("a party that is there already changes nothing", () => {
  expect(confirmedMatch(match, { seats: 1, party: ["ann"] })).toBe(match);
});

test("a match that needs fewer has no room", () => {
  expect(confirmedMatch(match, { seats: 3, party: [] })).toBe(undefined);
});

test("a lobby that is fuller than it was has no room", () => {
  const claim = { seats: 2, party: [] };
  expect(confirmedPlayers({ players: 6, maxPlayers: 8 }, claim)).toBe(8);
  expect(confirmedPlayers({ players: 7, maxPlayers: 8 }, claim)).toBe(undefined);
});
