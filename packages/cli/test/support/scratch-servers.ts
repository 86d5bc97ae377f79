import { randomBytes } from "node:crypto";
import { conformanceServerPath } from "@potassium/core-types/conformance";
import { DockerProvider } from "@potassium/docker";
import {
  availableEngines,
  conformanceImage,
  importConformanceImage,
} from "@potassium/tooling/engines";
import { beforeAll, describe } from "vitest";
import { type RunOptions, runCommand } from "./run-command.js";

/** An engine that runs now, with the conformance suite's image in it. */
export interface TestEngine {
  readonly name: "docker" | "podman";
  readonly host: string;
}

/** Describes tests for each engine that there is. */
export function describeEngines(body: (engine: TestEngine) => void): void {
  for (const { name, host = "" } of availableEngines()) {
    describe.skipIf(host === "")(`on ${name}`, () => {
      beforeAll(() => importConformanceImage(host, conformanceServerPath), 120_000);
      body({ name, host });
    });
  }
}

/** The image of the servers: its game answers, and takes words on its console. */
export const image = conformanceImage;

/** Servers of the test's own, which are removed at its end, and a way to run verbs on them. */
export function scratchServers({ host }: TestEngine) {
  const namespace = `test-${randomBytes(6).toString("hex")}`;
  const provider = new DockerProvider({ host, namespace });
  const flags = ["--host", host, "--namespace", namespace];
  return {
    namespace,
    flags,
    provider,
    run: (verb: string, argv: readonly string[] = [], options: RunOptions = {}) =>
      runCommand(["server", verb, ...flags, ...argv], options),
    async [Symbol.asyncDispose]() {
      const servers = await provider.list();
      await Promise.all(servers.map(({ id }) => provider.deallocate(id)));
      await provider[Symbol.asyncDispose]();
    },
  };
}
