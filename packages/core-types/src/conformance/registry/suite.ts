import type { ServerRegistry } from "../../registry/server-registry.js";
import type { Awaitable } from "../../wait/awaitable.js";
import type { TestFunction } from "../test-runner.js";

export interface RegistrySuiteOptions {
  /** Registers one test: `test` of vitest or node:test. */
  readonly test: TestFunction;
  /** Makes an empty registry. Each test asks for its own, and disposes it where it can be. */
  readonly create: () => Awaitable<ServerRegistry | (ServerRegistry & AsyncDisposable)>;
}

/** Registers one test that gets an empty registry. */
export type RegistryTest = (
  name: string,
  body: (registry: ServerRegistry) => Promise<void>,
) => void;

export function registryTest({ test, create }: RegistrySuiteOptions): RegistryTest {
  return (name, body) => {
    test(name, async () => {
      const registry = await create();
      try {
        await body(registry);
      } finally {
        if (Symbol.asyncDispose in registry) await registry[Symbol.asyncDispose]();
      }
    });
  };
}
