import { testServerRegistry } from "@potassium/core-types/conformance";
import { test } from "vitest";
import { Registry } from "../src/index.js";

testServerRegistry({ test, create: (settings) => new Registry(settings) });
