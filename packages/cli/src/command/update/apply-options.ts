import type { ApplyUpdateOptions, Update } from "@potassium/manifest";
import type { Context } from "../context.js";
import { byteCount } from "../option/byte-count.js";
import { duration } from "../option/duration.js";
import { wholeNumber } from "../option/whole-number.js";
import { optionSet, type ValuesOf } from "../option-set.js";
import { Option } from "../typed-command.js";
import { openFields, openOne, openOptions } from "./open-updates.js";

/** Declares how an installation is changed: of apply, plan and repair. */
export const changeOptions = optionSet((command) =>
  openOptions(
    command
      .option("--allow-downgrade", "take one whose --sequence is not above the installed one's")
      .option("--no-backup", "in place: keep nothing for a rollback")
      .option("--keep-versions <n>", "versioned: how many versions are kept (2)", wholeNumber(1))
      .option("--concurrency <n>", "files that are worked on at once", wholeNumber(1))
      .option(
        "--busy-timeout <time>",
        "how long to wait for a file that is held open (10s)",
        duration,
      )
      .option(
        "--max-unsized <bytes>",
        "the most bytes of a file of unknown size (16GiB)",
        byteCount,
      ),
  ),
);

/** The same, with what an update has beside a repair: of apply and plan. */
export const applyOptions = optionSet((command) =>
  changeOptions(
    command
      .option(
        "--full <place>",
        "the full update of the newest version, where files are taken whole",
      )
      .addOption(
        new Option("--force <way>", "patches only, or whole files only").choices([
          "chain",
          "full",
        ] as const),
      )
      .addOption(
        new Option("--mode <mode>", "how a first installation is laid out (in-place)").choices([
          "in-place",
          "versioned",
        ] as const),
      )
      .option(
        "--replace-modified",
        "put new files in the place of those that somebody has changed",
      ),
  ),
);

/** The library's names of these options. */
export const applyFields = {
  ...openFields,
  full: "--full",
  force: "--force",
  mode: "--mode",
  keepVersions: "--keep-versions",
  concurrency: "--concurrency",
  busyTimeoutMs: "--busy-timeout",
  maxUnsizedBytes: "--max-unsized",
};

/** What to do where a file of the installation is another. */
export const applyAdvice = {
  CONFLICT:
    "Give --replace-modified to put the new files in the place of changed ones, or run potassium update repair.",
} as const;

/** As the library takes them. */
export function changeOptionsOf(given: ValuesOf<typeof changeOptions>) {
  return {
    allowDowngrade: given.allowDowngrade,
    keepBackup: given.backup,
    keepVersions: given.keepVersions,
    concurrency: given.concurrency,
    busyTimeoutMs: given.busyTimeout,
    maxUnsizedBytes: given.maxUnsized,
  };
}

/** As the library takes them, with both patch engines. */
export async function applyOptionsOf(
  context: Context,
  given: ValuesOf<typeof applyOptions>,
): Promise<Omit<ApplyUpdateOptions, "onProgress">> {
  const { bsdiff, hdiff } = await import("@potassium/diff");
  const full: Update | undefined =
    given.full === undefined ? undefined : await openOne(context, given.full, given);
  return {
    ...changeOptionsOf(given),
    engines: [hdiff, bsdiff],
    full,
    force: given.force,
    mode: given.mode,
    replaceModified: given.replaceModified,
    signal: context.signal,
  };
}
