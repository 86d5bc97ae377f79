import { type Awaitable, hasErrorCode, type MatchInfo } from "@potassium/core-types";
import type { Fleet } from "./fleet.js";

/** A seat that a player has given up. */
export interface LeftSeat {
  readonly serverId: string;
  /** Left out for a lobby. */
  readonly matchId?: string | undefined;
}

type Registry = Pick<Fleet, "registry">;

/** Strikes a player off the books of a server. A server that is gone has none. */
export async function giveUpSeat(
  { registry }: Registry,
  player: string,
  serverId: string,
): Promise<LeftSeat | undefined> {
  const server = await registry.get(serverId);
  if (server === undefined) return undefined;
  if (server.type === "lobby") {
    await unlessGone(() =>
      registry.update(serverId, ({ players }) => ({ players: less(players) })),
    );
    return { serverId };
  }
  const [matchId] =
    Object.entries(server.matches).find(([, { players }]) => players.includes(player)) ?? [];
  if (matchId === undefined) return undefined;
  await unlessGone(() =>
    registry.updateMatch(serverId, matchId, (match) => withoutPlayer(match, player)),
  );
  return { serverId, matchId };
}

/** Undoes it. */
export async function takeSeatBack(
  { registry }: Registry,
  player: string,
  { serverId, matchId }: LeftSeat,
): Promise<void> {
  if (matchId === undefined) {
    await unlessGone(() => registry.update(serverId, ({ players }) => ({ players: players + 1 })));
    return;
  }
  await unlessGone(() =>
    registry.updateMatch(serverId, matchId, (match) => withPlayer(match, player)),
  );
}

/** The game itself would say so, in a real one: nobody is needed any more, and it begins. */
export async function beginFullMatch(
  { registry }: Registry,
  serverId: string,
  matchId: string,
): Promise<void> {
  await unlessGone(() =>
    registry.updateMatch(serverId, matchId, (match) => ({
      status: match?.need === 0 ? "busy" : "ready",
      need: match?.need ?? 0,
      players: match?.players,
    })),
  );
}

function withoutPlayer(match: MatchInfo | undefined, player: string) {
  const players = (match?.players ?? []).filter((other) => other !== player);
  return { status: "ready" as const, need: (match?.need ?? 0) + 1, players };
}

/** Where somebody else was quicker, there is one player too many: better than one who is thrown out. */
function withPlayer(match: MatchInfo | undefined, player: string) {
  const need = less(match?.need ?? 1);
  const status = need === 0 ? ("busy" as const) : ("ready" as const);
  return { status, need, players: [...(match?.players ?? []), player] };
}

const less = (count: number): number => Math.max(0, count - 1);

async function unlessGone(change: () => Awaitable<unknown>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!hasErrorCode(error, "NOT_FOUND")) throw error;
  }
}
