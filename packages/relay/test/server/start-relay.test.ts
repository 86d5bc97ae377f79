import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { RelayClient } from "../../src/index.js";
import { startRelay } from "../../src/server/index.js";
import { eventually } from "../fixture/eventually.js";
import { Gate } from "../fixture/gate.js";
import { rawRequest } from "../fixture/raw-request.js";
import { route } from "../fixture/route.js";
import { UdpPeer } from "../fixture/udp-peer.js";

test("without options the relay listens on free ports of the loopback address", async () => {
  await using relay = await startRelay();
  await using other = await startRelay();
  expect(relay.udpAddress.host).toBe("127.0.0.1");
  expect(relay.url).toBe(`http://127.0.0.1:${relay.apiAddress.port}`);
  expect(other.udpAddress.port).not.toBe(relay.udpAddress.port);
  expect(Object.isFrozen(relay.udpAddress) && Object.isFrozen(relay.apiAddress)).toBe(true);
});

test.for([["0.0.0.0"], ["localhost"]])("url reaches an API that listens on %s", async ([host]) => {
  await using relay = await startRelay({ api: { host } });
  await using client = new RelayClient(relay.url);
  expect(await client.health()).toEqual({ status: "healthy" });
});

test("a UDP port that is in use is PORT_IN_USE, and nothing is left open", async () => {
  await using holder = await UdpPeer.open();
  const failure = { name: "RelayError", code: "PORT_IN_USE", field: "udp.port" };
  await expect(startRelay({ udp: holder.address })).rejects.toMatchObject(failure);
});

test("an API port that is in use is PORT_IN_USE, and the UDP port is free again", async () => {
  await using holder = await startRelay();
  const probe = await UdpPeer.open();
  const udp = probe.address;
  await probe[Symbol.asyncDispose]();
  const failure = { name: "RelayError", code: "PORT_IN_USE", field: "api.port" };
  await expect(startRelay({ udp, api: holder.apiAddress })).rejects.toMatchObject(failure);
  await using again = await startRelay({ udp });
  expect(again.udpAddress).toEqual(udp);
});

test.for([
  [{ udp: { host: "192.0.2.1" } }, "udp.host"],
  [{ api: { host: "192.0.2.1" } }, "api.host"],
  [{ udp: { host: "not a host" } }, "udp.host"],
  [{ udp: { port: 65_536 } }, "udp.port"],
  [{ api: { port: -1 } }, "api.port"],
  [{ maxSessions: 0 }, "maxSessions"],
  [{ idleTimeoutMs: 2 ** 31 }, "idleTimeoutMs"],
  [{ maxQueuedPackets: 0.5 }, "maxQueuedPackets"],
  [{ receiveBufferBytes: Number.NaN }, "receiveBufferBytes"],
  [{ serviceToken: "" }, "serviceToken"],
  [{ idleTimeoutWhenFullMs: 0 }, "idleTimeoutWhenFullMs"],
  [{ packetRate: { perSecond: 0 } }, "packetRate.perSecond"],
  [{ packetRate: { perSecond: Number.NaN } }, "packetRate.perSecond"],
  [{ sessionRate: { perSecond: 2 ** 31 } }, "sessionRate.perSecond"],
  [{ sessionRatePerIp: { perSecond: 1, burst: 0 } }, "sessionRatePerIp.burst"],
] as const)("the options %j are INVALID_ARGUMENT", async ([options, field]) => {
  await expect(startRelay(options)).rejects.toMatchObject({ code: "INVALID_ARGUMENT", field });
});

test("a host name that can't be resolved is INVALID_ARGUMENT", async () => {
  const resolveHost = () => Promise.reject(new Error("unknown"));
  await expect(startRelay({ udp: { host: "nowhere" }, resolveHost })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "udp.host",
  });
});

test("a signal that has aborted rejects with its reason", async () => {
  await expect(startRelay({ signal: AbortSignal.abort("no") })).rejects.toBe("no");
});

test("an abort while a host name is resolved rejects with its reason", async () => {
  const controller = new AbortController();
  const resolveHost = () => {
    controller.abort("enough");
    return new Promise<string>(() => {});
  };
  const start = startRelay({ udp: { host: "slow" }, resolveHost, signal: controller.signal });
  await expect(start).rejects.toBe("enough");
});

test("close() frees both ports and may be called again", async () => {
  const relay = await startRelay();
  await Promise.all([relay.close(), relay.close()]);
  await relay[Symbol.asyncDispose]();
  await using again = await startRelay({ udp: relay.udpAddress, api: relay.apiAddress });
  expect(again.url).toBe(relay.url);
});

test("close() ends keep-alive connections and those in the middle of a request", async () => {
  const relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await client.health();
  const stalled = connect(relay.apiAddress);
  stalled.on("error", () => {});
  stalled.write("POST /routes HTTP/1.1\r\nhost: relay\r\ncontent-length: 10\r\n\r\n{");
  await once(stalled, "connect");
  const ended = once(stalled.resume(), "close");
  await relay.close();
  await ended;
});

test("close() waits until a request that has begun is answered, and takes no other", async () => {
  const resolver = new Gate<string>();
  const asked = new Gate();
  const relay = await startRelay({
    resolveHost: () => {
      asked.open();
      return resolver.promise;
    },
  });
  const body = '{"player_ip":"10.0.0.1","backend":"game.internal:1"}';
  const answer = rawRequest(relay.apiAddress, "POST /routes", {
    headers: { connection: "keep-alive" },
    body,
  });
  await asked.promise;
  const closed = relay.close();
  await expect(rawRequest(relay.apiAddress, "GET /health")).rejects.toMatchObject({
    code: "ECONNREFUSED",
  });
  resolver.open("10.99.0.9");
  expect(await answer).toMatchObject({
    status: 200,
    headers: { connection: "close" },
    body: '{"status":"ok"}\n',
  });
  await closed;
});

test("close() ends sessions, and counters can still be read", async () => {
  const relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await route(relay, "127.0.0.1", backend.name);
  player.send("1", relay.udpAddress);
  await player.expectTexts("a:1");
  await relay.close();
  expect(relay.counters()).toMatchObject({
    sessions: { open: 0, opened: 1, closed: 1 },
    toBackend: { received: 1, sent: 1 },
    toPlayer: { received: 1, sent: 1 },
  });
});

test("a relay that is closed in the middle of a flow loses no count", async () => {
  const relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await route(relay, "127.0.0.1", backend.name);
  for (let count = 0; count < 200; count += 1) player.send(String(count), relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.received).toBeGreaterThan(0));
  await relay.close();
  await eventually(() => {
    for (const { received, sent, dropped } of [
      relay.counters().toBackend,
      relay.counters().toPlayer,
    ]) {
      const lost = Object.values<number>(dropped).reduce((sum, count) => sum + count, 0);
      expect(sent + lost).toBe(received);
    }
  });
});

test("nothing that a relay opened is left when it is closed", async () => {
  const before = process.getActiveResourcesInfo().length;
  const relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await route(relay, "127.0.0.1", backend.name);
  player.send("1", relay.udpAddress);
  await player.expectTexts("a:1");
  await relay.close();
  await backend[Symbol.asyncDispose]();
  await player[Symbol.asyncDispose]();
  await eventually(() =>
    expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before),
  );
}, 20_000);
