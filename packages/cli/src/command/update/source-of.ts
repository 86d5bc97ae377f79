import type { UpdateSource } from "@potassium/manifest";
import { usageError } from "../../exit/usage-error.js";
import type { Context } from "../context.js";
import { duration } from "../option/duration.js";
import { wholeNumber } from "../option/whole-number.js";
import { optionSet, type ValuesOf } from "../option-set.js";

type Headers = Readonly<Record<string, string>>;

/** Declares how a web server is asked. */
export const sourceOptions = optionSet((command) =>
  command
    .option("--header <name: value>", "sent to the web server; may be given again", toHeader)
    .option("--timeout <time>", "how long a web server may send next to nothing (30s)", duration)
    .option("--retries <n>", "how often a failed request is made again (5)", wholeNumber()),
);

/**
 * Where an update is: a folder, or a web server.
 *
 * A header `authorization` comes from the variable POTASSIUM_AUTHORIZATION too, which `ps` doesn't show.
 */
export async function sourceOf(
  { env }: Context,
  place: string,
  { header, timeout, retries }: ValuesOf<typeof sourceOptions>,
): Promise<UpdateSource> {
  const { folderSource, httpSource } = await import("@potassium/manifest");
  if (!/^https?:\/\//i.test(place)) return folderSource(place);
  const secret = env["POTASSIUM_AUTHORIZATION"];
  const headers = { ...(secret === undefined ? {} : { authorization: secret }), ...header };
  return httpSource(place, { headers, timeoutMs: timeout, retries });
}

function toHeader(text: string, previous: Headers | undefined): Headers {
  const [, name, value] = /^\s*([^:\s]+)\s*:\s*(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    // Not commander's own error, which repeats what was given.
    throw usageError(`option '--header': it must be like "name: value"`);
  }
  return { ...previous, [name.toLowerCase()]: value };
}
