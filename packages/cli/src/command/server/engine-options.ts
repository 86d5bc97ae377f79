import { optionSet, type ValuesOf } from "../option-set.js";

/** Declares which engine is meant, and whose servers in it. */
export const engineOptions = optionSet((command) =>
  command
    .option("--host <url>", "the engine, as in DOCKER_HOST; without it, it is looked up")
    .option("--context <name>", "the engine of a context of the docker command")
    .option("--namespace <name>", "whose servers these are", "default"),
);

export type GivenEngine = ValuesOf<typeof engineOptions>;

/** Options by the provider's names, for every verb of the group. */
export const engineFields = {
  host: "--host",
  context: "--context",
  namespace: "--namespace",
  tls: "--host",
  id: "<server>",
} as const;
