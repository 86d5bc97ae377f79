import type { MatchInput } from "../../registry/match-info.js";
import type { ServerInput } from "../../registry/server-info.js";

export const generatedModes = ["", "skywars", "survival"] as const;

/** Servers of every kind in an order without a pattern, the same for one seed. */
export function generatedServers(count: number, seed: number): ServerInput[] {
  const random = randomFrom(seed);
  const pick = <T>(choices: readonly [T, ...T[]]): T =>
    choices[Math.floor(random() * choices.length)] ?? choices[0];
  return Array.from({ length: count }, (_, index) => {
    const matches: Record<string, MatchInput> = {};
    for (let match = pick([0, 0, 1, 2, 4]); match > 0; match -= 1) {
      const status = pick(["ready", "busy", "busy", "starting"] as const);
      matches[`m${match}`] = { status, need: pick([match, match, 0]) };
    }
    return {
      id: `${pick(["z", "a", "7", "Ä"])}-${index}`,
      type: pick(["lobby", "game"]),
      mode: pick(generatedModes),
      host: "10.99.0.1",
      port: 5520 + index,
      players: pick([0, 3, 8]),
      maxPlayers: pick([0, 8, 8]),
      matches,
    };
  });
}

/** Numbers in [0, 1), the same for one seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
