import type { ToolOptions } from "@potassium/diff";
import { ExitCode } from "../../exit/exit-code.js";
import { usageError } from "../../exit/usage-error.js";
import { oneLine } from "../../output/printable.js";
import type { Style } from "../../output/style.js";
import { table } from "../../output/table.js";
import type { Context } from "../context.js";
import { toolOptions, toolsOf } from "../diff/tool-options.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import type { Check } from "./check.js";
import { checkContainers, checkProcesses } from "./check-containers.js";
import { checkNames } from "./check-names.js";
import { checkNode } from "./check-node.js";
import { checkPatches } from "./check-patches.js";
import { checkRedis, checkRelay } from "./check-services.js";

export const doctor = defineVerb({
  name: "doctor",
  summary: "Show what this machine has of what Potassium can use, and what to install",
  description:
    "What is missing is no error, unless it is asked for: by --require, --redis or --relay. Then the exit code is 7, or 5 where a server doesn't answer.",
  examples: [
    { does: "what is here", line: "doctor" },
    {
      does: "before a server is set up",
      line: "doctor --require containers --redis redis://10.0.0.5",
    },
    { does: "on a build machine", line: "doctor --require hdiffz bsdiff-node --quiet" },
  ],
  fields: { pins: "--pins", hdiffz: "--hdiffz", hpatchz: "--hpatchz" },
  declare: (command) =>
    toolOptions(command)
      .option("--host <engine>", "the container engine, as in DOCKER_HOST")
      .option("--redis <url>", "a Redis or Valkey that must answer; or POTASSIUM_REDIS")
      .option("--relay <url>", "a relay that must answer; or POTASSIUM_RELAY")
      .addOption(
        new Option("--require <names...>", "what must be there, by its name in the table").choices(
          checkNames,
        ),
      ),
  async run(context, _, options) {
    const { output, env } = context;
    const redis = options.redis ?? env["POTASSIUM_REDIS"];
    const relay = options.relay ?? env["POTASSIUM_RELAY"];
    const checks = await allChecks(context, {
      tools: toolsOf(options),
      host: options.host,
      redis,
      relay,
    });
    const required = [
      "node",
      ...(options.require ?? []),
      ...(redis === undefined ? [] : ["redis"]),
      ...(relay === undefined ? [] : ["relay"]),
    ];
    const lacking = required
      .map((name) => named(checks, name))
      .filter(({ state }) => state !== "ok");
    const document = { ok: lacking.length === 0, checks };
    await output.result(document, () => reportText(checks, output.style));
    if (lacking.length === 0) return ExitCode.done;
    output.warn(`required and not there: ${lacking.map(({ name }) => name).join(", ")}`);
    const isService = ({ name }: Check) => name === "redis" || name === "relay";
    return lacking.every(isService) ? ExitCode.unavailable : ExitCode.missing;
  },
});

interface Places {
  readonly tools: ToolOptions | undefined;
  readonly host: string | undefined;
  readonly redis: string | undefined;
  readonly relay: string | undefined;
}

async function allChecks({ signal }: Context, { tools, host, redis, relay }: Places) {
  const { node } = process.versions;
  return [
    checkNode(node, process.platform, process.arch),
    ...(await checkPatches(tools, signal)),
    await checkContainers(host, signal),
    await checkProcesses(),
    ...(redis === undefined ? [] : [await checkRedis(redis, signal)]),
    ...(relay === undefined ? [] : [await checkRelay(relay, signal)]),
  ];
}

function named(checks: readonly Check[], name: string): Check {
  const found = checks.find((check) => check.name === name);
  if (found !== undefined) return found;
  throw usageError(`--require ${name}: give --${name} too, or its variable`);
}

function reportText(checks: readonly Check[], style: Style): string {
  const rows = checks.map(({ name, state, detail }) => [name, state, oneLine(detail)]);
  const advice = checks.flatMap(({ name, advice }) =>
    advice === undefined ? [] : [`${name}: ${advice}\n`],
  );
  const found = table(["WHAT", "STATE", "FOUND"], rows, style.bold);
  return advice.length === 0 ? found : `${found}\n${advice.join("")}`;
}
