// An orchestrator of game servers with a page that shows what it does. A crash leaves its servers running, and the next start
// finds them again; Ctrl-C removes them.
import { once } from "node:events";
import { withOrchestrator } from "./orchestrator.js";
import { openPage } from "./page/open-page.js";
import { readSettings } from "./settings.js";

const interrupted = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.once(name, () => interrupted.abort(new Error("interrupted")));

// Whatever starts or finds a server tells of it.
let hasServers = false;
const tell = (text: string) => {
  hasServers = true;
  console.log(text);
};

try {
  const settings = readSettings(process.env);
  await withOrchestrator(settings, tell, async (orchestrator, signal) => {
    await using page = await openPage(orchestrator, { port: settings.port, signal });
    const kind = orchestrator.kind === "docker" ? "containers" : "processes";
    console.log(`The page is on ${page.url}; servers are ${kind}. Ctrl-C ends it all.`);
    const end = AbortSignal.any([interrupted.signal, signal]);
    if (!end.aborted) await once(end, "abort");
  });
  console.log("All servers and routes are removed.");
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  if (hasServers)
    console.error("  Servers that were started run on; the next start finds them again.");
  process.exitCode = 1;
}
