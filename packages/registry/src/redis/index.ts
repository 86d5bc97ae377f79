export { RedisRegistry } from "./redis-registry.js";
export type { RedisRegistryOptions, RedisTls } from "./redis-registry-options.js";
