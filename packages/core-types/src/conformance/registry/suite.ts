import type { ServerRegistry } from "../../registry/server-registry.js";
import type { Awaitable } from "../../wait/awaitable.js";
import type { TestFunction } from "../test-runner.js";

/** What a test asks of its registry. What is left out is the registry's own. */
export interface RegistrySettings {
  /** How long an expired server is kept. */
  readonly graceMs?: number | undefined;
  /** The TTL of servers that are registered without one. */
  readonly defaultTtlMs?: number | undefined;
  /** How many changes are kept for watches that are behind: at most a few more. */
  readonly keptChanges?: number | undefined;
}

export interface RegistrySuiteOptions {
  /** Registers one test: `test` of vitest or node:test. */
  readonly test: TestFunction;
  /** Makes an empty registry. Each test asks for its own, and disposes it. */
  readonly create: (settings?: RegistrySettings) => Awaitable<ServerRegistry>;
}

/** Registers one test that gets an empty registry. */
export type RegistryTest = (
  name: string,
  body: (registry: ServerRegistry) => Promise<void>,
  settings?: RegistrySettings,
) => void;

export function registryTest({ test, create }: RegistrySuiteOptions): RegistryTest {
  return (name, body, settings = {}) => {
    test(name, async () => {
      await using registry = await create(settings);
      await body(registry);
    });
  };
}
