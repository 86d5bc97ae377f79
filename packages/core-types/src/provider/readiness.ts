import * as z from "zod/mini";
import { Port, PortName } from "../net/port.js";
import { CommandLine } from "./command-line.js";

const timing = {
  /** How long the server may take in all, in milliseconds. @default 60_000 */
  timeoutMs: z.optional(z.int().check(z.minimum(1), z.maximum(3_600_000))),
  /** Wait between two probes, in milliseconds. @default 250 */
  intervalMs: z.optional(z.int().check(z.minimum(10), z.maximum(60_000))),
};

/** Which of the server's ports: its number inside the container, or its name. */
const target = { port: z.optional(z.union([Port, PortName])) };

const Hex = z.string().check(z.regex(/^(?:[0-9a-fA-F]{2})+$/, "must be bytes in hexadecimal"));

const RegExpSource = z.string().check(
  z.minLength(1),
  z.superRefine((source, context) => {
    try {
      new RegExp(source);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: "custom", message: `must be a regular expression: ${reason}` });
    }
  }),
);

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
export const Readiness = z.discriminatedUnion("type", [
  z.readonly(z.strictObject({ type: z.literal("running"), timeoutMs: timing.timeoutMs })),
  z.readonly(
    z.strictObject({ type: z.literal("log"), pattern: RegExpSource, timeoutMs: timing.timeoutMs }),
  ),
  z.readonly(z.strictObject({ type: z.literal("tcp"), ...target, ...timing })),
  z.readonly(
    z.strictObject({
      type: z.literal("http"),
      ...target,
      /** @default "/" */
      path: z.optional(
        z.string().check(z.regex(/^\/[^\s#]*$/, "must begin with / and hold no blanks")),
      ),
      status: z.optional(z.int().check(z.minimum(100), z.maximum(599))),
      ...timing,
    }),
  ),
  z.readonly(z.strictObject({ type: z.literal("exec"), command: CommandLine, ...timing })),
  z.readonly(
    z.strictObject({
      type: z.literal("udp"),
      ...target,
      probe: z.union([
        z.enum(["raknet", "a2s"]),
        z.readonly(z.strictObject({ send: Hex, expect: z.optional(Hex) })),
      ]),
      ...timing,
    }),
  ),
]);
export type Readiness = z.infer<typeof Readiness>;

export const defaultReadiness = { timeoutMs: 60_000, intervalMs: 250 } as const;
