import type { Attempts } from "./attempts.js";
import type { StartingServer } from "./starting-server.js";

/** Resolves when a line of the server's output matches. */
export async function probeLog(
  server: Pick<StartingServer, "logLines">,
  pattern: string,
  attempts: Attempts,
  signal: AbortSignal,
): Promise<void> {
  const expression = new RegExp(pattern);
  const what = `log line like ${expression}`;
  for await (const line of server.logLines({ signal })) {
    if (expression.test(line.text)) return;
    attempts.failed(what, JSON.stringify(line.text.slice(0, 200)));
  }
  signal.throwIfAborted();
  throw new Error("the server's output ended");
}
