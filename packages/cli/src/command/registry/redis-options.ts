import { duration } from "../option/duration.js";
import { wholeNumber } from "../option/whole-number.js";
import { optionSet, type ValuesOf } from "../option-set.js";
import { Option } from "../typed-command.js";

/** Declares which registry is meant. */
export const redisOptions = optionSet((command) =>
  command
    .option(
      "--redis <url>",
      "redis://[user:password@]host[:port][/database] (default: $POTASSIUM_REDIS)",
    )
    .option("--namespace <name>", "which of the registries there", "default")
    .option("--tls-ca <file>", "authorities to trust with rediss:, PEM (default: the well-known)")
    .option("--tls-cert <file>", "this command's certificate, PEM")
    .option("--tls-key <file>", "its key, PEM")
    .option("--timeout <time>", "how long to wait for Redis (default: 5s)", duration)
    .addOption(
      new Option("--grace <time>", "how long expired servers are kept: what the orchestrators say")
        .argParser(duration)
        .default(60_000, "1m"),
    )
    .option(
      "--kept-changes <n>",
      "changes kept for watches: what the orchestrators say",
      wholeNumber(1),
      10_000,
    ),
);

export type GivenRedis = ValuesOf<typeof redisOptions>;

/** Options by the registry's names, for every verb of the group. */
export const redisFields = {
  url: "--redis",
  namespace: "--namespace",
  tls: "--tls-ca",
  "tls.cert": "--tls-cert",
  "tls.key": "--tls-key",
  commandTimeoutMs: "--timeout",
  graceMs: "--grace",
  keptChanges: "--kept-changes",
} as const;
