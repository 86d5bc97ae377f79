import { formatHostPort } from "@potassium/core-types";
import { expect, test } from "vitest";
import { claimSeat } from "../orchestrator/claim-seat.js";
import { crash } from "../orchestrator/crash.js";
import { drainServer } from "../orchestrator/drain-server.js";
import { fillFleet } from "../orchestrator/fill-fleet.js";
import type { Fleet } from "../orchestrator/fleet.js";
import { joinLobby } from "../orchestrator/join-lobby.js";
import { leave } from "../orchestrator/leave.js";
import { replaceLost } from "../orchestrator/replace-lost.js";
import { openFleet, pictureOf } from "./open-fleet.js";
import { waitUntil } from "./wait-until.js";

const players = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4", "192.0.2.5"] as const;
const [ann, bob] = players;

/** Has crashes watched, as long as it is used. */
function watchCrashes(fleet: Fleet): AsyncDisposable {
  const ending = new AbortController();
  const watched = replaceLost(fleet, { signal: ending.signal }).catch((error) => error);
  return {
    async [Symbol.asyncDispose]() {
      ending.abort("the end");
      expect(await watched).toBe("the end");
    },
  };
}

const addressOf = async ({ registry }: Fleet, id: string): Promise<string> => {
  const server = await registry.get(id);
  if (server === undefined) throw new Error(`there is no ${id}`);
  return formatHostPort(server);
};

test("a match that is full begins, the next player gets a server of its own, and where there are enough is refused", async () => {
  await using open = await openFleet({ wanted: { lobby: 1, game: 1 }, maxGames: 1 });
  const { fleet } = open;
  await fillFleet(fleet);
  const seated = players.slice(0, 4);
  for (const player of seated) await claimSeat(fleet, player);
  const match = (await fleet.registry.get("skywars-1"))?.matches["match-1"];
  expect(match).toEqual({ status: "busy", need: 0, players: seated });
  const refused = claimSeat(fleet, players[4]);
  await expect(refused).rejects.toThrow("all seats are taken, and there are 1 games already");
  const roomy = { ...fleet, maxGames: 2 };
  expect(await claimSeat(roomy, players[4])).toMatchObject({ id: "skywars-2" });
  expect((await pictureOf(fleet)).running).toHaveLength(3);
});

test("a player who leaves makes room, and one who is in a match stays there", async () => {
  await using open = await openFleet({ wanted: { lobby: 1, game: 2 } });
  const { fleet } = open;
  await fillFleet(fleet);
  const { id } = await claimSeat(fleet, ann);
  expect(await claimSeat(fleet, bob)).toMatchObject({ id }); // the fullest first
  expect(await claimSeat(fleet, ann)).toMatchObject({ id });
  await leave(fleet, ann);
  const { records, routes } = await pictureOf(fleet);
  expect(records).toContainEqual(
    expect.objectContaining({
      ...{ id, matches: { "match-1": { status: "ready", need: 3, players: [bob] } } },
    }),
  );
  expect(Object.keys(routes)).toEqual([bob]);
});

test("a game that crashes is replaced, and its players are in the lobby", async () => {
  await using open = await openFleet({ wanted: { lobby: 1, game: 1 } });
  const { fleet } = open;
  await fillFleet(fleet);
  await using _watched = watchCrashes(fleet);
  await claimSeat(fleet, ann);
  const lost = await fleet.provider.get("skywars-1");
  await crash(fleet, "skywars-1");
  const started = "skywars-1 is started, and takes players";
  const isAgain = () => open.told.filter((text) => text === started).length === 2;
  await waitUntil("the game is replaced", isAgain);
  expect((await fleet.provider.get("skywars-1"))?.id).not.toBe(lost?.id);
  const { running, records, routes } = await pictureOf(fleet);
  expect(running).toEqual(["lobby-1 running", "skywars-1 running"]);
  expect(records).toMatchObject([
    { id: "lobby-1", players: 1 },
    { id: "skywars-1", matches: { "match-1": { need: 4, players: [] } } },
  ]);
  expect(routes).toEqual({ [ann]: await addressOf(fleet, "lobby-1") });
  expect(open.told).toContain("skywars-1 ended with the code 137, and nobody had asked for it");
});

