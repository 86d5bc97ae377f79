import { getEventListeners, setMaxListeners } from "node:events";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import * as z from "zod";
import { EngineClient } from "../../src/engine/engine-client.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { begun, cutOff, drop, json, plain, type Reply, silence } from "../fake-engine/reply.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";
import { until } from "../fake-engine/until.js";

const Thing = z.object({ Id: z.string() });
const get = { method: "GET", path: "/thing" } as const;

async function engineThat(reply: () => Reply): Promise<FakeEngine> {
  return (await FakeEngine.start()).on("GET", /^\/thing$/, reply);
}

test.each([
  [429, "slow down\n", "slow down"],
  [500, '{"message":"out of disk"}', "out of disk"],
  [503, "<html>proxy</html>", "<html>proxy</html>"],
  [409, '{"message":5}', '{"message":5}'],
])("an answer of %i %j is the engine's refusal with its reason", async (status, body, reason) => {
  await using engine = await engineThat(() => plain(status, body));
  await expect(engine.client().json(get, Thing)).rejects.toMatchObject({ status, reason });
});

test.each(["", "{", "[]", '{"Id":5}'])("an answer of 200 %j is BAD_RESPONSE", async (body) => {
  await using engine = await engineThat(() => plain(200, body));
  await expect(engine.client().json(get, Thing)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("an engine that says nothing is TIMEOUT", async () => {
  await using engine = await engineThat(silence);
  const call = engine.client({ timeoutMs: 30 }).json(get, Thing);
  await expect(call).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("a request that waits for a connection ends by its signal and by its time-out, too", async () => {
  await using engine = await engineThat(silence);
  const client = engine.client({ connections: 1 });
  const ending = new AbortController();
  const blocking = client.json({ ...get, signal: ending.signal }, Thing);
  blocking.catch(() => {});
  await until("the only connection is in use", () => engine.requests.length === 1);
  const controller = new AbortController();
  const waiting = client.json({ ...get, signal: controller.signal }, Thing);
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await expect(client.json({ ...get, timeoutMs: 20 }, Thing)).rejects.toMatchObject({
    code: "TIMEOUT",
  });
  ending.abort(new Error("at last"));
  await expect(blocking).rejects.toThrow("at last");
});

test("a signal that was aborted before sends nothing", async () => {
  await using engine = await engineThat(silence);
  const reason = new Error("never mind");
  const call = engine.client().json({ ...get, signal: AbortSignal.abort(reason) }, Thing);
  await expect(call).rejects.toBe(reason);
  expect(engine.requests).toEqual([]);
});

test.each([
  ["before the answer", silence],
  ["while the answer's body comes", () => begun('{"Id":')],
  ["while a refusal's body comes", () => begun('{"message":', 500)],
])("an abort %s rejects with the signal's reason", async (_, reply) => {
  await using engine = await engineThat(reply);
  const controller = new AbortController();
  const reason = new Error("enough");
  const call = engine.client().json({ ...get, signal: controller.signal }, Thing);
  const outcome = call.catch((error: unknown) => error);
  await until("the engine has the request", () => engine.requests.length === 1);
  controller.abort(reason);
  expect(await outcome).toBe(reason);
  await until("the connection is closed", () => engine.openConnections === 0);
  expect(getEventListeners(controller.signal, "abort")).toEqual([]);
});

test.each([
  ["before the answer", drop],
  ["in the middle of an answer", () => cutOff('{"Id":')],
  ["in the middle of a refusal", () => cutOff('{"message":', 500)],
])("a connection that breaks off %s is UNAVAILABLE", async (_, reply) => {
  await using engine = await engineThat(reply);
  await expect(engine.client().json(get, Thing)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("GET /thing"),
  });
});

test("no socket where the engine should be is UNAVAILABLE", async () => {
  await using folder = await temporaryFolder();
  const path = `${folder.path}/none.sock`;
  const client = new EngineClient({ kind: "socket", path }, { timeoutMs: 1000, connections: 1 });
  await expect(client.json(get, Thing)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining(path),
  });
});

test("a socket that this user may not open is UNAVAILABLE, with a hint", async () => {
  const client = new EngineClient(
    { kind: "socket", path: "/none" },
    { timeoutMs: 1, connections: 1 },
  );
  const refused = Object.assign(new Error("connect EACCES /none"), { code: "EACCES" });
  expect(client.lost(refused, get)).toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("may this user open its socket?"),
  });
});

test("secrets of a body are in no URL, and in no refusal that repeats them", async () => {
  const secret = 'pa"ss\nword';
  await using engine = await FakeEngine.start();
  engine.on("POST", /create$/, ({ body }) =>
    plain(500, `bad: ${body} or ${secret} ${"x".repeat(3000)}`),
  );
  const request = {
    method: "POST",
    path: "/create",
    json: { Env: [`TOKEN=${secret}`] },
    secrets: [secret],
  } as const;
  const error: unknown = await engine
    .client()
    .plain(request)
    .catch((failure: unknown) => failure);
  expect(engine.requests[0]?.body).toContain("TOKEN=");
  expect(engine.requests[0]?.url).toBe("/create");
  const shown = `${String(error)} ${JSON.stringify(error)} ${(error as { reason: string }).reason}`;
  expect(shown).toContain("***");
  expect(shown).not.toContain("ss");
});

test("what was to be sent is released when the request is aborted or refused", async () => {
  for (const reply of [silence, () => json(404, { message: "no" })]) {
    await using engine = await FakeEngine.start();
    engine.on("PUT", /archive$/, reply);
    const controller = new AbortController();
    const content = new Readable({ read() {} });
    const request = {
      method: "PUT",
      path: "/archive",
      content,
      signal: controller.signal,
    } as const;
    const call = engine
      .client()
      .plain(request)
      .catch(() => {});
    content.push("beginning");
    await until("the engine is connected", () => engine.connections === 1);
    controller.abort();
    await call;
    await until("the content is released", () => content.destroyed);
  }
});

test("500 requests leave no connection and no listener behind", async () => {
  await using engine = await engineThat(() => json(200, { Id: "1" }));
  const client = engine.client({ connections: 4 });
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const calls = Array.from({ length: 500 }, () => client.json({ ...get, signal }, Thing));
  expect(await Promise.all(calls)).toHaveLength(500);
  expect(engine.connections).toBeLessThanOrEqual(4);
  await until("no listener is left", () => getEventListeners(signal, "abort").length === 0);
  client.close();
  await until("no connection is left", () => engine.openConnections === 0);
});
