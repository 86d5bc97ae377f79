import { fileURLToPath } from "node:url";
import { ProcessProvider } from "@potassium/process";

const game = fileURLToPath(new URL("../taste/skywars.js", import.meta.url));
await using provider = new ProcessProvider({
  images: { skywars: { command: [process.execPath, game] } },
});

// #region events
import { hasErrorCode } from "@potassium/core-types";

const watching = new AbortController();
const events = provider.events({ signal: watching.signal }); // subscribes here, not at the loop
const watched = (async () => {
  for await (const { type, name } of events) console.log(name, type);
})();

try {
  const server = await provider.allocate(
    {
      image: "skywars",
      ports: [{ container: 5520, protocol: "udp" }],
      readiness: { type: "log", pattern: "ready" },
    },
    { signal: AbortSignal.timeout(30_000) },
  );
  await provider.restart(server.id); // same id, ports and files
  await provider.deallocate(server.id);
} catch (error) {
  if (error instanceof Error && error.name === "TimeoutError") console.error("took too long");
  else if (hasErrorCode(error, "START_FAILED", "NOT_READY")) console.error(error.message);
  else throw error;
}

watching.abort();
await watched.catch((error) => {
  if (error !== watching.signal.reason) throw error; // the loop throws the signal's reason
});
// #endregion
