import * as z from "zod/mini";
import { linkTargetProblem } from "./link-target.js";
import { RelativePath } from "./relative-path.js";

const LinkText = z.string().check(z.minLength(1));

/** What an update does to one symbolic link: see {@link linkTargetProblem} for the targets that it may have. */
export const LinkEntry = z.discriminatedUnion("action", [
  z.readonly(
    z
      .strictObject({
        action: z.literal("add"),
        path: RelativePath,
        /** What the link holds: where it leads from its own folder. */
        target: LinkText,
        /** What the link held that it takes the place of. */
        oldTarget: z.optional(LinkText),
      })
      .check(
        z.superRefine(({ path, target }, context) => {
          const problem = linkTargetProblem(path, target);
          if (problem === undefined) return;
          const message = `${problem}: ${JSON.stringify(target)}`;
          context.addIssue({ code: "custom", message, path: ["target"] });
        }),
      ),
  ),
  z.readonly(
    z.strictObject({
      action: z.literal("delete"),
      path: RelativePath,
      /** What the link holds that is to be deleted; another one is kept. */
      oldTarget: z.optional(LinkText),
    }),
  ),
]);
export type LinkEntry = z.infer<typeof LinkEntry>;
