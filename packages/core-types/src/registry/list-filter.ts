import * as z from "zod";
import { ServerType } from "./server-info.js";

/** Which servers to list. All that is given must hold. */
export const ListFilter = z
  .strictObject({
    type: ServerType.optional(),
    mode: z.string().optional(),
    /** `true`: room for one more player. `false`: none. */
    hasCapacity: z.boolean().optional(),
    /** `true`: at least one match is ready. `false`: none is. */
    hasReadyMatch: z.boolean().optional(),
  })
  .readonly();
export type ListFilter = z.infer<typeof ListFilter>;
