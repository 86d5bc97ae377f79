export { RedisRegistry } from "./redis-registry.js";
export type { RedisRegistryOptions } from "./redis-registry-options.js";
export type { RedisTls } from "./redis-tls.js";
