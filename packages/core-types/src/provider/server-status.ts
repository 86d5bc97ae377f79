import * as z from "zod";
import { Timestamp } from "../json/timestamp.js";

/** What a server is doing. */
export const ServerStatus = z.discriminatedUnion("state", [
  /** It is there, and nothing of it runs. */
  z.object({ state: z.literal("created") }).readonly(),
  /** Its process starts, or is started again after it ended. */
  z.object({ state: z.literal("starting") }).readonly(),
  z.object({ state: z.literal("running"), startedAt: Timestamp.optional() }).readonly(),
  z.object({ state: z.literal("paused") }).readonly(),
  /** It was told to end. */
  z.object({ state: z.literal("stopping") }).readonly(),
  z
    .object({
      state: z.literal("stopped"),
      /** 128 plus the signal's number, where a signal ended it. */
      exitCode: z.int(),
      /** Left out where the provider does not know without asking: `get` tells. */
      outOfMemory: z.boolean().optional(),
      finishedAt: Timestamp.optional(),
    })
    .readonly(),
  /** The provider can't say more, or can't go on: `message` tells why. */
  z.object({ state: z.literal("error"), message: z.string() }).readonly(),
]);
export type ServerStatus = z.infer<typeof ServerStatus>;
export type ServerState = ServerStatus["state"];
