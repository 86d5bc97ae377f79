import { expectUnblocked } from "../plan/expect-unblocked.js";
import type { MadePlan } from "../plan/make-plan.js";
import type { UpdatePlan } from "../plan/update-plan.js";
import type { UpdateLock } from "../transaction/lock.js";
import type { Transaction } from "../transaction/operation.js";
import type { Site } from "../transaction/site.js";
import { transact } from "../transaction/transact.js";
import type { CheckedApplyOptions } from "./apply-options.js";
import { installedBy } from "./installed-by.js";
import { openStage } from "./open-stage.js";

/**
 * Carries out a plan in place.
 *
 * @returns how many bytes the sources gave.
 */
export async function carryOutPlan(
  site: Site,
  lock: UpdateLock,
  { plan, places }: MadePlan,
  options: CheckedApplyOptions & Pick<Transaction, "repairs">,
): Promise<number> {
  expectUnblocked(plan);
  const stage = await openStage(site, site, plan, options);
  const { onProgress } = options;
  await transact(site, lock, transactionOf(plan, options), {
    ...siteOptions(options),
    stage: async (wanted) => {
      await stage.takeBack(wanted);
      await stage.make(wanted.map(({ hash }) => hash));
      await stage.place(wanted);
    },
    places,
    onProgress,
  });
  await stage.remove();
  return stage.receivedBytes();
}

const siteOptions = ({ fs, system, busyTimeoutMs, owners, signal }: CheckedApplyOptions) => ({
  fs,
  system,
  busyTimeoutMs,
  owners,
  signal,
});

function transactionOf(
  plan: UpdatePlan,
  { keepBackup, repairs }: Pick<Transaction, "keepBackup" | "repairs">,
): Transaction {
  const { fromVersion, toVersion } = plan;
  const { version: _, ...installed } = installedBy(plan);
  const operations = plan.operations.map((operation) => {
    if (operation.kind !== "write") return operation;
    const { recipe: __, ...write } = operation;
    return write;
  });
  return { ...installed, fromVersion, toVersion, operations, keepBackup, repairs };
}
