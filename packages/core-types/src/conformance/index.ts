export { conformanceServerPath } from "./conformance-server-path.js";
export { testPatchEngine } from "./patch-engine/index.js";
export type { PatchEngineSuiteOptions } from "./patch-engine/suite.js";
export { testProvider } from "./provider/index.js";
export type { ProviderSuiteOptions } from "./provider/suite.js";
export { testServerRegistry } from "./registry/index.js";
export type { RegistrySettings, RegistrySuiteOptions } from "./registry/suite.js";
export type { TestFunction } from "./test-runner.js";
