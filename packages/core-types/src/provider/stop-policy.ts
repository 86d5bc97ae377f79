import * as z from "zod";
import { CommandLine, ConsoleLine } from "./command-line.js";

/** How a server is stopped: command, then signal, then, after the grace time, the kill. */
export const StopPolicy = z
  .strictObject({
    /** What asks the server to end. @default "SIGTERM" */
    signal: z
      .string()
      .regex(/^SIG[A-Z0-9]{2,10}$/, "must be a signal's name, such as SIGTERM")
      .optional(),
    /**
     * How long the server may take, in milliseconds: after the command, and again after the signal. Then it
     * is killed. @default 10_000
     */
    graceMs: z.int().min(0).max(3_600_000).optional(),
    /**
     * What is said to the server before the signal: a line on its console (`stop`), or a program run
     * inside it. Where the server ends by it within the grace time, no signal is sent.
     */
    command: z
      .discriminatedUnion("type", [
        z.strictObject({ type: z.literal("console"), line: ConsoleLine }).readonly(),
        z.strictObject({ type: z.literal("exec"), command: CommandLine }).readonly(),
      ])
      .optional(),
  })
  .readonly();
export type StopPolicy = z.infer<typeof StopPolicy>;

export const defaultStopPolicy = { signal: "SIGTERM", graceMs: 10_000 } as const;
