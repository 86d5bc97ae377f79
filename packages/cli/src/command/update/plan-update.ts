import type { BlockedPath, PlannedOperation, UpdatePlan } from "@potassium/manifest";
import { ExitCode } from "../../exit/exit-code.js";
import { bytesText, countText } from "../../output/amounts.js";
import { facts } from "../../output/facts.js";
import { oneLine } from "../../output/printable.js";
import { showProgress } from "../../progress/show-progress.js";
import { defineVerb } from "../verb.js";
import { applyAdvice, applyFields, applyOptions, applyOptionsOf } from "./apply-options.js";
import { leftOver } from "./left-over.js";
import { openUpdates } from "./open-updates.js";

export const planUpdateVerb = defineVerb({
  name: "plan",
  summary: "Say what apply would do, and what is in its way",
  description: "Nothing is written. Where the update would be refused, the exit code is 3.",
  examples: [
    {
      does: "what there is to download, and what it takes of the disk",
      line: "update plan game https://cdn.example/skywars/update-1.1.0/ --key release-key.pub",
    },
    {
      does: "path by path",
      line: "update plan game update-1.1.0 --key release-key.pub --verbose",
    },
  ],
  fields: applyFields,
  advice: applyAdvice,
  declare: (command) =>
    applyOptions(
      command
        .argument("<root>", "the folder of the installation")
        .argument("<updates...>", "folders or addresses of updates, or of a full one"),
    ),
  async run(context, [root, places], options) {
    const { planUpdate } = await import("@potassium/manifest");
    const { output, progress, verbose } = context;
    const updates = await openUpdates(context, places, options);
    const plan = await planUpdate(root, updates, {
      ...(await applyOptionsOf(context, options)),
      onProgress: showProgress(progress),
    });
    await output.result(documentOf(plan), () => planText(plan, verbose));
    const left = leftOver(plan, updates);
    if (left !== undefined) output.note(left);
    return plan.blocked.length === 0 ? ExitCode.done : ExitCode.refused;
  },
});

/** The plan without the manifests' bytes and the sources' sockets. */
function documentOf(plan: UpdatePlan) {
  const updates = plan.updates.map(({ manifest, source, signed }) => ({
    source: source.name,
    fromVersion: manifest.fromVersion,
    toVersion: manifest.toVersion,
    signed,
  }));
  return { ...plan, updates };
}

function planText(plan: UpdatePlan, verbose: boolean): string {
  const { fromVersion, toVersion, operations, blocked, freeBytes, sizesKnown } = plan;
  const atLeast = sizesKnown ? "" : "at least ";
  const engines = Object.entries(plan.perEngine).map(
    ([name, { patches }]) => `${name}: ${countText(patches, "patch", "patches")}`,
  );
  const lines = facts([
    ["from", fromVersion === "" ? "no known version" : fromVersion],
    ["to", plan.alreadyDone ? `${toVersion}, which is installed already` : toVersion],
    ["way", `${plan.route}, ${plan.mode}`],
    ["unfinished", plan.unfinished ? "an update that was cut off is dealt with first" : undefined],
    ["changes", countText(operations.length, "path")],
    ["download", atLeast + bytesText(plan.downloadBytes)],
    ["write", atLeast + bytesText(plan.writeBytes)],
    ["disk", `${atLeast}${bytesText(plan.peakDiskBytes)} more${freeText(freeBytes)}`],
    ["patches", engines.length === 0 ? undefined : engines.join(", ")],
    ["kept", plan.kept.length === 0 ? undefined : plan.kept.join(", ")],
  ]);
  const ways = verbose ? operations.map((operation) => `${wayText(operation)}\n`) : [];
  const problems = blocked.map((one) => `${oneLine(blockedText(one, verbose))}\n`);
  return [
    lines,
    ways.length === 0 ? "" : `\n${ways.join("")}`,
    problems.length === 0 ? "" : `\nIn the way:\n${problems.join("")}`,
  ].join("");
}

function blockedText(blocked: BlockedPath, verbose: boolean): string {
  const { path, code, message, foundHash, expectedHash } = blocked;
  // Most messages begin by the path.
  const isNamed = path === "" || message.startsWith(path);
  const hashes = [
    foundHash === undefined ? "" : `, it has the hash ${foundHash}`,
    expectedHash === undefined ? "" : `, expected is ${expectedHash}`,
  ];
  return `${isNamed ? "" : `${path}: `}${message} (${code}${verbose ? hashes.join("") : ""})`;
}

const freeText = (bytes: number | undefined): string =>
  bytes === undefined ? "" : `, of ${bytesText(bytes)} free`;

/** "write data/a.pak, by patch". */
function wayText(operation: PlannedOperation): string {
  const how = operation.kind === "write" ? `, by ${operation.recipe.kind}` : "";
  return oneLine(`${operation.kind} ${operation.path}${how}`);
}
