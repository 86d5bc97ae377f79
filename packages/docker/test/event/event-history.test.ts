import { expect, test } from "vitest";
import { EngineEvent } from "../../src/event/engine-event.js";
import { EventHistory } from "../../src/event/event-history.js";

const event = (time: number, Action = "start", more: object = {}) =>
  EngineEvent.parse({ Action, Actor: { ID: "a" }, time, ...more });

test("an event that comes again is not new, another of the same moment is", () => {
  const history = new EventHistory();
  expect(history.isNew(event(5))).toBe(true);
  expect(history.isNew(event(5))).toBe(false);
  expect(history.isNew(event(5, "die"))).toBe(true);
  expect(history.isNew(event(5, "start", { timeNano: 5_000_000_001 }))).toBe(true);
});

test("it goes on from the latest event, and before one from the engine's own clock", () => {
  const history = new EventHistory();
  expect(history.since).toBeUndefined();
  expect(history.begun).toBe(false);
  history.begin("Fri, 02 Jan 2026 03:04:05 GMT");
  expect(history.since).toBe(1_767_323_045);
  expect(history.begun).toBe(true);
  history.isNew(event(1_767_323_050));
  history.isNew(event(1_767_323_049, "die"));
  expect(history.since).toBe(1_767_323_050);
});

test("an engine that tells no time begins a history all the same", () => {
  const history = new EventHistory();
  history.begin(undefined);
  expect([history.begun, history.since]).toEqual([true, undefined]);
});

test("Podman 3's nanoseconds in the place of seconds don't move it into the far future", () => {
  const history = new EventHistory();
  history.isNew(event(1_767_323_045_000_000_000));
  expect(history.since).toBe(1_767_323_045);
});
