import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AbortOptions, hasErrorCode, type Provider } from "@potassium/core-types";
import { DockerProvider } from "@potassium/docker";
import { ProcessProvider } from "@potassium/process";
import type { GameProgram } from "./fleet.js";
import type { Settings } from "./settings.js";

export interface OpenProvider {
  readonly kind: "docker" | "process";
  readonly provider: Provider;
  readonly game: GameProgram;
}

/** This package's folder, seen from where it is built. */
const folder = fileURLToPath(new URL("..", import.meta.url));
const program = "dist/orchestrator-game-server.js";

/** Containers where an engine answers, and child processes elsewhere. Both outlive this process, and are found again. */
export async function openProvider(
  settings: Pick<Settings, "provider" | "image" | "namespace" | "stateFolder">,
  options: AbortOptions = {},
): Promise<OpenProvider> {
  const { image } = settings;
  if (settings.provider !== "process") {
    const provider = new DockerProvider({
      namespace: settings.namespace,
      hostAddress: "127.0.0.1",
    });
    try {
      await provider.engine(options);
      const volumes = [{ source: folder, target: "/game", readOnly: true }];
      const command = ["node", `/game/${program}`];
      return { kind: "docker", provider, game: { image, volumes, command } };
    } catch (error) {
      await provider[Symbol.asyncDispose]();
      if (settings.provider === "docker" || !hasErrorCode(error, "UNAVAILABLE")) throw error;
    }
  }
  const provider = new ProcessProvider({
    images: { game: { command: [process.execPath, folder + program] } },
    lifetime: "detached",
    stateFolder: join(settings.stateFolder, "servers"),
  });
  return { kind: "process", provider, game: { image: "game" } };
}
