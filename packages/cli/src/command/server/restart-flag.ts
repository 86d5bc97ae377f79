import type { RestartPolicy } from "@potassium/core-types";
import { InvalidArgumentError } from "commander";

/** Parses what happens when a server ends by itself: `no`, `always`, `unless-stopped`, `on-failure[:RETRIES]`. */
export function restartFlag(text: string): RestartPolicy {
  const [, name, retries] = /^([a-z-]+)(?::([1-9]\d*))?$/.exec(text) ?? [];
  if (name === "on-failure") {
    return { name, ...(retries === undefined ? {} : { maxRetries: Number(retries) }) };
  }
  if ((name === "no" || name === "always" || name === "unless-stopped") && retries === undefined) {
    return { name };
  }
  throw new InvalidArgumentError(
    "It must be no, always, unless-stopped, on-failure or on-failure:3.",
  );
}
