// An orchestrator of game servers with a page that shows what it does. A crash leaves its servers running, and the next start
// finds them again; Ctrl-C removes them.
import { once } from "node:events";
import { withOrchestrator } from "./orchestrator.js";
import { openPage } from "./page/open-page.js";
import { readSettings } from "./settings.js";

const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.once(name, () => interrupted.abort(new Error("interrupted")));

try {
  const settings = readSettings(process.env);
  await withOrchestrator(settings, console.log, async (orchestrator, signal) => {
    {
      await using page = await openPage(orchestrator, { port: settings.port, signal });
      console.log(
        `The page is on ${page.url}; servers are ${orchestrator.kind === "docker" ? "containers" : "processes"}. Ctrl-C ends it all.`,
      );
      if (!interrupted.signal.aborted) await once(interrupted.signal, "abort");
    }
    const { provider, registry, routes } = orchestrator.fleet;
    for (const player of Object.keys(await routes.listRoutes())) await routes.deleteRoute(player);
    for (const { id } of await registry.list()) await registry.unregister(id);
    await Promise.all((await provider.list()).map(({ id }) => provider.deallocate(id)));
    console.log("All servers and routes are removed.");
  });
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
