import { type Check, checked } from "./check.js";

const engineAdvice =
  "Install and start Docker or Podman, or name it by --host; without it servers run as processes.";

/** The container engine that is found, and what it can't do. */
export function checkContainers(host: string | undefined, signal: AbortSignal): Promise<Check> {
  return checked(
    "containers",
    signal,
    async () => {
      const { DockerProvider } = await import("@potassium/docker");
      const provider = new DockerProvider({ host, timeoutMs: 10_000 });
      try {
        const info = await provider.engine({ signal });
        const parts = [
          `${info.kind} ${info.version}, API ${info.apiVersion}, at ${info.endpoint}`,
          info.rootless ? "rootless" : "",
          `cgroups ${info.cgroupVersion}`,
          info.storageDriver,
          info.swarm === "inactive" ? "" : `swarm ${info.swarm}`,
          ...Object.entries(info.limitations).map(([what, why]) => `no ${what}: ${why}`),
        ];
        return parts.filter((part) => part !== "").join("; ");
      } finally {
        await provider[Symbol.asyncDispose]();
      }
    },
    engineAdvice,
  );
}

/** What servers can't do that run as child processes. */
export async function checkProcesses(): Promise<Check> {
  const { processSupports } = await import("@potassium/process");
  const missing = Object.entries(processSupports).flatMap(([what, support]) =>
    support.supported ? [] : [what],
  );
  const detail = missing.length === 0 ? "everything" : `everything but ${missing.join(", ")}`;
  return { name: "processes", state: "ok", detail };
}
