import { optionNames, shownValue } from "@potassium/core-types";
import { invalidArgument } from "../invalid-argument.js";
import {
  type CheckedPlanOptions,
  checkFlag,
  checkPlanOptions,
  checkWholeNumber,
  type PlanUpdateOptions,
} from "../plan/plan-options.js";
import type { UpdateProgress } from "../plan/update-progress.js";
import { progressReporter } from "../progress-reporter.js";
import type { LockOwners } from "../transaction/lock-owner.js";
import { PauseGate } from "./pause-gate.js";

export interface ApplyUpdateOptions extends Omit<PlanUpdateOptions, "onProgress"> {
  /** What it throws ends the call, which rejects with it: the installation is then as it was. */
  readonly onProgress?: ((progress: UpdateProgress) => void) | undefined;
  readonly pause?: PauseGate | undefined;
  /** In place: keeps the files that were replaced or deleted, for `rollbackUpdate`, until the next update. @default true */
  readonly keepBackup?: boolean | undefined;
  /** Versioned: how many versions are kept, with the current one. @default 2 */
  readonly keepVersions?: number | undefined;
  /** The most bytes of a download or a file of which the manifest tells no size, as of the Go library's. @default 16 GiB */
  readonly maxUnsizedBytes?: number | undefined;
  /** Tells whose locks are stale. @default the processes of this machine */
  readonly owners?: LockOwners | undefined;
}

export const applyOptionNames = optionNames<ApplyUpdateOptions>({
  engines: true,
  full: true,
  force: true,
  mode: true,
  replaceModified: true,
  allowDowngrade: true,
  concurrency: true,
  onProgress: true,
  pause: true,
  keepBackup: true,
  keepVersions: true,
  maxUnsizedBytes: true,
  owners: true,
  fs: true,
  system: true,
  busyTimeoutMs: true,
  signal: true,
});

/** The options with their defaults. */
export interface CheckedApplyOptions extends CheckedPlanOptions {
  readonly onProgress: (progress: UpdateProgress) => void;
  readonly pause: PauseGate;
  readonly keepBackup: boolean;
  readonly keepVersions: number;
  readonly maxUnsizedBytes: number;
  readonly owners?: LockOwners | undefined;
}

/** @throws `INVALID_ARGUMENT` with the `field` at fault */
export function checkApplyOptions(
  options: ApplyUpdateOptions,
  names: readonly string[] = applyOptionNames,
): CheckedApplyOptions {
  const checked = checkPlanOptions(options, names);
  const onProgress = progressReporter(options.onProgress);
  const { pause = new PauseGate(), owners } = options;
  const { keepBackup = true, keepVersions = 2, maxUnsizedBytes = 2 ** 34 } = options;
  if (typeof (pause as Partial<PauseGate> | null)?.passed !== "function") {
    throw invalidArgument(`pause must be a PauseGate, not ${shownValue(pause)}`, "pause");
  }
  checkFlag("keepBackup", keepBackup);
  checkWholeNumber("keepVersions", keepVersions, 1);
  checkWholeNumber("maxUnsizedBytes", maxUnsizedBytes, 1);
  return { ...checked, onProgress, pause, keepBackup, keepVersions, maxUnsizedBytes, owners };
}
