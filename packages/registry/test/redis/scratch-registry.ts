import { randomBytes } from "node:crypto";
import { RedisRegistry, type RedisRegistryOptions } from "../../src/redis/index.js";

export function uniqueNamespace(): string {
  return `test-${randomBytes(6).toString("hex")}`;
}

/** A registry in a namespace of its own, unless another is given. */
export function scratchRegistry(
  url: string,
  options: Partial<RedisRegistryOptions> = {},
): RedisRegistry {
  return new RedisRegistry({ url, namespace: uniqueNamespace(), ...options });
}
