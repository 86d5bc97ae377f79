import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { delay } from "@potassium/core-types";
import type { Orchestrator } from "../orchestrator.js";
import { readFleetState } from "./fleet-state.js";

/**
 * Tells a page what there is, by server-sent events: at once, and whenever it has changed, until the page is gone or the
 * signal aborts. It looks, for a relay tells nobody of its changes.
 */
export async function streamState(
  orchestrator: Orchestrator,
  response: ServerResponse,
  ending: AbortSignal,
): Promise<void> {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const signal = AbortSignal.any([ending, gone.signal]);
  let told = "";
  try {
    for (; ; await delay(250, { signal })) {
      const message = await nextMessage(orchestrator);
      if (message === told) continue;
      told = message;
      if (!response.write(message)) await once(response, "drain", { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function nextMessage(orchestrator: Orchestrator): Promise<string> {
  try {
    return `data: ${JSON.stringify(await readFleetState(orchestrator))}\n\n`;
  } catch (error) {
    return `event: problem\ndata: ${JSON.stringify(String(error))}\n\n`;
  }
}
