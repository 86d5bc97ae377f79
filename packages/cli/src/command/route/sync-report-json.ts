import { RouteJson } from "@potassium/core-types";
import type { RouteChange, RouteChangeResult, SyncReport } from "@potassium/relay";

/** What a sync found and did, its routes as in a relay's JSON. `state` is left out of changes that were only told. */
export function syncReportJson(
  { changes, unchanged, kept, results }: SyncReport,
  dryRun: boolean,
): Readonly<Record<string, unknown>> {
  return {
    dry_run: dryRun,
    changes: dryRun ? changes.map(changeJson) : results.map(resultJson),
    unchanged: unchanged.map(RouteJson.encode),
    kept: kept.map(RouteJson.encode),
  };
}

function changeJson(change: RouteChange) {
  const { action, playerIp } = change;
  return {
    action,
    player_ip: playerIp,
    ...("backend" in change ? { backend: change.backend } : {}),
    ...("previous" in change ? { previous: change.previous } : {}),
  };
}

function resultJson(result: RouteChangeResult) {
  const change = { ...changeJson(result), state: result.state };
  if (result.state === "done") return change;
  return { ...change, error: { code: result.error.code, message: result.error.message } };
}
