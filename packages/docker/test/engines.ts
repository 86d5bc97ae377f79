import { randomBytes } from "node:crypto";
import { conformanceServerPath } from "@potassium/core-types/conformance";
import {
  availableEngines,
  conformanceImage,
  importConformanceImage,
} from "@potassium/tooling/engines";
import { beforeAll, describe } from "vitest";
import { DockerProvider, type DockerProviderOptions } from "../src/index.js";

/** An engine that runs now, with the conformance suite's image in it. */
export interface TestEngine {
  readonly name: "docker" | "podman";
  readonly host: string;
  readonly image: string;
  /** A provider with a namespace of its own, unless another is given. */
  readonly provider: (options?: DockerProviderOptions) => DockerProvider;
}

/** Describes tests for each engine that there is, or for one of them. */
export function describeEngines(
  body: (engine: TestEngine) => void,
  only?: TestEngine["name"],
): void {
  for (const { name, host = "" } of availableEngines()) {
    if (only !== undefined && name !== only) continue;
    describe.skipIf(host === "")(`on ${name}`, () => {
      beforeAll(() => importConformanceImage(host, conformanceServerPath), 120_000);
      body({
        name,
        host,
        image: conformanceImage,
        provider: (options) =>
          new DockerProvider({ host, namespace: uniqueNamespace(), ...options }),
      });
    });
  }
}

export function uniqueNamespace(): string {
  return `test-${randomBytes(6).toString("hex")}`;
}
