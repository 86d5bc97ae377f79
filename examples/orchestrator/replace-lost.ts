import { formatHostPort, type ServerRecord } from "@potassium/core-types";
import { evacuate } from "./evacuate.js";
import { fillFleet } from "./fill-fleet.js";
import type { Fleet, FleetCallOptions } from "./fleet.js";

/** Replaces servers that stop though they are registered, until the signal aborts, whose reason it throws. */
export async function replaceLost(fleet: Fleet, options: FleetCallOptions): Promise<void> {
  // Subscribes here, before anything else runs.
  const events = fleet.provider.events({ signal: options.signal });
  for await (const event of events) {
    if (event.type !== "stopped") continue;
    const record = await fleet.registry.get(event.name);
    if (record === undefined) continue;
    fleet.tell(`${event.name} ended with the code ${event.exitCode}, and nobody had asked for it`);
    try {
      await replace(fleet, record, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      fleet.tell(`${event.name} could not be replaced: ${String(error)}`);
    }
  }
}

async function replace(fleet: Fleet, record: ServerRecord, options: FleetCallOptions) {
  const { registry, provider } = fleet;
  await registry.unregister(record.id, { signal: options.signal });
  await evacuate(fleet, formatHostPort(record), options);
  await provider.deallocate(record.id, { signal: options.signal });
  await fillFleet(fleet, options);
}
