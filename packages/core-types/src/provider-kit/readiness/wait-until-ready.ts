import { formatHostPort } from "../../net/host-port.js";
import type { LogLine } from "../../provider/log-line.js";
import { ProviderError } from "../../provider/provider-error.js";
import { defaultReadiness, type Readiness } from "../../provider/readiness.js";
import type { AbortOptions } from "../../wait/abort-options.js";
import { abortable } from "../../wait/abortable.js";
import { startFailed } from "../start-failed.js";
import { tellLastLines } from "../tell-last-lines.js";
import { Attempts } from "./attempts.js";
import { probeExec } from "./exec-probe.js";
import { probeHttp } from "./http-probe.js";
import { probeLog } from "./log-probe.js";
import { repeatUntilPassed } from "./repeat-until-passed.js";
import type { StartingServer } from "./starting-server.js";
import { probeTcp } from "./tcp-probe.js";
import { probeUdp } from "./udp-probe.js";
import { udpQuery } from "./udp-query.js";

/**
 * Waits until the server counts as ready. All that was opened for it is closed when it settles.
 *
 * @throws {ProviderError} `NOT_READY` with what was tried and the last lines, when the readiness' time
 *   has passed; `START_FAILED` with the exit code and the last lines, when the server ended.
 */
export async function waitUntilReady(
  readiness: Readiness,
  server: StartingServer,
  options: AbortOptions = {},
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  const timeoutMs = readiness.timeoutMs ?? defaultReadiness.timeoutMs;
  const attempts = new Attempts();
  const watch = new AbortController();
  const onAbort = () => watch.abort(signal?.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  const deadline = new Error("no answer before the time was up");
  const timer = setTimeout(() => watch.abort(deadline), timeoutMs);
  const ended = failWhenEnded(server, watch.signal);
  const probed = probe(readiness, server, attempts, watch.signal);
  try {
    await Promise.race([ended, probed]);
    return;
  } catch (error) {
    if (watch.signal.reason !== deadline) throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    watch.abort(new Error("the wait is over"));
    await Promise.allSettled([ended, probed]);
  }
  const lines = await abortable(readLastLines(server), signal);
  throw notReady(server.name, timeoutMs, attempts, lines);
}

async function readLastLines(server: StartingServer): Promise<readonly LogLine[] | undefined> {
  return server.lastLines?.().catch(() => []);
}

/** Never resolves: it rejects when the server has ended, or when the wait is over. */
async function failWhenEnded(server: StartingServer, signal: AbortSignal): Promise<never> {
  const end = await (server.ended?.({ signal }) ?? aborted(signal));
  throw startFailed(server.name, end.exitCode, await readLastLines(server));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function probe(
  readiness: Readiness,
  server: StartingServer,
  attempts: Attempts,
  signal: AbortSignal,
): Promise<void> {
  const wanted = "intervalMs" in readiness ? readiness.intervalMs : undefined;
  const intervalMs = wanted ?? defaultReadiness.intervalMs;
  const repeat = (what: string, tryOnce: (signal: AbortSignal) => Promise<void>) =>
    repeatUntilPassed({ what, intervalMs, attempts, signal }, tryOnce);
  switch (readiness.type) {
    case "running":
      return;
    case "log":
      return probeLog(server, readiness.pattern, attempts, signal);
    case "exec": {
      const { command } = readiness;
      return repeat(`exec ${command.join(" ")}`, (end) => probeExec(server, command, end));
    }
    case "tcp": {
      const address = await server.address({ protocol: "tcp", port: readiness.port });
      return repeat(`tcp ${formatHostPort(address)}`, (end) => probeTcp(address, end));
    }
    case "http": {
      const address = await server.address({ protocol: "tcp", port: readiness.port });
      const { path = "/", status } = readiness;
      const what = `GET http://${formatHostPort(address)}${path}`;
      return repeat(what, (end) => probeHttp(address, { path, status }, end));
    }
    case "udp": {
      const address = await server.address({ protocol: "udp", port: readiness.port });
      const query = udpQuery(readiness.probe);
      const kind = typeof readiness.probe === "string" ? readiness.probe : "probe";
      const what = `udp ${kind} ${formatHostPort(address)}`;
      return repeat(what, (end) => probeUdp(address, query, intervalMs, end));
    }
    default:
      readiness satisfies never;
  }
}

function notReady(
  name: string,
  timeoutMs: number,
  attempts: Attempts,
  lines: readonly LogLine[] | undefined,
): ProviderError {
  const output = lines === undefined ? "" : `; ${tellLastLines(lines)}`;
  return new ProviderError(
    "NOT_READY",
    `server ${JSON.stringify(name)} was not ready after ${timeoutMs} ms; ${attempts}${output}`,
  );
}
