import assert from "node:assert/strict";
import type { AllocateRequest } from "../../provider/allocate-request.js";
import type { Provider } from "../../provider/provider.js";
import type { ProviderFeature } from "../../provider/provider-feature.js";
import { expectCode } from "../expect-code.js";
import type { ProviderSuite } from "./suite.js";

const MiB = 1024 * 1024;

/** A request that needs the feature. */
const requests: Partial<Record<ProviderFeature, Partial<AllocateRequest>>> = {
  networks: { network: "game-net" },
  volumes: { volumes: [{ source: "/tmp", target: "/data" }] },
  restartPolicy: { restartPolicy: { name: "always" } },
  cpuLimit: { cpuLimit: 1 },
  memoryLimit: { memoryLimit: 512 * MiB },
  memorySwap: { memoryLimit: 512 * MiB, memorySwap: 512 * MiB },
  pidsLimit: { pidsLimit: 100 },
  diskIoLimit: { diskIoReadBps: 100 * MiB },
  diskSizeLimit: { diskSizeLimit: 1024 * MiB },
};

const calls: Partial<Record<ProviderFeature, (provider: Provider, id: string) => unknown>> = {
  exec: (provider, id) => provider.exec(id, ["true"]),
  console: (provider, id) => provider.sendCommand(id, "say x"),
  files: (provider, id) => provider.copyTo(id, "/x", "x"),
  stats: (provider, id) => provider.stats(id),
};

export function testSupport({ check, image, supports }: ProviderSuite): void {
  check("the provider declares what it supports", async (provider) => {
    assert.deepEqual(provider.supports, supports);
  });

  for (const feature of Object.keys(supports) as ProviderFeature[]) {
    const support = supports[feature];
    if (support.supported) continue;
    check(`${feature} is NOT_SUPPORTED: ${support.reason}`, async (provider) => {
      const request = requests[feature];
      const call = calls[feature];
      if (request !== undefined) {
        const error = await expectCode("NOT_SUPPORTED", () =>
          provider.allocate({ image, ...request }),
        );
        assert.ok(error.message.includes(support.reason), error.message);
        assert.deepEqual(await provider.list(), []);
      }
      if (call !== undefined) {
        const { id } = await provider.allocate({ image });
        await expectCode("NOT_SUPPORTED", () => call(provider, id));
      }
    });
  }
}
