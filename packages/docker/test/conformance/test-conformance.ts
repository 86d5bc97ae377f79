import { testProvider } from "@potassium/core-types/conformance";
import { test } from "vitest";
import { dockerSupports } from "../../src/index.js";
import { describeEngines, type TestEngine } from "../engines.js";

/** The suite of every provider, on one engine. One file an engine, so that they run side by side. */
export function testConformance(only: TestEngine["name"]): void {
  describeEngines(({ image, provider }) => {
    testProvider({
      test,
      create: () => provider(),
      supports: dockerSupports,
      image,
      folder: "/tmp/",
    });
  }, only);
}
