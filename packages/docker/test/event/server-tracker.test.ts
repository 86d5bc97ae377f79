import type { Server, ServerEvent, ServerStatus } from "@potassium/core-types";
import { expect, test } from "vitest";
import { EngineEvent, exitCodeOf, meaningOf, timeOf } from "../../src/event/engine-event.js";
import { ServerTracker } from "../../src/event/server-tracker.js";

const time = "2026-01-02T03:04:05.000Z";

function tracking() {
  const events: ServerEvent[] = [];
  const tracker = new ServerTracker((event) => events.push(event));
  return { tracker, events, types: () => events.map(({ type }) => type) };
}

/** Feeds what an engine says about one container. */
function say(tracker: ServerTracker, actions: readonly string[], attributes = {}): void {
  for (const [index, Action] of actions.entries()) {
    const event = EngineEvent.parse({
      Action,
      Actor: { ID: "a", Attributes: { signal: "15", ...attributes } },
      time: 1000 + index,
    });
    const meaning = meaningOf(event, "SIGTERM");
    tracker.know("a", "lobby", {});
    if (meaning !== undefined) tracker.tell("a", meaning, timeOf(event), exitCodeOf(event));
  }
}

function server(status: ServerStatus): Server {
  return {
    id: "a",
    name: "lobby",
    image: "i",
    status,
    networks: {},
    ports: [],
    limits: {},
    labels: {},
    createdAt: time,
    warnings: [],
  };
}

const life = ["created", "starting", "running", "stopping", "stopped", "removed"];

test.each([
  ["Docker", ["create", "attach", "start", "kill", "die", "stop", "destroy"], { exitCode: "3" }],
  [
    "Podman",
    ["create", "init", "start", "kill", "died", "cleanup", "remove"],
    { containerExitCode: "3" },
  ],
])("%s's sequence gives the life of a server", (_, actions, code) => {
  const { tracker, events, types } = tracking();
  say(tracker, actions, code);
  expect(types()).toEqual(life);
  expect(events[4]).toMatchObject({ exitCode: 3, outOfMemory: false });
});

test("what comes twice is told once, and ready only of one that runs", () => {
  const { tracker, types } = tracking();
  say(tracker, ["create", "create", "start", "start"]);
  tracker.tell("a", "ready", time);
  tracker.tell("a", "ready", time);
  say(tracker, ["start", "kill", "kill", "die", "die"]);
  tracker.tell("a", "ready", time);
  expect(types()).toEqual(["created", "starting", "running", "ready", "stopping", "stopped"]);
});

test("another signal than the one that stops is no stopping", () => {
  const { tracker, types } = tracking();
  say(tracker, ["create", "start", "kill"], { signal: "1" });
  expect(types()).toEqual(["created", "starting", "running"]);
});

test("out of memory is told of that end, and not of the next one", () => {
  const { tracker, events } = tracking();
  say(tracker, ["create", "start", "oom", "die", "start", "die"]);
  const ends = events.flatMap((event) => (event.type === "stopped" ? [event.outOfMemory] : []));
  expect(ends).toEqual([true, false]);
});

test("a stop that is told ahead of the engine's late start keeps the order", () => {
  const { tracker, types } = tracking();
  say(tracker, ["create"]);
  tracker.tell("a", "stopping", time);
  say(tracker, ["start", "kill", "die", "destroy"]);
  expect(types()).toEqual(life);
});

test("a late echo of a server that is gone is not told again", () => {
  const { tracker, types } = tracking();
  say(tracker, ["create", "start", "die", "destroy", "die", "destroy"]);
  expect(types()).toEqual(["created", "starting", "running", "stopped", "removed"]);
});

test("the first list is the beginning, and tells nothing", () => {
  const { tracker, events } = tracking();
  tracker.reconcile([server({ state: "running" })], false);
  expect(events).toEqual([]);
});

test.each(["running", "paused", "starting", "stopping"] as const)(
  "the end of a server that was found %s is told",
  (state) => {
    const { tracker, types } = tracking();
    tracker.reconcile([server({ state })], false);
    say(tracker, ["die"]);
    expect(types()).toEqual(["stopped"]);
  },
);

test("after a gap a list tells what was missed, and nothing twice", () => {
  const { tracker, events, types } = tracking();
  tracker.reconcile([server({ state: "running" })], false);
  const stopped = server({ state: "stopped", exitCode: 137 });
  tracker.reconcile([stopped], true);
  tracker.reconcile([stopped], true);
  expect(events).toMatchObject([{ type: "stopped", exitCode: 137 }]);
  tracker.reconcile([], true);
  tracker.reconcile([], true);
  say(tracker, ["die", "destroy"]);
  expect(types()).toEqual(["stopped", "removed"]);
});

test("a server that appeared in the gap is told from its creation on", () => {
  const { tracker, types } = tracking();
  tracker.reconcile([], false);
  tracker.reconcile([server({ state: "running" })], true);
  expect(types()).toEqual(["created", "starting", "running"]);
});
