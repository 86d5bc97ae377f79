import { expect, test } from "vitest";
import { matchesServerFilter } from "../../src/provider-kit/index.js";

const server = {
  name: "lobby-1",
  status: { state: "running" },
  labels: { mode: "skywars", region: "eu" },
} as const;

test("an empty filter matches every server", () => {
  expect(matchesServerFilter(server)).toBe(true);
  expect(matchesServerFilter(server, {})).toBe(true);
});

test("a state is one, or any of several", () => {
  expect(matchesServerFilter(server, { state: "running" })).toBe(true);
  expect(matchesServerFilter(server, { state: ["stopped", "running"] })).toBe(true);
  expect(matchesServerFilter(server, { state: ["stopped"] })).toBe(false);
  expect(matchesServerFilter(server, { state: [] })).toBe(false);
});

test("a name is the whole name", () => {
  expect(matchesServerFilter(server, { name: "lobby-1" })).toBe(true);
  expect(matchesServerFilter(server, { name: "lobby" })).toBe(false);
  expect(matchesServerFilter(server, { name: "lobby-10" })).toBe(false);
});

test("all labels must be there, with their values, and be the server's own", () => {
  expect(matchesServerFilter(server, { labels: { mode: "skywars", region: "eu" } })).toBe(true);
  expect(matchesServerFilter(server, { labels: { mode: "bedwars" } })).toBe(false);
  expect(matchesServerFilter(server, { labels: { game: "" } })).toBe(false);
  expect(matchesServerFilter(server, { labels: { toString: String(Object) } })).toBe(false);
});

test("all that is given must hold", () => {
  expect(matchesServerFilter(server, { name: "lobby-1", state: "stopped" })).toBe(false);
});
