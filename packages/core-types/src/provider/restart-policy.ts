import * as z from "zod";

/** What happens when a server ends that nobody stopped. Without one, nothing does. */
export const RestartPolicy = z.discriminatedUnion(
  "name",
  [
    z.strictObject({ name: z.literal("no") }).readonly(),
    z.strictObject({ name: z.literal("always") }).readonly(),
    z.strictObject({ name: z.literal("unless-stopped") }).readonly(),
    z
      .strictObject({
        name: z.literal("on-failure"),
        /** How many times in a row. @default without end */
        maxRetries: z.int().min(1).optional(),
      })
      .readonly(),
  ],
  {
    error: ({ code }) =>
      code === "invalid_union"
        ? "must be one of no, always, unless-stopped, on-failure"
        : undefined,
  },
);
export type RestartPolicy = z.infer<typeof RestartPolicy>;
