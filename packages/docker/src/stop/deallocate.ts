import { forgetFlows } from "../conntrack/forget-flows.js";
import type { InspectedContainer } from "../container/engine-container.js";
import { removeContainer } from "../container/remove-container.js";
import type { Lifecycle } from "./lifecycle.js";
import { stopContainer } from "./stop-container.js";

/** Stops a server by its policy and removes it, once those who follow its log have read its last words. */
export async function deallocate(
  lifecycle: Lifecycle,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  const { connection, containers, turns, events, followers } = lifecycle;
  await turns.run(
    containers,
    id,
    async (present) => {
      if (present === undefined) return;
      await events.whenReading(signal);
      const { Id, State } = present.inspected;
      if (State.Running) events.tellStopping(Id);
      if (!hasEnded(State)) await stopContainer(connection, containers, present, signal);
      await followers.settled(Id);
      await removeContainer(connection.client, Id);
      await forgetFlows(lifecycle, present.wanted.ports);
    },
    signal,
  );
}

/**
 * Whether there is nothing to stop. One that is being stopped by somebody else, or waits for its next start,
 * is not among them: removal would cut its grace time short.
 */
function hasEnded({ Status }: InspectedContainer["State"]): boolean {
  return ["created", "configured", "exited", "dead"].includes(Status);
}
