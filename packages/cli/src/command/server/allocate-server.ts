import type { AllocateRequest } from "@potassium/core-types";
import { usageError } from "../../exit/usage-error.js";
import { printable } from "../../output/printable.js";
import type { Context } from "../context.js";
import { readJson } from "../read-json.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { ofFile } from "./of-file.js";
import { openProvider } from "./open-provider.js";
import { PullSteps } from "./pull-steps.js";
import { requestFields, requestFlags } from "./request-flags.js";
import { requestOf } from "./request-of.js";
import { portsText } from "./server-text.js";

export const allocateServer = defineVerb({
  name: "allocate",
  summary: "Start a server, and wait until it is ready",
  description:
    "If it fails or is interrupted, nothing is left behind. Without a readiness it counts as ready once it runs. The image's own arguments are replaced by what follows the image; those with dashes stand behind --.",
  examples: [
    {
      does: "a UDP port of the host that leads to the game's",
      line: "server allocate --port 5521:5520/udp localhost/hytale-server",
    },
    {
      does: "on a network, ready when it says so, with a limit",
      line: "server allocate --network banananet --ip 10.99.0.10 --readiness log:ready --memory 2GiB localhost/hytale-server",
    },
    {
      does: "a secret that is not seen among the processes",
      line: "server allocate --env RCON_PASSWORD localhost/hytale-server",
    },
    { does: "all that a request can say", line: "server allocate --file request.json" },
  ],
  interrupted: "What had been started is removed.",
  fields: {
    ...engineFields,
    ...requestFields,
    "stop.command": "--stop-line",
    "stop.graceMs": "--stop-grace",
    "readiness.timeoutMs": "--readiness-timeout",
    file: "--file",
    hostAddress: "--host-address",
    portRange: "--port-range",
  },
  declare: (command) =>
    engineOptions(
      requestFlags(command)
        .argument("[image]", "the image to run")
        .argument("[command...]", "arguments that take the place of the image's own")
        .option("--file <path>", "the whole request as JSON; - for standard input")
        .addOption(
          new Option("--pull <when>", "when the image is fetched")
            .choices(["missing", "always", "never"] as const)
            .default("missing" as const),
        )
        .option(
          "--host-address <ip>",
          "the host's address on which its ports listen (default: all)",
        )
        .option("--port-range <range>", "host ports where none is wished for", "20000-29999"),
    ),
  async run(context, [image, command], options) {
    const { file, pull, hostAddress, portRange } = options;
    const { output, progress, signal } = context;
    const { ServerJson } = await import("@potassium/core-types");
    const steps = new PullSteps();
    await using provider = await openProvider(options, {
      pull,
      hostAddress,
      portRange,
      onPullProgress(told) {
        const step = steps.add(told);
        if (step !== undefined) progress.show(step);
      },
    });
    const request =
      file === undefined
        ? requestOf(given(image), command, options, context.env)
        : await requestIn(file, requestOf(image ?? "", command, options, context.env), context);
    const server = await provider.allocate(request, { signal }).catch((error: unknown) => {
      throw file === undefined ? error : ofFile(error);
    });
    for (const warning of server.warnings) output.warn(warning);
    await output.result(
      ServerJson.encode(server),
      () => `${printable(server.name)}: ${server.status.state} ${portsText(server.ports)}`,
    );
  },
});

function given(image: string | undefined): string {
  if (image !== undefined) return image;
  throw usageError("an image is missing: name one, or give --file");
}

/** @param flagged what the command line asks for beside the file, which must be nothing. */
async function requestIn(
  file: string,
  flagged: AllocateRequest,
  context: Context,
): Promise<AllocateRequest> {
  for (const [field, option] of Object.entries(requestFields)) {
    if ((flagged[field as keyof AllocateRequest] ?? "") === "") continue;
    throw usageError(`--file holds the whole request: leave out ${option}`);
  }
  const { AllocateRequestJson } = await import("@potassium/core-types");
  const json = await readJson(file, "allocate request", context);
  try {
    return AllocateRequestJson.decode(json);
  } catch (error) {
    throw ofFile(error);
  }
}
