import { createHash } from "node:crypto";
import type { UpdatePlan } from "../plan/update-plan.js";
import type { Installed } from "../transaction/operation.js";

/** What is installed after a plan. */
export function installedBy({ updates, toVersion }: UpdatePlan): Installed {
  // A full manifest, which may be the last, is of the same version as the update before it.
  const newest = updates.findLast(({ manifest }) => manifest.fromVersion !== "") ?? updates.at(-1);
  if (newest === undefined) throw new TypeError("a plan has an update");
  const { sequence, product, platform, channel } = newest.manifest;
  const manifestHash = createHash("sha256").update(newest.manifestBytes).digest("hex");
  return { version: toVersion, sequence, product, platform, channel, manifestHash };
}
