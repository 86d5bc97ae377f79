import type { RelayClient } from "@potassium/relay";
import { usageError } from "../../exit/usage-error.js";
import type { Context } from "../context.js";
import { readInput } from "../read-input.js";
import type { GivenRelay } from "./relay-options.js";

/** The relay that the options or the environment name. Nothing is connected before the first call. */
export async function openRelay(
  { env }: Pick<Context, "env">,
  { relay, tokenFile, timeout, retries }: GivenRelay,
): Promise<RelayClient> {
  const url = relay ?? env["POTASSIUM_RELAY"];
  if (url === undefined || url === "") {
    throw usageError("no relay is named: give --relay URL or set POTASSIUM_RELAY");
  }
  const token =
    tokenFile === undefined
      ? env["POTASSIUM_RELAY_TOKEN"] || undefined
      : (await readInput(tokenFile, "token")).trim();
  const { RelayClient } = await import("@potassium/relay");
  return new RelayClient(url, { serviceToken: token, timeoutMs: timeout, retries });
}
