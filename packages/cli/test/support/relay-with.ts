import { startRelay } from "@potassium/relay/server";
import { runCommand } from "./run-command.js";

/** A relay with these routes, and a way to run verbs on it. */
export async function relayWith(
  routes: Readonly<Record<string, string>> = {},
  serviceToken?: string,
) {
  const relay = await startRelay({ serviceToken });
  const env = {
    POTASSIUM_RELAY: relay.url,
    ...(serviceToken === undefined ? {} : { POTASSIUM_RELAY_TOKEN: serviceToken }),
  };
  const route = (argv: readonly string[], stdin?: string) =>
    runCommand(["route", ...argv], { env, ...(stdin === undefined ? {} : { stdin }) });
  for (const [player, backend] of Object.entries(routes)) await route(["set", player, backend]);
  const table = async () => (await fetch(`${relay.url}/routes`)).json();
  return { url: relay.url, route, table, [Symbol.asyncDispose]: () => relay.close() };
}
