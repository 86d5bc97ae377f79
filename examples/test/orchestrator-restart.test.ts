import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProcessProvider } from "@potassium/process";
import { RelayClient } from "@potassium/relay";
import { startRelay } from "@potassium/relay/server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalPlayer } from "../orchestrator/local-player.js";
import { runOrchestrator } from "./run-orchestrator.js";
import { waitUntil } from "./wait-until.js";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "potassium-orchestrator-test-"));
});

afterEach(async () => {
  // What is left where a test has failed between two orchestrators.
  await withServers(async (provider) => {
    for (const { id } of await provider.list()) await provider.deallocate(id);
  });
  await rm(folder, { recursive: true, force: true });
});

/** The servers of an orchestrator that was killed, by a provider of the test's own. */
async function withServers(body: (provider: ProcessProvider) => Promise<void>): Promise<void> {
  await using provider = new ProcessProvider({
    images: { game: { command: [process.execPath, "unused"] } },
    lifetime: "detached",
    stateFolder: join(folder, "servers"),
  });
  await body(provider);
}

/** Of the two games the one that an answer names, and the other: either may have been the first. */
function gamesOf(answer: string): readonly [string, string] {
  return answer.endsWith(" has a seat on skywars-1")
    ? ["skywars-1", "skywars-2"]
    : ["skywars-2", "skywars-1"];
}

// Windows ends a process at once that is sent SIGINT, and the servers would stay.
const onUnix = test.skipIf(process.platform === "win32");

onUnix(
  "after a crash the servers are found again, a player plays on all the while, and what disagrees is mended",
  async () => {
    await using relay = await startRelay();
    await using routes = new RelayClient(relay.url);
    const env = { RELAY_URL: relay.url, ORCHESTRATOR_STATE: folder };
    await using player = await LocalPlayer.join(relay.udpAddress);
    await using first = await runOrchestrator(env);
    const [game, other] = gamesOf(await first.act("POST", "players/127.0.0.1/seat"));
    expect(await first.act("POST", "players/192.0.2.7/lobby")).toBe("192.0.2.7 is in lobby-1");
    await waitUntil("the game answers", () => player.heard.server === game);
    const before = await first.state();
    await first.kill();

    // While nobody looks, a server ends, a route is set to nowhere, and another is lost.
    let runningBefore: readonly string[] = [];
    await withServers(async (provider) => {
      expect((await provider.list()).length).toBe(3);
      await provider.sendCommand(other, "crash");
      await waitUntil("it has crashed", async () => {
        const { status } = (await provider.get(other)) ?? {};
        return status?.state === "stopped";
      });
      runningBefore = (await provider.list({ state: "running" })).map(({ id }) => id);
    });
    await routes.setRoute("192.0.2.8", "127.0.0.1:9");
    const { answers } = player.heard;
    await waitUntil(
      "the game answers while no orchestrator runs",
      () => player.heard.answers > answers + 3,
    );

    await using second = await runOrchestrator(env);
    const after = await second.state();
    expect(second.output()).toContain(`${other} does not run any more, and is removed`);
    expect(second.output()).toContain("192.0.2.8 was routed to nobody");
    const kept = ({ id }: { id: string }) => id !== other;
    expect(after.servers.filter(kept)).toEqual(before.servers.filter(kept));
    expect(after.servers.find(({ id }) => id === other)).toMatchObject({ state: "running" });
    expect(after.routes).toMatchObject(
      before.routes.map(({ player, backend }) => ({ player, backend })),
    );
    expect(player.heard.server).toBe(game);
    expect(runningBefore).toHaveLength(2);
  },
);

onUnix(
  "servers whose records were lost are registered again with the players that the relay sends there",
  async () => {
    await using relay = await startRelay();
    const env = { RELAY_URL: relay.url, ORCHESTRATOR_STATE: folder };
    await using first = await runOrchestrator(env);
    const [game] = gamesOf(await first.act("POST", "players/192.0.2.1/seat"));
    await first.act("POST", "players/192.0.2.2/seat");
    await first.act("POST", "players/192.0.2.3/lobby");
    const before = await first.state();
    await first.kill();
    await rm(join(folder, "registry.json"));

    await using second = await runOrchestrator(env);
    expect(second.output()).toContain(`${game} is registered again: 2 players`);
    expect((await second.state()).servers).toEqual(before.servers);
  },
);

onUnix("players are routed again where the relay has forgotten them", async () => {
  const { udpAddress, apiAddress, url, ...relay } = await startRelay();
  const env = { RELAY_URL: url, ORCHESTRATOR_STATE: folder };
  await using first = await runOrchestrator(env);
  const [game, other] = gamesOf(await first.act("POST", "players/192.0.2.1/seat"));
  await first.act("POST", "players/192.0.2.2/lobby");
  const before = await first.state();
  await waitUntil("the seat is in the snapshot", async () =>
    (await readFile(join(folder, "registry.json"), "utf8")).includes("192.0.2.1"),
  );
  await first.kill();
  await relay.close();
  await using _again = await startRelay({ udp: udpAddress, api: apiAddress });

  await using second = await runOrchestrator(env);
  const after = await second.state();
  expect(after.routes).toMatchObject([{ player: "192.0.2.1", server: game }]);
  const seats = ({ servers }: typeof after) =>
    Object.fromEntries(servers.map(({ id, seats: { taken } }) => [id, taken]));
  expect(seats(before)).toEqual({ "lobby-1": 1, [game]: 1, [other]: 0 });
  expect(seats(after)).toEqual({ "lobby-1": 0, [game]: 1, [other]: 0 });
});

onUnix("Ctrl-C removes the servers and routes, and nothing of them is found later", async () => {
  await using relay = await startRelay();
  await using routes = new RelayClient(relay.url);
  await using running = await runOrchestrator({ RELAY_URL: relay.url, ORCHESTRATOR_STATE: folder });
  await running.act("POST", "players/192.0.2.1/lobby");
  expect(Object.keys(await routes.listRoutes())).toEqual(["192.0.2.1"]);
  await running[Symbol.asyncDispose]();
  expect(running.output()).toContain("All servers and routes are removed.");
  expect(await routes.listRoutes()).toEqual({});
  await withServers(async (provider) => expect(await provider.list()).toEqual([]));
});
