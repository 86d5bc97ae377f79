import { backOffMs, delay, hasErrorCode } from "@potassium/core-types";
import type { EngineRequest } from "./engine-request.js";

/** How often a look-up is sent in all. */
const maxTries = 3;

/**
 * Sends a look-up again whose connection broke: it may have lain idle while the engine, or a proxy before it,
 * closed it. What changes something is sent once, since it may have been carried out.
 */
export async function repeatedly<T>(request: EngineRequest, send: () => Promise<T>): Promise<T> {
  const { method, signal } = request;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const repeatable = method === "GET" || method === "HEAD";
      if (!repeatable || !brokeOff(error) || attempt === maxTries) throw error;
      await delay(backOffMs(attempt, { minMs: 20 }), { signal });
    }
  }
}

/** Not where there is no engine at all: that is told at once. */
function brokeOff(error: unknown): boolean {
  if (!hasErrorCode(error, "UNAVAILABLE")) return false;
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return code === "ECONNRESET" || code === "EPIPE";
}
