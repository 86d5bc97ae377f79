import type { DockerProvider, DockerProviderOptions } from "@potassium/docker";
import type { GivenEngine } from "./engine-options.js";

/** The engine's servers. It looks for the engine at the first call, in this process's environment too. */
export async function openProvider(
  { host, context, namespace }: GivenEngine,
  more: Omit<DockerProviderOptions, keyof GivenEngine> = {},
): Promise<DockerProvider> {
  const { DockerProvider } = await import("@potassium/docker");
  return new DockerProvider({ host, context, namespace, ...more });
}
