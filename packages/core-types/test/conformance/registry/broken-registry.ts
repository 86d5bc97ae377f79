import type { RegistrySettings } from "../../../src/conformance/registry/suite.js";
import type { ReferenceRegistry } from "./reference-registry.js";

/** A registry that breaks one promise, and the tests that must notice it. */
export interface BrokenRegistry {
  readonly fault: string;
  readonly create: (settings?: RegistrySettings) => ReferenceRegistry;
  readonly noticedBy: readonly string[];
}
