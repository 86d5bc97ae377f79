import type { ServerEvent } from "@potassium/core-types";
import type { DockerProvider } from "../../src/index.js";
import { until } from "./until.js";

/** Reads a provider's events into a list until it is disposed of. */
export interface EventReader extends AsyncDisposable {
  readonly events: readonly ServerEvent[];
  /** What was told about one server, in order. */
  readonly typesOf: (id: string) => readonly ServerEvent["type"][];
  readonly waitFor: <Type extends ServerEvent["type"]>(
    type: Type,
    id: string,
  ) => Promise<Extract<ServerEvent, { type: Type }>>;
}

export function readEvents(provider: DockerProvider): EventReader {
  const events: ServerEvent[] = [];
  const leaving = new AbortController();
  const stream = provider.events({ signal: leaving.signal });
  const reading = (async () => {
    for await (const event of stream) events.push(event);
  })().catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error;
  });
  return {
    events,
    typesOf: (id) => events.filter((event) => event.id === id).map(({ type }) => type),
    waitFor: <Type extends ServerEvent["type"]>(type: Type, id: string) =>
      until(`the event ${type}`, () =>
        events.find(
          (event): event is Extract<ServerEvent, { type: Type }> =>
            event.type === type && event.id === id,
        ),
      ),
    async [Symbol.asyncDispose]() {
      leaving.abort(new Error("the test is over"));
      await reading;
    },
  };
}
