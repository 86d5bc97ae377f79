import type { UpdatePlan } from "../plan/update-plan.js";
import type { Recovery } from "../transaction/recover.js";

/** What an update has done. Sizes are in bytes. */
export interface UpdateResult {
  /** What was installed before; "" where that was not known. */
  readonly fromVersion: string;
  readonly toVersion: string;
  readonly mode: UpdatePlan["mode"];
  readonly route: UpdatePlan["route"];
  /** The version was installed before, and nothing was done. */
  readonly alreadyDone: boolean;
  /** What the sources gave; less than planned where an earlier try had downloaded some of it. */
  readonly downloadedBytes: number;
  /** Bytes of the files that were written. */
  readonly writtenBytes: number;
  readonly files: {
    readonly written: number;
    readonly deleted: number;
    /** Symbolic links that were made. */
    readonly linked: number;
  };
  /** Files that should have gone but were others than the update knows. They are still there. */
  readonly kept: readonly string[];
  /** What had become of an earlier update that was cut off. */
  readonly recovery: Recovery;
}

/** Tells what a plan that was carried out has done. */
export function updateResult(
  plan: UpdatePlan,
  recovery: Recovery,
  downloadedBytes: number,
): UpdateResult {
  const { fromVersion, toVersion, mode, route, alreadyDone, writeBytes, kept, operations } = plan;
  const made = new Set(
    operations.filter(({ kind }) => kind === "write" || kind === "link").map(({ path }) => path),
  );
  const count = (counts: (operation: UpdatePlan["operations"][number]) => boolean) =>
    operations.filter(counts).length;
  return Object.freeze({
    fromVersion,
    toVersion,
    mode,
    route,
    alreadyDone,
    downloadedBytes,
    writtenBytes: writeBytes,
    files: Object.freeze({
      written: count(({ kind }) => kind === "write"),
      deleted: count(
        ({ kind, path }) => (kind === "delete" || kind === "unlink") && !made.has(path),
      ),
      linked: count(({ kind }) => kind === "link"),
    }),
    kept: Object.freeze([...kept]),
    recovery,
  });
}
