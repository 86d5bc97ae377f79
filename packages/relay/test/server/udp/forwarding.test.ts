import { expect, test } from "vitest";
import { startRelay } from "../../../src/server/index.js";
import { eventually } from "../../fixture/eventually.js";
import { route } from "../../fixture/route.js";
import { UdpPeer } from "../../fixture/udp-peer.js";

const loopback = "127.0.0.1";

test("packets go to the player's backend and its answers come back from the relay's address", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  player.send("hello", relay.udpAddress);
  await player.expectTexts("a:hello");
  expect(player.received[0]?.from).toEqual(relay.udpAddress);
});

test("an empty packet is a packet", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  player.send("", relay.udpAddress);
  await player.expectTexts("a:");
});

test("the largest packet passes whole", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.open();
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  const text = "x".repeat(65_507);
  player.send(text, relay.udpAddress);
  await backend.expectTexts(text);
});

test("packets of a player without a route are dropped and counted", async () => {
  await using relay = await startRelay();
  await using player = await UdpPeer.open();
  player.send("one", relay.udpAddress);
  player.send("two", relay.udpAddress);
  await eventually(() =>
    expect(relay.counters()).toMatchObject({
      toBackend: { received: 2, sent: 0, dropped: { noRoute: 2 } },
      sessions: { open: 0, opened: 0 },
    }),
  );
});

test("the packets of a burst that opens a session all arrive, in order", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.open();
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  const texts = Array.from({ length: 200 }, (_, index) => String(index));
  for (const text of texts) player.send(text, relay.udpAddress);
  await backend.expectTexts(...texts);
});

test("two players behind one address have sessions of their own", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await using first = await UdpPeer.open();
  await using second = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  first.send("1", relay.udpAddress);
  await first.expectTexts("a:1");
  second.send("2", relay.udpAddress);
  await second.expectTexts("a:2");
  first.send("3", relay.udpAddress);
  await first.expectTexts("a:1", "a:3");
  const ports = backend.received.map(({ from }) => from.port);
  expect(ports[0]).toBe(ports[2]);
  expect(ports[0]).not.toBe(ports[1]);
  expect(relay.counters().sessions).toEqual({ open: 2, opened: 2, closed: 0 });
});

test("many players each get their own answers", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await route(relay, loopback, backend.name);
  const players = await Promise.all(Array.from({ length: 50 }, () => UdpPeer.open()));
  players.forEach((player, index) => {
    player.send(`from ${index}`, relay.udpAddress);
  });
  await Promise.all(players.map((player, index) => player.expectTexts(`a:from ${index}`)));
  expect(relay.counters().sessions.open).toBe(50);
  for (const player of players) await player[Symbol.asyncDispose]();
});

test("what a stranger sends to a session's socket does not reach the player", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.open();
  await using stranger = await UdpPeer.open();
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  player.send("hello", relay.udpAddress);
  await backend.expectTexts("hello");
  const [session] = backend.received;
  if (session === undefined) throw new Error("no session");
  stranger.send("boo", { host: loopback, port: session.from.port });
  await eventually(() => expect(relay.counters().toPlayer.dropped.stranger).toBe(1));
  backend.send("welcome", session.from);
  await player.expectTexts("welcome");
});

test("a backend that is down does not stop the relay or the session", async () => {
  await using relay = await startRelay();
  await using player = await UdpPeer.open();
  const gone = await UdpPeer.open();
  const { address, name } = gone;
  await gone[Symbol.asyncDispose]();
  await route(relay, loopback, name);
  for (let count = 1; count <= 20; count += 1) {
    player.send(String(count), relay.udpAddress);
    await eventually(() => expect(relay.counters().toBackend.sent).toBe(count));
  }
  await using back = await UdpPeer.open(address.host, address.port);
  player.send("again", relay.udpAddress);
  await back.expectTexts("again");
  expect(relay.counters().sessions.opened).toBe(1);
});

test("a player that is gone does not stop the relay", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.open();
  await using other = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  const player = await UdpPeer.open();
  player.send("bye", relay.udpAddress);
  await backend.expectTexts("bye");
  await player[Symbol.asyncDispose]();
  const [session] = backend.received;
  if (session === undefined) throw new Error("no session");
  for (let count = 1; count <= 20; count += 1) {
    backend.send("are you there", session.from);
    await eventually(() => expect(relay.counters().toPlayer.sent).toBe(count));
  }
  other.send("hello", relay.udpAddress);
  await backend.expectTexts("bye", "hello");
});

test("a backend at any address of this machine is reached and may answer", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.echo("a", "0.0.0.0");
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  player.send("hello", relay.udpAddress);
  await player.expectTexts("a:hello");
});
