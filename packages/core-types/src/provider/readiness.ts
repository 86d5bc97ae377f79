import * as z from "zod";
import { Port, PortName } from "../net/port.js";
import { CommandLine } from "./command-line.js";

const timing = {
  /** How long the server may take in all, in milliseconds. @default 60_000 */
  timeoutMs: z.int().min(1).max(3_600_000).optional(),
  /** Wait between two probes, in milliseconds. @default 250 */
  intervalMs: z.int().min(10).max(60_000).optional(),
};

/** Which of the server's ports: its number inside the container, or its name. */
const target = { port: z.union([Port, PortName]).optional() };

const Hex = z.string().regex(/^(?:[0-9a-fA-F]{2})+$/, "must be bytes in hexadecimal");

const RegExpSource = z
  .string()
  .min(1)
  .superRefine((source, context) => {
    try {
      new RegExp(source);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: "custom", message: `must be a regular expression: ${reason}` });
    }
  });

/**
 * When a server counts as ready, so that `allocate` returns:
 * - `running`: as soon as its process runs;
 * - `log`: when a line of its output matches the regular expression `pattern`;
 * - `tcp`: when the port takes a connection; `http`: when it answers a GET with `status`, or 2xx or 3xx;
 * - `exec`: when the command inside the server ends with 0;
 * - `udp`: when the port answers a RakNet unconnected ping, a Source `A2S_INFO` query, or the bytes in
 *   `send` with an answer that begins with those in `expect` (any answer, where left out).
 *
 * `port` may be left out where the server has only one of that protocol.
 */
export const Readiness = z.discriminatedUnion(
  "type",
  [
    z.strictObject({ type: z.literal("running"), timeoutMs: timing.timeoutMs }).readonly(),
    z
      .strictObject({
        type: z.literal("log"),
        pattern: RegExpSource,
        timeoutMs: timing.timeoutMs,
      })
      .readonly(),
    z.strictObject({ type: z.literal("tcp"), ...target, ...timing }).readonly(),
    z
      .strictObject({
        type: z.literal("http"),
        ...target,
        /** @default "/" */
        path: z
          .string()
          .regex(/^\/[^\s#]*$/, "must begin with / and hold no blanks")
          .optional(),
        status: z.int().min(100).max(599).optional(),
        ...timing,
      })
      .readonly(),
    z.strictObject({ type: z.literal("exec"), command: CommandLine, ...timing }).readonly(),
    z
      .strictObject({
        type: z.literal("udp"),
        ...target,
        probe: z.union([
          z.enum(["raknet", "a2s"]),
          z.strictObject({ send: Hex, expect: Hex.optional() }).readonly(),
        ]),
        ...timing,
      })
      .readonly(),
  ],
  {
    error: ({ code }) =>
      code === "invalid_union" ? "must be one of running, log, tcp, http, exec, udp" : undefined,
  },
);
export type Readiness = z.infer<typeof Readiness>;

export const defaultReadiness = { timeoutMs: 60_000, intervalMs: 250 } as const;
