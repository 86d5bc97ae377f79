import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { LogLine } from "../../provider/log-line.js";
import type { Provider } from "../../provider/provider.js";
import type { ProviderFeature, ProviderSupports } from "../../provider/provider-feature.js";
import type { TestFunction } from "../test-runner.js";
import { waitFor } from "../wait-for.js";

export interface ProviderSuiteOptions {
  readonly test: TestFunction;
  /** A provider whose servers are its own: no other's show in its lists. */
  readonly create: () => Promise<Provider> | Provider;
  /** What the providers declare; the suite checks that they do. */
  readonly supports: ProviderSupports;
  /**
   * An image that runs the program at `conformanceServerPath` with the request's `command` as its
   * arguments.
   */
  readonly image: string;
  /** A folder inside each server that exists and can be written to, with a slash at its end. */
  readonly folder: string;
  /** Where the host's ports are reached. @default "127.0.0.1" */
  readonly hostAddress?: string | undefined;
  /** Arguments after which the engine runs a small JavaScript program. @default ["node", "-e"] */
  readonly evaluate?: readonly string[] | undefined;
}

/** What the parts of the suite share. */
export interface ProviderSuite extends ProviderSuiteOptions {
  readonly hostAddress: string;
  readonly evaluate: readonly string[];
  /** Registers a test that gets a provider of its own, whose servers are removed at its end. */
  readonly check: (name: string, body: (provider: Provider) => Promise<void>) => void;
  readonly can: (feature: ProviderFeature) => boolean;
}

export function createSuite(options: ProviderSuiteOptions): ProviderSuite {
  return {
    ...options,
    hostAddress: options.hostAddress ?? "127.0.0.1",
    evaluate: options.evaluate ?? ["node", "-e"],
    can: (feature) => options.supports[feature].supported,
    check: (name, body) => {
      options.test(name, async () => {
        const provider = await options.create();
        try {
          await body(provider);
          for (const { id } of await provider.list()) await provider.deallocate(id);
          assert.deepEqual(await provider.list(), [], "deallocated servers are still listed");
        } finally {
          await removeAll(provider);
          await provider[Symbol.asyncDispose]();
        }
      });
    },
  };
}

/** After a failed test, as far as it goes: the failure is what is to be shown. */
async function removeAll(provider: Provider): Promise<void> {
  const servers = await provider.list().catch(() => []);
  await Promise.allSettled(servers.map(({ id }) => provider.deallocate(id)));
}

/** A name that nobody else uses. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(5).toString("hex")}`;
}

/** The first line of the server's log that holds `text`. */
export function waitForLine(provider: Provider, id: string, text: string): Promise<LogLine> {
  return waitFor(`the line "${text}"`, async () =>
    (await provider.logs(id)).find((line) => line.text.includes(text)),
  );
}

/** Waits until the server has this state. */
export async function waitForState(provider: Provider, id: string, state: string): Promise<void> {
  await waitFor(`the state ${state}`, async () => (await provider.get(id))?.status.state === state);
}
