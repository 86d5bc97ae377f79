// #region conformance
import { testServerRegistry } from "@potassium/core-types/conformance";
import { Registry } from "@potassium/registry"; // or your own
import { test } from "vitest";

testServerRegistry({ test, create: () => new Registry() });
// #endregion
