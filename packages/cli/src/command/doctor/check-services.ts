import { type Check, checked } from "./check.js";

/** Who asks a registry does what is due there, by settings that only its owners know: so it is one that nobody has. */
const namespace = "potassium-doctor";

/** Whether a Redis or Valkey answers as a registry needs it. */
export function checkRedis(url: string, signal: AbortSignal): Promise<Check> {
  const look = async () => {
    const { RedisRegistry } = await import("@potassium/registry/redis");
    const registry = new RedisRegistry({ url, namespace });
    try {
      await registry.list({}, { limit: 1, signal });
      return "answers";
    } finally {
      await registry[Symbol.asyncDispose]();
    }
  };
  return checked("redis", signal, look, "Check that it runs, its address and its password.");
}

/** Whether a relay answers. */
export function checkRelay(url: string, signal: AbortSignal): Promise<Check> {
  const look = async () => {
    const { RelayClient } = await import("@potassium/relay");
    const relay = new RelayClient(url, { retries: 0 });
    try {
      const routes = await relay.listRoutes({ signal });
      return `answers; routes: ${Object.keys(routes).length}`;
    } finally {
      await relay[Symbol.asyncDispose]();
    }
  };
  return checked("relay", signal, look, "Check that it runs, and its address.");
}
