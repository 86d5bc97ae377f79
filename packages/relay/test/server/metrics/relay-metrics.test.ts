import { expect, test } from "vitest";
import { type Relay, startRelay } from "../../../src/server/index.js";
import { eventually } from "../../fixture/eventually.js";
import { rawRequest } from "../../fixture/raw-request.js";
import { route } from "../../fixture/route.js";
import { UdpPeer } from "../../fixture/udp-peer.js";
import { type ParsedFamily, parseExposition } from "./parse-exposition.js";

const loopback = "127.0.0.1";

/** Relays packets of 5 bytes and answers of 7, and drops some both ways. */
async function doSomething(relay: Relay): Promise<void> {
  await using backend = await UdpPeer.echo("a");
  await using stranger = await UdpPeer.open();
  await using player = await UdpPeer.open();
  player.send("no route", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.dropped.noRoute).toBe(1));
  await route(relay, loopback, backend.name);
  for (const text of ["hello", "again"]) player.send(text, relay.udpAddress);
  await player.expectTexts("a:hello", "a:again");
  const [session] = backend.received;
  if (session === undefined) throw new Error("no session");
  stranger.send("boo", { host: loopback, port: session.from.port });
  await eventually(() => expect(relay.counters().toPlayer.dropped.stranger).toBe(1));
}

test("counters() counts the bytes that packets carry, received and sent", async () => {
  await using relay = await startRelay();
  await doSomething(relay);
  expect(relay.counters()).toMatchObject({
    toBackend: { receivedBytes: "no route".length + 10, sentBytes: 10 },
    toPlayer: { receivedBytes: 14 + "boo".length, sentBytes: 14 },
  });
});

test("metrics() says what counters() says, with HELP and TYPE for each metric", async () => {
  await using relay = await startRelay({ sessionRatePerIp: { perSecond: 0.001 } });
  await doSomething(relay);
  const counters = relay.counters();
  const parsed = parseExposition(relay.metrics());
  const byLabels = (values: Readonly<Record<string, number>>) => new Map(Object.entries(values));
  const single = (value: number) => byLabels({ "{}": value });
  const { toBackend, toPlayer, sessions } = counters;
  const both = (amount: "received" | "sent" | "receivedBytes" | "sentBytes") =>
    byLabels({
      '{"direction":"toBackend"}': toBackend[amount],
      '{"direction":"toPlayer"}': toPlayer[amount],
    });
  const dropped = Object.entries({ toBackend, toPlayer }).flatMap(([direction, counts]) =>
    Object.entries(counts.dropped).map(
      ([reason, count]) => [JSON.stringify({ direction, reason }), count] as const,
    ),
  );
  const wanted: Record<string, [string, ParsedFamily["samples"]]> = {
    packets_received_total: ["counter", both("received")],
    packets_sent_total: ["counter", both("sent")],
    packets_dropped_total: ["counter", new Map(dropped)],
    bytes_received_total: ["counter", both("receivedBytes")],
    bytes_sent_total: ["counter", both("sentBytes")],
    sessions_open: ["gauge", single(sessions.open)],
    sessions_opened_total: ["counter", single(sessions.opened)],
    sessions_closed_total: ["counter", single(sessions.closed)],
    routes: ["gauge", single(counters.routes)],
    tracked_ips: ["gauge", single(counters.trackedIps)],
    socket_errors_total: ["counter", single(counters.socketErrors)],
  };
  expect([...parsed.keys()]).toEqual(Object.keys(wanted).map((name) => `potassium_relay_${name}`));
  for (const [name, [type, samples]] of Object.entries(wanted)) {
    const family = parsed.get(`potassium_relay_${name}`);
    expect(family, name).toMatchObject({ type, samples });
    expect(family?.help).toMatch(/^[A-Z].+\.$/);
  }
  expect([sessions.open, counters.routes, counters.trackedIps, toBackend.sent]).toEqual([
    1, 1, 1, 2,
  ]);
});

test("GET /metrics answers with metrics(), as the type that Prometheus knows, without a token", async () => {
  await using relay = await startRelay({ serviceToken: "secret" });
  await using player = await UdpPeer.open();
  player.send("1", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.received).toBe(1));
  const answer = await rawRequest(relay.apiAddress, "GET /metrics");
  expect(answer).toMatchObject({ status: 200, body: relay.metrics() });
  expect(answer.headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(await rawRequest(relay.apiAddress, "POST /metrics")).toMatchObject({
    status: 405,
    headers: { allow: "GET, HEAD" },
  });
  expect(await rawRequest(relay.apiAddress, "GET /metrics/x")).toMatchObject({ status: 404 });
});

test("metrics() can still be read of a relay that was closed", async () => {
  const relay = await startRelay();
  await relay.close();
  expect(parseExposition(relay.metrics()).get("potassium_relay_sessions_open")?.samples).toEqual(
    new Map([["{}", 0]]),
  );
});
