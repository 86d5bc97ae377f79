import * as z from "zod/mini";
import { CommandLine, ConsoleLine } from "./command-line.js";

/** How a server is stopped: command, then signal, then, after the grace time, the kill. */
export const StopPolicy = z.readonly(
  z.strictObject({
    /** What asks the server to end. @default "SIGTERM" */
    signal: z.optional(
      z.string().check(z.regex(/^SIG[A-Z0-9]{2,10}$/, "must be a signal's name, such as SIGTERM")),
    ),
    /**
     * How long the server may take, in milliseconds: after the command, and again after the signal. Then it
     * is killed. @default 10_000
     */
    graceMs: z.optional(z.int().check(z.minimum(0), z.maximum(3_600_000))),
    /**
     * What is said to the server before the signal: a line on its console (`stop`), or a program run
     * inside it. Where the server ends by it within the grace time, no signal is sent.
     */
    command: z.optional(
      z.discriminatedUnion("type", [
        z.readonly(z.strictObject({ type: z.literal("console"), line: ConsoleLine })),
        z.readonly(z.strictObject({ type: z.literal("exec"), command: CommandLine })),
      ]),
    ),
  }),
);
export type StopPolicy = z.infer<typeof StopPolicy>;

export const defaultStopPolicy = { signal: "SIGTERM", graceMs: 10_000 } as const;
