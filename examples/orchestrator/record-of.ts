import { type Server, type ServerInput, ServerType } from "@potassium/core-types";
import { matchId, mode, seatsOfLobby, seatsOfMatch } from "./fleet.js";

/**
 * The record of a server for the registry, by what its labels say: so a server whose record was lost can be registered again.
 *
 * @param there the players that are on it already.
 */
export function recordOf(server: Server, there: readonly string[] = []): ServerInput {
  const type = ServerType.parse(server.labels["type"]);
  const port = server.ports[0]?.host;
  if (port === undefined) throw new Error(`${server.name} has no port on this host`);
  const place = { id: server.name, type, host: "127.0.0.1", port };
  if (type === "lobby") return { ...place, maxPlayers: seatsOfLobby, players: there.length };
  const need = Math.max(0, seatsOfMatch - there.length);
  const status = need === 0 ? "busy" : "ready";
  return {
    ...place,
    mode,
    maxPlayers: seatsOfMatch,
    matches: { [matchId]: { status, need, players: there } },
  };
}