test("a lobby that crashes is replaced for the players who were in it", async () => {
  await using open = await openFleet();
  const { fleet } = open;
  await fillFleet(fleet);
  await using _watched = watchCrashes(fleet);
  for (const player of [ann, bob]) await joinLobby(fleet, player);
  const before = await addressOf(fleet, "lobby-1");
  await crash(fleet, "lobby-1");
  await waitUntil("both are in another lobby", async () => {
    const backends = Object.values(await fleet.routes.listRoutes());
    return backends.length === 2 && !backends.includes(before);
  });
  await waitUntil("the one that crashed is removed", async () =>
    (await fleet.provider.list()).every(({ status }) => status.state === "running"),
  );
  expect((await pictureOf(fleet)).records).toMatchObject([{ id: "lobby-2", players: 2 }]);
});

test("a drained game keeps its match until that is over, takes nobody else, and has been replaced by then", async () => {
  await using open = await openFleet({ wanted: { lobby: 1, game: 1 } });
  const { fleet } = open;
  await fillFleet(fleet);
  await using _watched = watchCrashes(fleet);
  const seated = players.slice(0, 4);
  for (const player of seated) await claimSeat(fleet, player);
  const backend = await addressOf(fleet, "skywars-1");
  let isOver = false;
  const drained = drainServer(fleet, "skywars-1", { deadlineMs: 60_000 }).then(() => {
    isOver = true;
  });
  await waitUntil("it is replaced", () =>
    open.told.includes("skywars-2 is started, and takes players"),
  );
  expect(await claimSeat(fleet, players[4])).toMatchObject({ id: "skywars-2" });
  expect(
    Object.values(await fleet.routes.listRoutes()).filter((to) => to === backend),
  ).toHaveLength(4);
  expect(isOver).toBe(false);
  for (const player of seated.slice(1)) await leave(fleet, player);
  expect(isOver).toBe(false);
  await leave(fleet, ann);
  await drained;
  const { running, records, routes } = await pictureOf(fleet);
  expect(running).toEqual(["lobby-1 running", "skywars-2 running"]);
  expect(records).toMatchObject([{ id: "lobby-1", players: 0 }, { id: "skywars-2" }]);
  expect(routes).toEqual({ [players[4]]: await addressOf(fleet, "skywars-2") });
  expect(open.told.join("\n")).not.toContain("nobody had asked for it");
});

test("players who wait in a game that is drained are in the lobby at once", async () => {
  await using open = await openFleet();
  const { fleet } = open;
  await fillFleet(fleet);
  await claimSeat(fleet, ann);
  await drainServer(fleet, "skywars-1", { deadlineMs: 60_000 });
  const { running, routes } = await pictureOf(fleet);
  expect(running).toEqual(["lobby-1 running"]);
  expect(routes).toEqual({ [ann]: await addressOf(fleet, "lobby-1") });
});

test("a match that goes on when the deadline of a drain comes is ended, and its players are in the lobby", async () => {
  await using open = await openFleet();
  const { fleet } = open;
  await fillFleet(fleet);
  for (const player of players.slice(0, 4)) await claimSeat(fleet, player);
  await drainServer(fleet, "skywars-1", { deadlineMs: 50 });
  const { running, records } = await pictureOf(fleet);
  expect(running).toEqual(["lobby-1 running"]);
  expect(records).toMatchObject([{ id: "lobby-1", players: 4 }]);
});

test("a drained lobby hands its players over to the next one at once", async () => {
  await using open = await openFleet();
  const { fleet } = open;
  await fillFleet(fleet);
  await joinLobby(fleet, ann);
  await drainServer(fleet, "lobby-1", { deadlineMs: 60_000 });
  const { running, records, routes } = await pictureOf(fleet);
  expect(running).toEqual(["lobby-2 running"]);
  expect(records).toMatchObject([{ id: "lobby-2", players: 1 }]);
  expect(routes).toEqual({ [ann]: await addressOf(fleet, "lobby-2") });
  await expect(drainServer(fleet, "lobby-1")).rejects.toThrow("there is no server lobby-1");
});

test("a player who can't be brought to a lobby is sent nowhere, when its game is drained", async () => {
  await using open = await openFleet({ wanted: { lobby: 0, game: 0 } });
  const { fleet } = open;
  const first = await claimSeat(fleet, ann);
  const broken = { ...fleet, game: { image: "no-such-image" } };
  await drainServer(broken, first.id, { deadlineMs: 0 });
  expect(await pictureOf(fleet)).toEqual({ running: [], records: [], leases: [], routes: {} });
  expect(open.told.join("\n")).toContain(`${ann} can't be brought to a lobby`);
});
