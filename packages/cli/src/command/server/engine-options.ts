import type { Undeclared } from "../typed-command.js";

/** Declares which engine is meant, and whose servers in it. */
export function engineOptions(command: Undeclared) {
  return command
    .option("--host <url>", "the engine, as in DOCKER_HOST; without it, it is looked up")
    .option("--context <name>", "the engine of a context of the docker command")
    .option("--namespace <name>", "whose servers these are", "default");
}

/** What was given of {@link engineOptions}. */
export interface GivenEngine {
  readonly host?: string | undefined;
  readonly context?: string | undefined;
  readonly namespace: string;
}

/** Options by the provider's names, for every verb of the group. */
export const engineFields = {
  host: "--host",
  context: "--context",
  namespace: "--namespace",
  tls: "--host",
  id: "<server>",
} as const;
