import * as z from "zod/mini";
import { Identifier } from "../json/identifier.js";

export const MatchStatus = z.enum(["ready", "busy", "starting"]);
export type MatchStatus = z.infer<typeof MatchStatus>;

/** A match on a game server. */
export const MatchInfo = z.readonly(
  z.strictObject({
    status: MatchStatus,
    /** Players that it still takes. */
    need: z.int().check(z.minimum(0)),
    /** Ids of the players that it has. */
    players: z.prefault(z.readonly(z.array(Identifier)), []),
  }),
);
export type MatchInfo = z.infer<typeof MatchInfo>;
/** A match as callers write it: what has a default may be left out. */
export type MatchInput = z.input<typeof MatchInfo>;
