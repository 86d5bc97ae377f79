import { testServerRegistry } from "@potassium/core-types/conformance";
import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, describe, test } from "vitest";
import { scratchRegistry } from "./scratch-registry.js";

describe.skipIf(!canStartRedis())("on Redis", async () => {
  const redis = await availableRedis();
  afterAll(() => redis.stop());
  testServerRegistry({ test, create: (settings) => scratchRegistry(redis.url, settings) });
});
