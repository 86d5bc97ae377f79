import { expect, test } from "vitest";
import { startRelay } from "../../../src/server/index.js";
import { eventually } from "../../fixture/eventually.js";
import { remove, route } from "../../fixture/route.js";
import { UdpPeer } from "../../fixture/udp-peer.js";

const loopback = "127.0.0.1";

test("beyond packetRate a session's packets are dropped and counted, and no other session's", async () => {
  let now = 0;
  const packetRate = { perSecond: 2, burst: 3 };
  await using relay = await startRelay({ packetRate, now: () => now });
  await using backend = await UdpPeer.echo("a");
  await using loud = await UdpPeer.open();
  await using calm = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  for (const text of ["1", "2", "3", "4", "5"]) loud.send(text, relay.udpAddress);
  await loud.expectTexts("a:1", "a:2", "a:3");
  await eventually(() => expect(relay.counters().toBackend.dropped.packetRate).toBe(2));
  calm.send("1", relay.udpAddress);
  await calm.expectTexts("a:1");
  now = 500;
  loud.send("6", relay.udpAddress);
  loud.send("7", relay.udpAddress);
  await loud.expectTexts("a:1", "a:2", "a:3", "a:6");
  await eventually(() =>
    expect(relay.counters().toBackend).toMatchObject({
      received: 8,
      sent: 5,
      dropped: { packetRate: 3 },
    }),
  );
});

test("packets beyond packetRate do not keep a session open", async () => {
  let now = 0;
  const packetRate = { perSecond: 0.001, burst: 1 };
  await using relay = await startRelay({ packetRate, idleTimeoutMs: 1_000, now: () => now });
  await using backend = await UdpPeer.open();
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  player.send("1", relay.udpAddress);
  await backend.expectTexts("1");
  now = 900;
  player.send("2", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.dropped.packetRate).toBe(1));
  now = 1_001;
  await eventually(() => expect(relay.counters().sessions.open).toBe(0));
});

test("beyond sessionRatePerIp an address opens no more sessions, and others do", async () => {
  let now = 0;
  const sessionRatePerIp = { perSecond: 1, burst: 2 };
  const udp = { host: "0.0.0.0" };
  await using relay = await startRelay({ udp, sessionRatePerIp, now: () => now });
  await using backend = await UdpPeer.echo("a");
  const to = { host: loopback, port: relay.udpAddress.port };
  const [first, second, third] = [
    await UdpPeer.open(),
    await UdpPeer.open(),
    await UdpPeer.open(),
  ] as const;
  await using other = await UdpPeer.open("127.0.0.2");
  await route(relay, loopback, backend.name);
  await route(relay, "127.0.0.2", backend.name);
  for (const player of [first, second]) {
    player.send("1", to);
    await player.expectTexts("a:1");
  }
  third.send("1", to);
  await eventually(() => expect(relay.counters().toBackend.dropped.sessionRatePerIp).toBe(1));
  other.send("1", to);
  await other.expectTexts("a:1");
  // What is open is not touched.
  first.send("2", to);
  await first.expectTexts("a:1", "a:2");
  now = 1_000;
  third.send("2", to);
  await third.expectTexts("a:2");
  for (const player of [first, second, third]) await player[Symbol.asyncDispose]();
});

test("beyond sessionRate no address opens a session, and those that are open go on", async () => {
  let now = 0;
  await using relay = await startRelay({ sessionRate: { perSecond: 0.5 }, now: () => now });
  await using backend = await UdpPeer.echo("a");
  await using first = await UdpPeer.open();
  await using second = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  first.send("1", relay.udpAddress);
  await first.expectTexts("a:1");
  second.send("1", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.dropped.sessionRate).toBe(1));
  first.send("2", relay.udpAddress);
  await first.expectTexts("a:1", "a:2");
  now = 2_000;
  second.send("2", relay.udpAddress);
  await second.expectTexts("a:2");
});

test("an address is kept for sessionRatePerIp until its route goes or nothing counts against it", async () => {
  let now = 0;
  const sessionRatePerIp = { perSecond: 1, burst: 1 };
  const udp = { host: "0.0.0.0" };
  await using relay = await startRelay({
    udp,
    sessionRatePerIp,
    idleTimeoutMs: 40,
    now: () => now,
  });
  await using backend = await UdpPeer.open();
  const to = { host: loopback, port: relay.udpAddress.port };
  await using first = await UdpPeer.open();
  await using second = await UdpPeer.open("127.0.0.2");
  await using stranger = await UdpPeer.open("127.0.0.3");
  await route(relay, loopback, backend.name);
  await route(relay, "127.0.0.2", backend.name);
  for (const player of [first, second, stranger]) player.send("1", to);
  await eventually(() => expect(relay.counters().toBackend.received).toBe(3));
  expect(relay.counters()).toMatchObject({ routes: 2, trackedIps: 2 });
  await remove(relay, "routes", loopback);
  expect(relay.counters()).toMatchObject({ routes: 1, trackedIps: 1 });
  now = 1_000;
  await eventually(() => expect(relay.counters()).toMatchObject({ routes: 1, trackedIps: 0 }));
});

test("where maxSessions are open, one that was silent for idleTimeoutWhenFullMs makes room", async () => {
  let now = 0;
  const limits = { maxSessions: 2, idleTimeoutWhenFullMs: 1_000 };
  await using relay = await startRelay({ ...limits, now: () => now });
  await using backend = await UdpPeer.echo("a");
  await using silent = await UdpPeer.open();
  await using busy = await UdpPeer.open();
  await using late = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  silent.send("1", relay.udpAddress);
  await silent.expectTexts("a:1");
  now = 500;
  busy.send("1", relay.udpAddress);
  await busy.expectTexts("a:1");
  late.send("1", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.dropped.sessionLimit).toBe(1));
  now = 1_001;
  late.send("2", relay.udpAddress);
  await late.expectTexts("a:2");
  busy.send("2", relay.udpAddress);
  await busy.expectTexts("a:1", "a:2");
  expect(relay.counters().sessions).toEqual({ open: 2, opened: 3, closed: 1 });
  silent.send("2", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.dropped.sessionLimit).toBe(2));
});
