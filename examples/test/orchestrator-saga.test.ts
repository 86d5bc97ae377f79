import { formatHostPort } from "@potassium/core-types";
import { RelayClient } from "@potassium/relay";
import { expect, test } from "vitest";
import { claimSeat } from "../orchestrator/claim-seat.js";
import { fillFleet } from "../orchestrator/fill-fleet.js";
import type { Fleet, FleetCallOptions } from "../orchestrator/fleet.js";
import { joinLobby } from "../orchestrator/join-lobby.js";
import { type SagaEvent, saga } from "../orchestrator/saga.js";
import { startServer } from "../orchestrator/start-server.js";
import { openFleet, pictureOf, serversOf } from "./open-fleet.js";
import { openLossyLink } from "./open-lossy-link.js";

const player = "192.0.2.1";

test("a saga undoes its steps in reverse when one fails, and rejects with what failed", async () => {
  const done: string[] = [];
  const failed = saga(async (step) => {
    await step(
      "one",
      () => done.push("one"),
      (length) => done.push(`not one of ${length}`),
    );
    await step("two", () => done.push("two")); // nothing to undo
    await step(
      "three",
      () => done.push("three"),
      () => done.push("not three"),
    );
    await step(
      "four",
      () => Promise.reject(new Error("no")),
      () => done.push("never done"),
    );
  });
  await expect(failed).rejects.toThrow(/^no$/);
  expect(done).toEqual(["one", "two", "three", "not three", "not one of 1"]);
});

test("a saga undoes the step that failed too, where that may have happened", async () => {
  const undone: unknown[] = [];
  const failed = saga((step) =>
    step(
      "route",
      () => Promise.reject(new Error("no answer")),
      (result) => undone.push(result),
      {
        mayHaveHappened: true,
      },
    ),
  );
  await expect(failed).rejects.toThrow("no answer");
  expect(undone).toEqual([undefined]);
});

test("a saga goes on undoing where one undo fails, and tells of both", async () => {
  const events: SagaEvent[] = [];
  const failed = saga(
    async (step) => {
      await step(
        "one",
        () => 1,
        () => {},
      );
      await step(
        "two",
        () => 2,
        () => Promise.reject(new Error("stuck")),
      );
      throw new Error("no");
    },
    { onEvent: (event) => events.push(event) },
  );
  await expect(failed).rejects.toThrow(/^no; .*: stuck$/);
  await expect(failed).rejects.toBeInstanceOf(AggregateError);
  expect(events.slice(-2)).toEqual([
    { step: "two", state: "not undone" },
    { step: "one", state: "undone" },
  ]);
});

test("a saga that is aborted between two steps undoes the first and never begins the second", async () => {
  const ending = new AbortController();
  const reason = new Error("enough");
  const done: string[] = [];
  const aborted = saga(
    async (step) => {
      await step(
        "one",
        () => ending.abort(reason),
        () => done.push("not one"),
      );
      await step("two", () => done.push("two"));
    },
    { signal: ending.signal },
  );
  await expect(aborted).rejects.toBe(reason);
  expect(done).toEqual(["not one"]);
});

/**
 * Does it again and again, aborted at the first event, the second … until it comes to its end, and looks each time whether all
 * is as before.
 *
 * @returns the events at which it was aborted, each once.
 */
async function abortEverywhere(
  fleet: Fleet,
  act: (options: FleetCallOptions) => Promise<unknown>,
): Promise<readonly string[]> {
  const before = await pictureOf(fleet);
  const reached = new Set<string>();
  for (let last = 1; ; last += 1) {
    const ending = new AbortController();
    const reason = new Error(`aborted at event ${last}`);
    let count = 0;
    const onEvent = ({ step, state }: SagaEvent) => {
      if (state !== "begun" && state !== "done") return;
      count += 1;
      if (count !== last) return;
      reached.add(`${step} ${state}`);
      ending.abort(reason);
    };
    const outcome = await act({ signal: ending.signal, onEvent }).catch((error) => error);
    if (outcome !== reason) {
      expect(outcome).toMatchObject({ id: "skywars-1" });
      return [...reached];
    }
    expect(await pictureOf(fleet), [...reached].join(", ")).toEqual(before);
  }
}

