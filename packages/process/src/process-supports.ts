import type { ProviderSupports } from "@potassium/core-types";

const yes = { supported: true } as const;
const no = (reason: string) => ({ supported: false, reason }) as const;

const noLimits = "the process provider does not limit processes: use a container engine";

/** What the process provider can do on this system. */
export const processSupports: ProviderSupports = Object.freeze({
  networks: no("processes share the network of their host"),
  volumes: no("processes share the files of their host: name them by their own paths"),
  exec: yes,
  console: yes,
  files: yes,
  stats: process.platform === "linux" ? yes : no("only Linux tells what a process uses"),
  restartPolicy: yes,
  cpuLimit: no(noLimits),
  memoryLimit: no(noLimits),
  memorySwap: no(noLimits),
  pidsLimit: no(noLimits),
  diskIoLimit: no(noLimits),
  diskSizeLimit: no(noLimits),
});
