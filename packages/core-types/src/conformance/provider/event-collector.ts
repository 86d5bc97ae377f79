import type { Provider } from "../../provider/provider.js";
import type { ServerEvent } from "../../provider/server-event.js";
import { waitFor } from "../wait-for.js";

/** Reads a provider's events into a list until it is disposed of. */
export interface EventCollector extends AsyncDisposable {
  readonly events: readonly ServerEvent[];
  /** The first event of this type about this server. */
  readonly waitFor: (type: ServerEvent["type"], id: string) => Promise<ServerEvent>;
}

export function collectEvents(provider: Provider): EventCollector {
  const events: ServerEvent[] = [];
  const controller = new AbortController();
  const stream = provider.events({ signal: controller.signal });
  const done = (async () => {
    for await (const event of stream) events.push(event);
  })().catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  return {
    events,
    waitFor: (type, id) =>
      waitFor(`the event ${type}`, () =>
        events.find((event) => event.type === type && event.id === id),
      ),
    async [Symbol.asyncDispose]() {
      controller.abort();
      await done;
    },
  };
}