const eventsOf = (...steps: readonly string[]) =>
  steps.flatMap((step) => [`${step} begun`, `${step} done`]);

test("a seat for which a server must be started is given as a whole or not at all, wherever it is aborted", async () => {
  await using open = await openFleet();
  const { fleet } = open;
  await fillFleet(fleet);
  await joinLobby(fleet, player);
  expect(await abortEverywhere(fleet, (options) => claimSeat(fleet, player, options))).toEqual(
    eventsOf(
      ...["claim a seat in a game", "allocate a game server", "register skywars-1"],
      ...["leave lobby-1", "route to skywars-1", "confirm the seat"],
    ),
  );
  const after = await pictureOf(fleet);
  expect(after.running).toEqual(["lobby-1 running", "skywars-1 running"]);
  expect(after.records).toMatchObject([
    { id: "lobby-1", players: 0 },
    { id: "skywars-1", matches: { "match-1": { need: 3, players: [player] } } },
  ]);
  expect(after.leases).toEqual([]);
});

test("a seat in a match that waits is given as a whole or not at all, wherever it is aborted", async () => {
  await using open = await openFleet({ wanted: { lobby: 1, game: 1 } });
  const { fleet } = open;
  await fillFleet(fleet);
  await joinLobby(fleet, player);
  expect(await abortEverywhere(fleet, (options) => claimSeat(fleet, player, options))).toEqual(
    eventsOf(
      ...["claim a seat in a game", "leave lobby-1", "route to skywars-1", "confirm the seat"],
    ),
  );
});

test("a route that was set, but whose answer was lost, is set back to where the player was", async () => {
  await using open = await openFleet({ wanted: { lobby: 1, game: 1 } });
  await using link = await openLossyLink(open.relay.url);
  await using routes = new RelayClient(link.url);
  const fleet = { ...open.fleet, routes };
  await fillFleet(fleet);
  await joinLobby(fleet, player);
  const before = await pictureOf(fleet);
  const failed = claimSeat(fleet, player, {
    onEvent({ step, state }) {
      if (step.startsWith("route")) link.losesAnswers = state === "begun";
    },
  });
  await expect(failed).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(link.lostAnswers).toBeGreaterThan(0);
  expect(await pictureOf(fleet)).toEqual(before);
});

test("a seat is free again and its server removed when the relay is gone, and the error tells what could not be undone", async () => {
  await using open = await openFleet();
  const { fleet, relay } = open;
  await fillFleet(fleet);
  await joinLobby(fleet, player);
  const before = await serversOf(fleet);
  let closed: Promise<void> | undefined;
  const onEvent = ({ step, state }: SagaEvent) => {
    if (step.startsWith("leave") && state === "begun") closed = relay.close();
  };
  const failed = claimSeat(fleet, player, { onEvent });
  await expect(failed).rejects.toBeInstanceOf(AggregateError);
  await expect(failed).rejects.toMatchObject({
    errors: [{ code: "UNAVAILABLE" }, { code: "UNAVAILABLE" }],
  });
  await closed;
  expect(await serversOf(fleet)).toEqual(before);
});

test("a new server stays when its saga fails, where another player has got a seat on it meanwhile", async () => {
  await using open = await openFleet();
  const { fleet } = open;
  const failed = saga(async (step) => {
    await startServer(fleet, "game", step);
    await claimSeat(fleet, player);
    throw new Error("too late");
  });
  await expect(failed).rejects.toThrow(/^too late$/);
  const { running, records, routes } = await pictureOf(fleet);
  expect(running).toEqual(["skywars-1 running"]);
  expect(records).toMatchObject([{ matches: { "match-1": { players: [player] } } }]);
  const server = await fleet.registry.get("skywars-1");
  expect(routes).toEqual({ [player]: formatHostPort(server ?? { host: "", port: 0 }) });
});
