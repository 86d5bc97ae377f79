import type { Fleet, FleetCallOptions } from "./fleet.js";
import { saga } from "./saga.js";
import { startServer } from "./start-server.js";

/** Starts the servers that are missing, each by a saga of its own. */
export async function fillFleet(fleet: Fleet, options: FleetCallOptions = {}): Promise<void> {
  const { registry, turns, wanted, tell } = fleet;
  const { signal } = options;
  await turns.run(
    "fill",
    async () => {
      for (const type of ["lobby", "game"] as const) {
        const there = await registry.list({ type, availability: "available" }, { signal });
        const missing = Math.max(0, wanted[type] - there.length);
        const starts = await Promise.allSettled(
          Array.from({ length: missing }, () =>
            saga((step) => startServer(fleet, type, step, options), options),
          ),
        );
        for (const start of starts) {
          if (start.status === "rejected") throw start.reason;
          tell(`${start.value.id} is started, and takes players`);
        }
      }
    },
    options,
  );
}
