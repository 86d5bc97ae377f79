export { Registry } from "./registry.js";
export type { RegistryOptions } from "./registry-options.js";
