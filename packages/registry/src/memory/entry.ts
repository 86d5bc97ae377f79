import type { ServerInfo } from "@potassium/core-types";

/** A server's place in the registry. Indexes hold entries, so that a change of the record alone costs them nothing. */
export interface Entry {
  /** Rises with each registration. */
  readonly order: number;
  server: ServerInfo;
  traits: Traits;
}

/** What the indexes go by. */
export interface Traits {
  readonly type: ServerInfo["type"];
  readonly mode: string;
  readonly hasCapacity: boolean;
  /** One of the server's ready matches. */
  readonly readyMatchId: string | undefined;
}

/** @param before the traits and record before the change: matches that are the same aren't looked through again. */
export function traitsOf(server: ServerInfo, before?: Entry): Traits {
  const { type, mode, players, maxPlayers, matches } = server;
  return {
    type,
    mode,
    hasCapacity: players < maxPlayers,
    readyMatchId:
      before?.server.matches === matches ? before.traits.readyMatchId : readyMatchIn(matches),
  };
}

function readyMatchIn(matches: ServerInfo["matches"]): string | undefined {
  for (const [id, match] of Object.entries(matches)) {
    if (match.status === "ready") return id;
  }
  return undefined;
}
