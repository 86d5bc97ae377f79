import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { describe, expect, test } from "vitest";
import { RedisRegistry } from "../../src/redis/index.js";
import { keysOf } from "../../src/redis/script/keys.js";
import { rawRedis } from "./raw-redis.js";
import { gameServer, leaseOf } from "./sample.js";
import { scratchRegistry, uniqueNamespace } from "./scratch-registry.js";
import { until } from "./until.js";

async function problemOf(call: Promise<unknown>): Promise<{ code: string; message: string }> {
  return await call.then(
    () => {
      throw new Error("the call worked");
    },
    (error) => error,
  );
}

async function silentServer(): Promise<Server & AsyncDisposable> {
  const sockets = new Set<{ destroy(): unknown }>();
  const server = createServer((socket) => sockets.add(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(server, {
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
}

const portOf = (server: Server): number => (server.address() as { port: number }).port;

test.each([
  ["no URL at all", "nothing"],
  ["another protocol", "http://user:s3cret@127.0.0.1:6379"],
  ["no number as the database", "redis://user:s3cret@127.0.0.1/x"],
])("a URL that is %s is refused without a secret in the message", (_, url) => {
  const make = () => new RedisRegistry({ url });
  expect(make).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", field: "url" }));
  expect(make).not.toThrow(/s3cret/);
});

test.each([
  ["namespace", ""],
  ["namespace", "a\0b"],
  ["graceMs", -1],
  ["keptChanges", 0],
  ["commandTimeoutMs", 0],
  ["defaultTtlMs", 0.5],
])("the option %s refuses %j", (field, value) => {
  const make = () => new RedisRegistry({ url: "redis://127.0.0.1", [field]: value });
  expect(make).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT", field }));
});

test("where nobody listens, calls are UNAVAILABLE with the address and no secret", async () => {
  const server = await silentServer();
  const port = portOf(server);
  await server[Symbol.asyncDispose]();
  await once(server, "close").catch(() => {});
  const url = `redis://user:s3cret@127.0.0.1:${port}`;
  await using registry = scratchRegistry(url, { commandTimeoutMs: 1500 });
  const { code, message } = await problemOf(registry.get("a"));
  expect(code).toBe("UNAVAILABLE");
  expect(message).toContain(`127.0.0.1:${port}`);
  expect(message).not.toContain("s3cret");
});

test("where nobody answers, calls end in time, by their signal and by disposal", async () => {
  await using server = await silentServer();
  const url = `redis://127.0.0.1:${portOf(server)}`;
  await using registry = scratchRegistry(url, { commandTimeoutMs: 1500 });
  expect((await problemOf(registry.list())).code).toBe("TIMEOUT");
  const patient = scratchRegistry(url, { commandTimeoutMs: 600_000 });
  const leaving = new AbortController();
  const aborted = problemOf(patient.claimSeats({ mode: "m" }, { signal: leaving.signal }));
  const disposed = problemOf(patient.get("a"));
  leaving.abort(new Error("the caller has gone"));
  expect((await aborted).message).toBe("the caller has gone");
  await patient[Symbol.asyncDispose]();
  expect((await disposed).code).toBe("DISPOSED");
});

describe.skipIf(!canStartRedis())("on a Redis that fails", () => {
  test("a wrong password is UNAUTHORIZED, and no secret is told", async () => {
    await using redis = await privateRedis(["--requirepass", "right-one"]);
    const at = `127.0.0.1:${redis.port}`;
    for (const user of ["", ":wr0ng@", "nobody:wr0ng@"]) {
      await using registry = scratchRegistry(`redis://${user}${at}`);
      const { code, message } = await problemOf(registry.get("a"));
      expect({ code, message }).toMatchObject({ code: "UNAUTHORIZED" });
      expect(message).toContain(at);
      expect(message).not.toContain("wr0ng");
    }
    await using registry = scratchRegistry(`redis://:right-one@${at}`);
    expect(await registry.get("a")).toBeUndefined();
  });

  test("one that stands still is TIMEOUT, and goes on once it runs again", async () => {
    await using redis = await privateRedis();
    await using registry = scratchRegistry(redis.url, { commandTimeoutMs: 1500 });
    await registry.register(gameServer("a"));
    redis.pause();
    expect((await problemOf(registry.get("a"))).code).toBe("TIMEOUT");
    expect((await problemOf(registry.claimSeats({ mode: "skywars" }))).code).toBe("TIMEOUT");
    redis.resume();
    expect((await registry.get("a"))?.id).toBe("a");
  });

  test("one that is read-only, full or has forgotten the scripts is told as what it is", async () => {
    await using redis = await privateRedis();
    await using raw = await rawRedis(redis.url);
    await using registry = scratchRegistry(redis.url, { commandTimeoutMs: 2000 });
    await registry.register(gameServer("a"));
    await raw.client.sendCommand(["SCRIPT", "FLUSH"]);
    expect((await registry.get("a"))?.id).toBe("a");
    await raw.client.sendCommand(["CONFIG", "SET", "maxmemory", "1"]);
    expect(await problemOf(registry.claimSeats({ mode: "skywars" }))).toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("memory"),
    });
    await raw.client.sendCommand(["CONFIG", "SET", "maxmemory", "0"]);
    await raw.client.sendCommand(["REPLICAOF", "127.0.0.1", "1"]);
    expect(await problemOf(registry.register(gameServer("b")))).toMatchObject({
      code: "UNAVAILABLE",
    });
    await raw.client.sendCommand(["REPLICAOF", "NO", "ONE"]);
    leaseOf(await registry.claimSeats({ mode: "skywars" }));
  });

  test("what others wrote under the namespace is BAD_RESPONSE", async () => {
    await using redis = await privateRedis();
    await using raw = await rawRedis(redis.url);
    const spoil = [
      ["HSET", "servers", "a", "nonsense"],
      ["HSET", "servers", "a", '1 1 00000000000001 0 0 0\n{"id":"a"}'],
      ["HSET", "servers", "a", "1 1 00000000000001 0 0 0\n{"],
      ["SET", "meta", "text"],
      ["SET", "servers", "text"],
    ];
    for (const [command = "", name = "", ...rest] of spoil) {
      const namespace = uniqueNamespace();
      await using registry = scratchRegistry(redis.url, { namespace });
      await registry.register(gameServer("a"));
      const key = keysOf(namespace).find((each) => each.endsWith(`:${name}`)) ?? "";
      await raw.client.sendCommand([command, key, ...rest]);
      for (const call of [
        () => registry.get("a"),
        () => registry.list(),
        () => registry.claimSeats({ mode: "skywars" }),
        () => registry.update("a", { players: 1 }),
      ]) {
        expect((await problemOf(call())).code).toBe("BAD_RESPONSE");
      }
    }
  });

  test("a spoiled lease or server holds up nothing else", async () => {
    await using redis = await privateRedis();
    await using raw = await rawRedis(redis.url);
    const namespace = uniqueNamespace();
    await using registry = scratchRegistry(redis.url, { namespace, graceMs: 0 });
    const keyOf = (name: string) => keysOf(namespace).find((key) => key.endsWith(`:${name}`)) ?? "";
    await registry.register(gameServer("a"));
    await registry.register(gameServer("b"), { ttlMs: 1000 });
    const lease = leaseOf(await registry.claimSeats({ mode: "skywars", ttlMs: 1000 }));
    await raw.client.hSet(keyOf("leases"), lease.id, "nonsense");
    await raw.client.hSet(keyOf("servers"), "b", "nonsense");
    expect((await problemOf(registry.getLease(lease.id))).code).toBe("BAD_RESPONSE");
    expect(await registry.listLeases("a")).toEqual([]);
    // All that is due has been done once nothing but the mark that keeps the key is left.
    await until(async () => {
      await registry.get("a");
      return (await raw.client.zCard(keyOf("due"))) === 1;
    });
    expect((await registry.findReadyMatch("skywars"))?.server.id).toBe("a");
  });
});
