import { KeyedMutex } from "@potassium/core-types/provider-kit";
import { ActivityLog } from "./activity-log.js";
import { fillFleet } from "./fill-fleet.js";
import type { Fleet } from "./fleet.js";
import { joinLobby } from "./join-lobby.js";
import { LocalPlayer } from "./local-player.js";
import { openProvider } from "./open-provider.js";
import { openRegistry } from "./open-registry.js";
import { openRelay } from "./open-relay.js";
import { reconcileFleet } from "./reconcile-fleet.js";
import { removeFleet } from "./remove-fleet.js";
import { replaceLost } from "./replace-lost.js";
import type { Settings } from "./settings.js";

export interface Orchestrator {
  readonly kind: "docker" | "process";
  readonly fleet: Fleet;
  readonly log: ActivityLog;
  /** One who plays on this machine, where it is known where the relay listens. */
  readonly player: LocalPlayer | undefined;
}

/**
 * Opens an orchestrator, makes it agree with what an earlier one has left, and lets `body` work with it. At the end of that
 * the servers are removed. An error, of the background too, ends it and leaves them running, as a crash does.
 */
export async function withOrchestrator(
  settings: Settings,
  onEntry: (text: string) => void,
  body: (orchestrator: Orchestrator, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await using relay = await openRelay(settings);
  const { kind, provider: opened, game } = await openProvider(settings);
  await using provider = opened;
  const kept = await openRegistry(settings.stateFolder);
  await using registry = kept.registry;
  const log = new ActivityLog(onEntry);
  const fleet: Fleet = {
    ...{ provider, registry, game, routes: relay.routes },
    ...{ wanted: { lobby: 1, game: 2 }, maxGames: 4, turns: new KeyedMutex(), tell: log.tell },
  };
  const ending = new AbortController();
  const { signal } = ending;
  await reconcileFleet(fleet);
  const background = [
    kept.keep({ signal }),
    replaceLost(fleet, { signal, onEvent: log.steps("replacement") }),
  ];
  const failed = new Promise<never>((_, reject) => {
    for (const work of background) work.catch(reject);
  });
  const working = work();
  try {
    await Promise.race([failed, working]);
  } finally {
    ending.abort(new Error("the orchestrator ends"));
    await Promise.allSettled([...background, working]);
  }
  // Now nobody replaces them any more.
  await removeFleet(fleet);

  async function work(): Promise<void> {
    await fillFleet(fleet, { signal, onEvent: log.steps("start") });
    await using player = relay.udp && (await LocalPlayer.join(relay.udp));
    if (player !== undefined && !(await fleet.routes.listRoutes())[player.address]) {
      const onEvent = log.steps(player.address);
      await joinLobby(fleet, player.address, { signal, onEvent });
    }
    await body({ kind, fleet, log, player }, signal);
  }
}
