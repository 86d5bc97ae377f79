import type { ProviderSupports } from "@potassium/core-types";

const supported = { supported: true } as const;

/**
 * What this provider can do. What the one engine at hand can't, `DockerProvider.engine()` tells, and a
 * request for it ends in `NOT_SUPPORTED`.
 */
export const dockerSupports: ProviderSupports = Object.freeze({
  networks: supported,
  volumes: supported,
  exec: supported,
  console: supported,
  files: supported,
  stats: supported,
  restartPolicy: supported,
  cpuLimit: supported,
  memoryLimit: supported,
  memorySwap: supported,
  pidsLimit: supported,
  diskIoLimit: supported,
  diskSizeLimit: supported,
});
