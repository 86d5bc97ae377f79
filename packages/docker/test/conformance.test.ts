import { testProvider } from "@potassium/core-types/conformance";
import { test } from "vitest";
import { dockerSupports } from "../src/index.js";
import { describeEngines } from "./engines.js";

describeEngines(({ image, provider }) => {
  testProvider({
    test,
    create: () => provider(),
    supports: dockerSupports,
    image,
    folder: "/tmp/",
  });
});
