import * as z from "zod/mini";
import { Timestamp } from "../json/timestamp.js";

const about = {
  /** The server's id. */
  id: z.string(),
  name: z.string(),
  time: Timestamp,
  labels: z.readonly(z.record(z.string(), z.string())),
};

/**
 * A change of a server. The life of one reads created, starting, running, ready, stopping, stopped,
 * removed; a crash is `stopped` without `stopping` before it.
 */
export const ServerEvent = z.discriminatedUnion("type", [
  z.readonly(z.object({ type: z.literal("created"), ...about })),
  z.readonly(z.object({ type: z.literal("starting"), ...about })),
  z.readonly(z.object({ type: z.literal("running"), ...about })),
  /** The request's readiness came true. */
  z.readonly(z.object({ type: z.literal("ready"), ...about })),
  z.readonly(z.object({ type: z.literal("stopping"), ...about })),
  z.readonly(
    z.object({
      type: z.literal("stopped"),
      ...about,
      exitCode: z.int(),
      outOfMemory: z.boolean(),
    }),
  ),
  z.readonly(z.object({ type: z.literal("removed"), ...about })),
]);
export type ServerEvent = z.infer<typeof ServerEvent>;
