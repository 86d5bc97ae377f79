import type { PatchEngine } from "@potassium/core-types";
import { testPatchEngine } from "@potassium/core-types/conformance";
import { hasBsdiff } from "@potassium/tooling/engines";
import { describe, test } from "vitest";
import { bsdiff, createHdiff } from "../src/index.js";
import { availableTool } from "./tool/available-tool.js";

const hdiffz = await availableTool("hdiffz");

describe.skipIf(!hasBsdiff(import.meta.url))("bsdiff", () => {
  testPatchEngine({ test, create: () => bsdiff });
});

describe.skipIf(hdiffz === undefined)("hdiff, its patches made by hdiffz", () => {
  const engine = createHdiff({ tools: { hdiffz: hdiffz?.path } });
  const byTool: PatchEngine = {
    ...engine,
    generate: (oldPath, newPath, patchPath, options) =>
      engine.generate(oldPath, newPath, patchPath, { ...options, engine: "tool" }),
  };
  testPatchEngine({ test, create: () => byTool });
});
