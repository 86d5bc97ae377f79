import { hasErrorCode } from "@potassium/core-types";
import { availableRedis, canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { describe, expect, test } from "vitest";
import { RedisRegistry } from "../../src/redis/index.js";
import { gameServer } from "./sample.js";
import { scratchRegistry } from "./scratch-registry.js";

const made = (...options: readonly unknown[]) => {
  const Untyped = RedisRegistry as unknown as new (...given: readonly unknown[]) => RedisRegistry;
  return () => new Untyped(...options);
};

test.each([
  ["nothing", undefined, "is missing"],
  ["a number", 6379, "must be text or a URL, not 6379"],
  ["no URL", "/run/redis.sock", "percent-encoded"],
  ["a socket's", "unix:///run/redis.sock", "sockets of Unix are not supported"],
  ["without host", "redis://", "names no host"],
  ["with a name as the database", "redis://h/x", "no number as the database"],
  ["with a bad password", "redis://u:p%zz@h", "encodes nothing"],
  ["with a query", "redis://h?db=1", "must have no ? or #"],
])("a URL that is %s is refused with the cause", (_, url, message) => {
  const error = { code: "INVALID_ARGUMENT", field: "url" };
  expect(made({ url })).toThrow(
    expect.objectContaining({ ...error, message: expect.stringContaining(message) }),
  );
});

test.each([
  ["timeoutMs", { timeoutMs: 5 }],
  ["now", { now: 5 }],
  ["tls", { tls: {} }],
  ["tls", { url: "rediss://h", tls: "pem" }],
  ["tls.ca", { url: "rediss://h", tls: { ca: 5 } }],
  ["tls.rejectUnauthorized", { url: "rediss://h", tls: { rejectUnauthorized: false } }],
])("a wrong option is refused at its field %s: %j", (field, options) => {
  expect(made({ url: "redis://h", ...options })).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field }),
  );
});

test("options that are left out, or no object, are refused", () => {
  expect(made()).toThrow(expect.objectContaining({ field: "url" }));
  expect(made("redis://h")).toThrow(expect.objectContaining({ field: "options" }));
});

describe.skipIf(!canStartRedis())("on a Redis", () => {
  test("a URL may be an object", async () => {
    const redis = await availableRedis();
    try {
      await using registry = scratchRegistry(redis.url, { url: new URL(redis.url) });
      expect(await registry.get("a")).toBeUndefined();
    } finally {
      await redis.stop();
    }
  });

  test("what no other try will mend is told at once, not after the time-out", async () => {
    await using redis = await privateRedis();
    const patient = { commandTimeoutMs: 600_000 };
    const at = `127.0.0.1:${redis.port}`;
    await using secret = scratchRegistry(`redis://:s3cret@${at}`, patient);
    await expect(secret.get("a")).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await using far = scratchRegistry(`redis://${at}/99`, patient);
    await expect(far.get("a")).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field: "url" });
  });

  test("rediss: to one without TLS is UNAVAILABLE, and the message says so", async () => {
    await using redis = await privateRedis();
    await using registry = scratchRegistry(`rediss://127.0.0.1:${redis.port}`, {
      commandTimeoutMs: 1500,
    });
    await expect(registry.get("a")).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("with TLS"),
    });
  });

  test("a drain goes on after an outage, and its deadline passes in one", async () => {
    await using redis = await privateRedis();
    await using registry = scratchRegistry(redis.url, { commandTimeoutMs: 3000 });
    for (const id of ["a", "b"]) await registry.register({ ...gameServer(id), players: 1 });
    const drained = registry.drain("a");
    const late = registry.drain("b", { deadlineMs: 300 });
    const isDraining = async (id: string) => (await registry.get(id))?.availability === "draining";
    await expect.poll(() => isDraining("a")).toBe(true);
    await expect.poll(() => isDraining("b")).toBe(true);
    redis.pause();
    await expect(registry.get("a")).rejects.toSatisfy((error) =>
      hasErrorCode(error, "TIMEOUT", "UNAVAILABLE"),
    );
    expect(await late).toMatchObject({ state: "deadline", server: { id: "b" } });
    redis.resume();
    await registry.update("a", { players: 0 });
    expect(await drained).toMatchObject({ state: "drained", server: { id: "a", players: 0 } });
  });
});
