// Servers come up, a player plays, moves and survives a crash.
import { formatHostPort, type Provider, type Server, type ServerInfo } from "@potassium/core-types";
import { ProcessProvider } from "@potassium/process";
import { Registry } from "@potassium/registry";
import { RelayClient } from "@potassium/relay";
import { startRelay } from "@potassium/relay/server";
import { chapter, tell, verify } from "./narrator.js";
import { pathOf } from "./path-of.js";
import { Player } from "./player.js";
import { openRegistrationDesk } from "./registration-desk.js";

const playerIp = "127.0.0.1";

/** The first half of the main job: players are brought to game servers, whatever becomes of these. */
export async function runServers(signal: AbortSignal): Promise<void> {
  await using provider = new ProcessProvider({
    images: { "game-server": { command: [process.execPath, pathOf("game-server.js")] } },
  });
  const registry = new Registry();
  await using desk = await openRegistrationDesk(registry);
  await using relay = await startRelay({
    udp: { host: "127.0.0.1", port: 0 },
    api: { host: "127.0.0.1", port: 0 },
  });
  await using routes = new RelayClient(relay.url);

  chapter("Servers come up and register themselves");
  const allocate = (name: string, type: "lobby" | "game") =>
    provider.allocate(
      {
        image: "game-server",
        name,
        ports: [{ container: 5520, protocol: "udp", name: "game" }],
        environment: { SERVER_TYPE: type, REGISTRY_URL: desk.url },
        readiness: { type: "log", pattern: "^ready$", timeoutMs: 15_000 },
      },
      { signal },
    );
  const servers = await Promise.all([
    allocate("lobby-1", "lobby"),
    allocate("skywars-1", "game"),
    allocate("skywars-2", "game"),
  ]);
  for (const server of servers)
    tell(`${server.name} runs on ${addressOf(registry.get(server.name))}/udp`);
  verify(
    registry.list({ type: "game", hasReadyMatch: true }).length === 2,
    "two games have a ready match",
  );
  tell("the registry knows a lobby and two games, each with a ready match");

  chapter("A player joins");
  const lobby = registry.findLobby();
  verify(lobby !== undefined, "there is a lobby with room");
  await routes.setRoute(playerIp, addressOf(lobby), { signal });
  await using player = await Player.join(relay.udpAddress);
  const port = player.port;
  await player.until(lobby.id);
  await player.play(10);
  tell(
    `packets go through the relay on ${formatHostPort(relay.udpAddress)} and ${lobby.id} answers`,
  );

  chapter("The player is matched and moves to the game");
  const first = claimSeat(registry);
  await routes.setRoute(playerIp, addressOf(registry.get(first)), { signal });
  await player.until(first);
  await player.play(25);
  verify(player.port === port, "the player's socket is the same");
  const late = await player.missing(() => relay.counters().toPlayer.dropped.lateReply);
  tell(
    `${first} answers; the player kept its socket and sent ${player.sent} packets, ${late} of them in vain`,
  );

  chapter("The game crashes, and another takes its place");
  const events = provider.events({ signal });
  const killed = performance.now();
  process.kill(Number(registry.get(first)?.metadata["pid"]), "SIGKILL");
  for await (const event of events) {
    if (event.type !== "stopped") continue;
    verify(
      event.name === first && event.exitCode === 137,
      "the killed server is reported as killed",
    );
    break;
  }
  tell(`${first} was killed with SIGKILL, and the provider says so`);
  registry.unregister(first);
  const second = claimSeat(registry);
  await routes.setRoute(playerIp, addressOf(registry.get(second)), { signal });
  await player.until(second);
  const outage = Math.round(performance.now() - killed);
  verify(
    second !== first && player.port === port,
    "the player plays on elsewhere, with the same socket",
  );
  tell(`${second} answers the player ${outage} ms after the kill`);
  await provider.deallocate(first, { signal });
  const replacement = await allocate(first, "game");
  verify(
    registry.get(first)?.matches["match-1"]?.status === "ready",
    "the replacement has a ready match",
  );
  tell(`a new ${replacement.name} is up and ready for the next players`);

  chapter("The servers are drained and removed");
  await player.play(10);
  await routes.deleteRoute(playerIp, { signal });
  verify(Object.keys(await routes.listRoutes()).length === 0, "no route is left");
  const pids = registry.list().map((server) => Number(server.metadata["pid"]));
  await removeAll(provider);
  verify(registry.list().length === 0, "every server has unregistered itself");
  verify(!pids.some(runs), "no process of a server is left");
  tell(`routes, ${pids.length} servers and their processes are gone`);
}

/** Takes a seat in a ready match. Nothing runs between the look and the change: both are in memory. */
function claimSeat(registry: Registry): string {
  const found = registry.findReadyMatch("skywars");
  verify(found !== undefined, "there is a ready match");
  const { server, matchId } = found;
  const match = registry.updateMatch(server.id, matchId, (old) => {
    const need = (old?.need ?? 1) - 1;
    return {
      status: need === 0 ? "busy" : "ready",
      need,
      players: [...(old?.players ?? []), playerIp],
    };
  });
  verify(match.players.includes(playerIp) && match.need === 1, "the seat is the player's");
  tell(`a seat in ${matchId} of ${server.id} is claimed; ${match.need} more needed`);
  return server.id;
}

async function removeAll(provider: Provider): Promise<void> {
  const servers: readonly Server[] = await provider.list();
  await Promise.all(servers.map(({ id }) => provider.deallocate(id)));
  verify((await provider.list()).length === 0, "no server is left");
}

function addressOf(server: ServerInfo | undefined): string {
  verify(server !== undefined, "the server has registered itself");
  return formatHostPort(server);
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
