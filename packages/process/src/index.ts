export type { ImageEntry } from "./images/image-entry.js";
export { ProcessProvider } from "./process-provider.js";
export type { ProcessProviderOptions } from "./process-provider-options.js";
export { processSupports } from "./process-supports.js";
export type { RestartBackOff } from "./protocol/supervisor-task.js";
