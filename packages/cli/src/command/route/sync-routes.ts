import type { RouteChange, RouteChangeResult, SyncReport } from "@potassium/relay";
import { failureKinds } from "../../exit/failure-kinds.js";
import { countText } from "../../output/amounts.js";
import type { Output } from "../../output/output.js";
import { table } from "../../output/table.js";
import { readJson } from "../read-json.js";
import { defineVerb } from "../verb.js";
import { openRelay } from "./open-relay.js";
import { relayFields, relayOptions } from "./relay-options.js";

export const syncRoutes = defineVerb({
  name: "sync",
  summary: "Make a relay's routes those of a JSON document",
  description:
    'The document is {"192.168.1.50":"10.99.0.10:5520"}, or a list as route list --json prints it. Routes that are not in it are deleted. A change that fails stops no other; the exit code is then the failure\'s.',
  examples: [
    { does: "what would be changed", line: "route sync routes.json --dry-run" },
    { does: "add and change, and delete none", line: "route sync routes.json --keep-others" },
  ],
  interrupted: "Some of the changes may have been made: the same command again makes the others.",
  fields: { ...relayFields, desired: "<file>", file: "<file>" },
  declare: (command) =>
    relayOptions(
      command
        .argument("[file]", "the document; - for standard input", "-")
        .option("--dry-run", "only tell what would be changed")
        .option("--keep-others", "delete no route"),
    ),
  async run(context, [file], { dryRun = false, keepOthers, ...options }) {
    const { output, signal } = context;
    const { desiredRoutes } = await import("./desired-routes.js");
    const { syncReportJson } = await import("./sync-report-json.js");
    await using relay = await openRelay(context, options);
    if (file === "-" && context.stdin.isTTY === true)
      output.note("reading routes from the terminal");
    const desired = desiredRoutes(await readJson(file, "routes", context));
    const keep = keepOthers === true ? () => true : undefined;
    const report = await relay.sync(desired, { dryRun, keep, signal });
    await output.result(syncReportJson(report, dryRun), () => reportText(report, dryRun, output));
    const [failure] = report.results.flatMap((result) =>
      result.state === "failed" ? [result.error] : [],
    );
    return failure === undefined ? undefined : failureKinds[failure.code].exitCode;
  },
});

function reportText(report: SyncReport, dryRun: boolean, { style }: Output): string {
  const rows = dryRun
    ? report.changes.map(changeCells)
    : report.results.map((result) => [...changeCells(result), outcomeText(result)]);
  const columns = ["CHANGE", "PLAYER", "FROM", "TO", ...(dryRun ? [] : ["OUTCOME"])];
  const failed = report.results.filter(({ state }) => state === "failed").length;
  const counts = [
    dryRun
      ? countText(rows.length, "change to make", "changes to make")
      : countText(rows.length, "change"),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    `${report.unchanged.length} right already`,
    ...(report.kept.length === 0 ? [] : [`${countText(report.kept.length, "other")} kept`]),
  ];
  return `${rows.length === 0 ? "" : table(columns, rows, style.bold)}${counts.join(", ")}\n`;
}

const changeCells = (change: RouteChange): string[] => [
  change.action,
  change.playerIp,
  "previous" in change ? change.previous : "",
  "backend" in change ? change.backend : "",
];

const outcomeText = (result: RouteChangeResult): string =>
  result.state === "done" ? "done" : `failed: ${result.error.message}`;
