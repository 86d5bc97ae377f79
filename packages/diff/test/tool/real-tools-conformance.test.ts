import type { PatchEngine } from "@potassium/core-types";
import { testPatchEngine } from "@potassium/core-types/conformance";
import { describe, test } from "vitest";
import { applyWithTool } from "../../src/tool/apply-with-tool.js";
import { generateWithTool } from "../../src/tool/generate-with-tool.js";
import { availableTool } from "./available-tool.js";

const hdiffz = await availableTool("hdiffz");
const hpatchz = await availableTool("hpatchz");
const tools = { hdiffz: hdiffz?.path, hpatchz: hpatchz?.path };

const engine: PatchEngine = {
  algorithm: "hdiff",
  generate: (oldPath, newPath, patchPath, options) =>
    generateWithTool(oldPath, newPath, patchPath, { ...options, tools }),
  apply: (oldPath, patchPath, newPath, options) =>
    applyWithTool(oldPath, patchPath, newPath, { ...options, tools }),
};

describe.skipIf(hdiffz === undefined || hpatchz === undefined)("hdiffz and hpatchz", () => {
  testPatchEngine({ test, create: () => engine });
});
