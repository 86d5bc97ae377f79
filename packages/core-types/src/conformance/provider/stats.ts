import assert from "node:assert/strict";
import { expectCode } from "../expect-code.js";
import { type ProviderSuite, waitForState } from "./suite.js";

export function testStats({ check, image, can }: ProviderSuite): void {
  if (!can("stats")) return;

  check("stats() measures a running server", async (provider) => {
    const { id } = await provider.allocate({
      image,
      readiness: { type: "log", pattern: "^ready$" },
    });
    const stats = await provider.stats(id);
    assert.equal(stats.id, id);
    assert.ok(
      stats.memoryBytes > 1024 * 1024,
      `a process needs more than ${stats.memoryBytes} bytes`,
    );
    const { memoryBytes, memoryWithCacheBytes = memoryBytes } = stats;
    assert.ok(
      memoryWithCacheBytes >= memoryBytes,
      `${memoryWithCacheBytes} bytes with the page cache can't be less than ${memoryBytes} without`,
    );
    assert.ok(stats.cpuPercent >= 0 && stats.cpuPercent < 10_000, String(stats.cpuPercent));
    assert.ok(Object.isFrozen(stats));
  });

  check("stats() rejects for a server that is unknown or does not run", async (provider) => {
    await expectCode("NOT_FOUND", () => provider.stats("no-such-server"));
    const { id } = await provider.allocate({ image });
    await provider.sendCommand(id, "stop");
    await waitForState(provider, id, "stopped");
    await expectCode("NOT_RUNNING", () => provider.stats(id));
  });
}
