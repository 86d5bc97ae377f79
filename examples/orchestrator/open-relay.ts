import type { HostPort } from "@potassium/core-types";
import { RelayClient } from "@potassium/relay";
import { startRelay } from "@potassium/relay/server";
import type { Settings } from "./settings.js";

export interface OpenRelay extends AsyncDisposable {
  readonly routes: RelayClient;
  /** Where players send to, as far as it is known. */
  readonly udp: HostPort | undefined;
}

/** A Peel that runs elsewhere and outlives this process, or an embedded relay, which does not. */
export async function openRelay({
  relayUrl,
  relayUdp,
}: Pick<Settings, "relayUrl" | "relayUdp">): Promise<OpenRelay> {
  const embedded = relayUrl === undefined ? await startRelay() : undefined;
  const routes = new RelayClient(relayUrl ?? embedded?.url ?? "");
  return {
    routes,
    udp: embedded?.udpAddress ?? relayUdp,
    async [Symbol.asyncDispose]() {
      await routes.close();
      await embedded?.close();
    },
  };
}
