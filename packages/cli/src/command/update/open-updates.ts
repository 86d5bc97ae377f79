import type { Update } from "@potassium/manifest";
import type { Context } from "../context.js";
import { optionSet, type ValuesOf } from "../option-set.js";
import { sourceOf, sourceOptions } from "./source-of.js";
import { trustOf, trustOptions } from "./trust-options.js";

/** Declares what an update must be to be taken, and how it is fetched. */
export const openOptions = optionSet((command) =>
  sourceOptions(
    trustOptions(command)
      .option("--product <name>", "what the update must be for")
      .option("--platform <name>", 'which platform it must be for: "windows-x64"')
      .option("--channel <name>", "which channel it must be of")
      .option("--allow-stale", "take an update that has expired"),
  ),
);

/** The library's names of these options. */
export const openFields = {
  "trust.keys": "--key",
  "trust.threshold": "--threshold",
  trust: "--trust",
  product: "--product",
  platform: "--platform",
  channel: "--channel",
  timeoutMs: "--timeout",
  retries: "--retries",
  headers: "--header",
};

/** Reads the manifests of updates, and checks their signatures. */
export async function openUpdates(
  context: Context,
  places: readonly string[],
  given: ValuesOf<typeof openOptions>,
): Promise<readonly Update[]> {
  const { openUpdate } = await import("@potassium/manifest");
  const { product, platform, channel, allowStale } = given;
  const { signal } = context;
  const expectation = { ...(await trustOf(given)), product, platform, channel, allowStale, signal };
  const updates: Update[] = [];
  for (const place of places) {
    updates.push(await openUpdate(await sourceOf(context, place, given), expectation));
  }
  return updates;
}

/** The same of one, such as a full update. */
export async function openOne(
  context: Context,
  place: string,
  given: ValuesOf<typeof openOptions>,
): Promise<Update> {
  const [update] = await openUpdates(context, [place], given);
  if (update === undefined) throw new Error("no update was opened");
  return update;
}
