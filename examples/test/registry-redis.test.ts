import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { expect, test } from "vitest";

test.skipIf(!canStartRedis())(
  "the registry's example on Redis gives five of eight seats to one of eight",
  async () => {
    const redis = await availableRedis();
    try {
      const program = fileURLToPath(new URL("../dist/registry-redis.js", import.meta.url));
      const env = {
        ...process.env,
        REDIS_URL: redis.url,
        REGISTRY_NAMESPACE: `example-${randomUUID()}`,
      };
      const options = { env, timeout: 30_000 };
      const { stdout } = await promisify(execFile)(process.execPath, [program], options);
      const [claimed, change] = stdout.trim().split("\n");
      expect(claimed).toBe("1");
      expect(change).toMatch(/^(registered|resync) \d+$/);
    } finally {
      await redis.stop();
    }
  },
);
