import { testPatchEngine } from "@potassium/core-types/conformance";
import { test } from "vitest";
import { hdiff } from "../src/index.js";

testPatchEngine({ test, create: () => hdiff });
