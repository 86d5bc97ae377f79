import * as z from "zod/mini";

/** A moment as RFC 3339 text, in UTC: `2026-01-02T03:04:05.678Z`. */
export const Timestamp = z.iso.datetime({
  offset: true,
  error: "must be a moment in RFC 3339, such as 2026-01-02T03:04:05Z",
});
export type Timestamp = z.infer<typeof Timestamp>;
