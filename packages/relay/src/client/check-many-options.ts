import { optionNames, RelayError } from "@potassium/core-types";
import { checkOptions } from "../option/check-options.js";
import { checkedFunction } from "../option/checked-function.js";
import { kindOf } from "../option/kind-of.js";
import type { ManyOptions } from "./route-result.js";
import type { SyncOptions } from "./sync-report.js";

const manyNames = optionNames<ManyOptions<never>>({ signal: true, onResult: true });
const syncNames = optionNames<SyncOptions>({
  signal: true,
  onResult: true,
  dryRun: true,
  keep: true,
});

/** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
export function checkManyOptions<Result>(options: ManyOptions<Result>): void {
  checkOptions(options, manyNames);
  if (options.onResult !== undefined) checkedFunction(options.onResult, "onResult");
}

/** @throws {RelayError} `INVALID_ARGUMENT` with the option at fault. */
export function checkSyncOptions(options: SyncOptions): void {
  checkOptions(options, syncNames);
  const { onResult, keep, dryRun } = options;
  if (onResult !== undefined) checkedFunction(onResult, "onResult");
  if (keep !== undefined) checkedFunction(keep, "keep");
  if (dryRun === undefined || typeof dryRun === "boolean") return;
  const message = `invalid dryRun: must be true or false, not ${kindOf(dryRun)}`;
  throw new RelayError("INVALID_ARGUMENT", message, { field: "dryRun" });
}
