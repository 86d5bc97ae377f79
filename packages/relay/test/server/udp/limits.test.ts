import { expect, test } from "vitest";
import { startRelay } from "../../../src/server/index.js";
import { eventually } from "../../fixture/eventually.js";
import { route } from "../../fixture/route.js";
import { UdpPeer } from "../../fixture/udp-peer.js";

const loopback = "127.0.0.1";

test("beyond maxSessions new players are dropped and counted, and the others go on", async () => {
  await using relay = await startRelay({ maxSessions: 2 });
  await using backend = await UdpPeer.echo("a");
  await using first = await UdpPeer.open();
  await using second = await UdpPeer.open();
  await using third = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  first.send("1", relay.udpAddress);
  await first.expectTexts("a:1");
  second.send("2", relay.udpAddress);
  await second.expectTexts("a:2");
  third.send("3", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.dropped.sessionLimit).toBe(1));
  first.send("4", relay.udpAddress);
  await first.expectTexts("a:1", "a:4");
  expect(third.received).toEqual([]);
});

test("a session without packets for idleTimeoutMs is closed, one with packets is not", async () => {
  let now = 0;
  await using relay = await startRelay({ idleTimeoutMs: 1_000, now: () => now });
  await using backend = await UdpPeer.echo("a");
  await using busy = await UdpPeer.open();
  await using idle = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  busy.send("1", relay.udpAddress);
  idle.send("1", relay.udpAddress);
  await busy.expectTexts("a:1");
  await idle.expectTexts("a:1");
  now = 900;
  busy.send("2", relay.udpAddress);
  await busy.expectTexts("a:1", "a:2");
  now = 1_800;
  await eventually(() =>
    expect(relay.counters().sessions).toEqual({ open: 1, opened: 2, closed: 1 }),
  );
  busy.send("3", relay.udpAddress);
  await busy.expectTexts("a:1", "a:2", "a:3");
  idle.send("2", relay.udpAddress);
  await idle.expectTexts("a:1", "a:2");
  expect(relay.counters().sessions.opened).toBe(3);
});

test("the backend's packets keep a session open too", async () => {
  let now = 0;
  await using relay = await startRelay({ idleTimeoutMs: 1_000, now: () => now });
  await using backend = await UdpPeer.open();
  await using player = await UdpPeer.open();
  await using idle = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  player.send("watch", relay.udpAddress);
  await backend.expectTexts("watch");
  idle.send("idle", relay.udpAddress);
  await backend.expectTexts("watch", "idle");
  const [session] = backend.received;
  if (session === undefined) throw new Error("no session");
  now = 900;
  backend.send("news", session.from);
  await player.expectTexts("news");
  now = 1_800;
  // The idle one is closed in the same sweep that leaves the other.
  await eventually(() => expect(relay.counters().sessions.closed).toBe(1));
  backend.send("more", session.from);
  await player.expectTexts("news", "more");
});

test("counters are frozen snapshots", async () => {
  await using relay = await startRelay();
  const before = relay.counters();
  const parts = [before, before.sessions, before.toBackend, before.toPlayer];
  const dropped = [before.toBackend.dropped, before.toPlayer.dropped];
  expect([...parts, ...dropped].every(Object.isFrozen)).toBe(true);
  await using player = await UdpPeer.open();
  player.send("1", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.received).toBe(1));
  expect(before.toBackend.received).toBe(0);
});
