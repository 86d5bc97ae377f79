import * as z from "zod/mini";
import { Timestamp } from "../json/timestamp.js";

/** What a server is doing. */
export const ServerStatus = z.discriminatedUnion("state", [
  /** It is there, and nothing of it runs. */
  z.readonly(z.object({ state: z.literal("created") })),
  /** Its process starts, or is started again after it ended. */
  z.readonly(z.object({ state: z.literal("starting") })),
  z.readonly(z.object({ state: z.literal("running"), startedAt: z.optional(Timestamp) })),
  z.readonly(z.object({ state: z.literal("paused") })),
  /** It was told to end. */
  z.readonly(z.object({ state: z.literal("stopping") })),
  z.readonly(
    z.object({
      state: z.literal("stopped"),
      /** 128 plus the signal's number, where a signal ended it. */
      exitCode: z.int(),
      /** Left out where the provider does not know without asking: `get` tells. */
      outOfMemory: z.optional(z.boolean()),
      finishedAt: z.optional(Timestamp),
    }),
  ),
  /** The provider can't say more, or can't go on: `message` tells why. */
  z.readonly(z.object({ state: z.literal("error"), message: z.string() })),
]);
export type ServerStatus = z.infer<typeof ServerStatus>;
export type ServerState = ServerStatus["state"];
