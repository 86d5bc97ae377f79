import { duration } from "../option/duration.js";
import { wholeNumber } from "../option/whole-number.js";
import { optionSet, type ValuesOf } from "../option-set.js";

/** Declares which relay is meant, and how it is spoken to. */
export const relayOptions = optionSet((command) =>
  command
    .option("--relay <url>", "the relay's API, http or https (default: $POTASSIUM_RELAY)")
    .option("--token-file <path>", "holds the relay's token (default: $POTASSIUM_RELAY_TOKEN)")
    .option("--timeout <time>", "how long a call may take, its retries too (default: 5s)", duration)
    .option("--retries <n>", "tries after the first (default: 3)", wholeNumber(0, 100)),
);

export type GivenRelay = ValuesOf<typeof relayOptions>;

/** Options by the client's names, for every verb of the group. */
export const relayFields = {
  url: "--relay",
  serviceToken: "--token-file",
  timeoutMs: "--timeout",
  retries: "--retries",
} as const;
