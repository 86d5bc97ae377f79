import { testPatchEngine } from "@potassium/core-types/conformance";
import { test } from "vitest";
import { createSpliceEngine } from "./fixture/splice-engine.js";

testPatchEngine({ test, create: () => createSpliceEngine() });
