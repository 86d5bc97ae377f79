import type { ServerInfo, ServerRecord } from "@potassium/core-types";
import { isOpen } from "../../record/free-seats.js";
import { listTags, lobbyTags, matchTag } from "./tags.js";

/** The number of the server's own places; its matches' begin at 1. */
export const lobbyNumber = "0".repeat(10);

export const placeNumber = (number: number): string => String(number).padStart(10, "0");

/** What a place is called in a lease. */
export interface PlaceName {
  readonly serverId: string;
  readonly matchId?: string;
}

/** A server's lists and places, as the script `commit` takes them. */
export function placeArguments(
  server: ServerRecord,
  matchNumbers: ReadonlyMap<string, number>,
): readonly string[] {
  const lists = listTags(server);
  const room = Math.max(0, server.maxPlayers - server.players);
  const args = [String(lists.length), ...lists];
  args.push(...place(lobbyNumber, room, { serverId: server.id }, lobbyTags(server)));
  const open = server.type === "game" && isOpen(server);
  for (const [matchId, number] of matchNumbers) {
    const match = (server.matches as ServerInfo["matches"])[matchId];
    if (match === undefined) continue;
    const tags = open && match.status === "ready" ? [matchTag(server.mode)] : [];
    const name = { serverId: server.id, matchId };
    args.push(...place(placeNumber(number), match.need, name, tags));
  }
  return args;
}

function place(
  number: string,
  offered: number,
  name: PlaceName,
  tags: readonly string[],
): string[] {
  return [number, String(offered), JSON.stringify(name), String(tags.length), ...tags];
}
