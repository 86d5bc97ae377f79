import * as z from "zod";
import { Timestamp } from "../json/timestamp.js";

const about = {
  /** The server's id. */
  id: z.string(),
  name: z.string(),
  time: Timestamp,
  labels: z.record(z.string(), z.string()).readonly(),
};

/**
 * A change of a server. The life of one reads created, starting, running, ready, stopping, stopped,
 * removed; a crash is `stopped` without `stopping` before it.
 */
export const ServerEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("created"), ...about }).readonly(),
  z.object({ type: z.literal("starting"), ...about }).readonly(),
  z.object({ type: z.literal("running"), ...about }).readonly(),
  /** The request's readiness came true. */
  z.object({ type: z.literal("ready"), ...about }).readonly(),
  z.object({ type: z.literal("stopping"), ...about }).readonly(),
  z
    .object({ type: z.literal("stopped"), ...about, exitCode: z.int(), outOfMemory: z.boolean() })
    .readonly(),
  z.object({ type: z.literal("removed"), ...about }).readonly(),
]);
export type ServerEvent = z.infer<typeof ServerEvent>;
