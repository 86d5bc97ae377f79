import * as z from "zod/mini";

/** What happens when a server ends that nobody stopped. Without one, nothing does. */
export const RestartPolicy = z.discriminatedUnion("name", [
  z.readonly(z.strictObject({ name: z.literal("no") })),
  z.readonly(z.strictObject({ name: z.literal("always") })),
  z.readonly(z.strictObject({ name: z.literal("unless-stopped") })),
  z.readonly(
    z.strictObject({
      name: z.literal("on-failure"),
      /** How many times in a row. @default without end */
      maxRetries: z.optional(z.int().check(z.minimum(1))),
    }),
  ),
]);
export type RestartPolicy = z.infer<typeof RestartPolicy>;
