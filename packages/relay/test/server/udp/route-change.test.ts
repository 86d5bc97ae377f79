import { expect, test } from "vitest";
import { startRelay } from "../../../src/server/index.js";
import { eventually } from "../../fixture/eventually.js";
import { remove, route } from "../../fixture/route.js";
import { UdpPeer } from "../../fixture/udp-peer.js";

const loopback = "127.0.0.1";

test("a changed route moves the open session, which keeps its address", async () => {
  await using relay = await startRelay();
  await using lobby = await UdpPeer.echo("lobby");
  await using game = await UdpPeer.echo("game");
  await using player = await UdpPeer.open();
  await route(relay, loopback, lobby.name);
  player.send("1", relay.udpAddress);
  await player.expectTexts("lobby:1");
  await route(relay, loopback, game.name);
  player.send("2", relay.udpAddress);
  await player.expectTexts("lobby:1", "game:2");
  expect(game.received[0]?.from).toEqual(lobby.received[0]?.from);
  expect(relay.counters().sessions).toEqual({ open: 1, opened: 1, closed: 0 });
});

test("a changed route moves all sessions of the address and no others", async () => {
  await using relay = await startRelay({ udp: { host: "0.0.0.0" } });
  await using lobby = await UdpPeer.echo("lobby");
  await using game = await UdpPeer.echo("game");
  const to = { host: loopback, port: relay.udpAddress.port };
  await using first = await UdpPeer.open();
  await using second = await UdpPeer.open();
  await using other = await UdpPeer.open("127.0.0.2");
  await route(relay, loopback, lobby.name);
  await route(relay, "127.0.0.2", lobby.name);
  const players = [first, second, other];
  for (const player of players) player.send("1", to);
  for (const player of players) await player.expectTexts("lobby:1");
  await route(relay, loopback, game.name);
  for (const player of players) player.send("2", to);
  await first.expectTexts("lobby:1", "game:2");
  await second.expectTexts("lobby:1", "game:2");
  await other.expectTexts("lobby:1", "lobby:2");
});

test("late replies of the old backend are dropped and counted", async () => {
  await using relay = await startRelay();
  await using lobby = await UdpPeer.open();
  await using game = await UdpPeer.open();
  await using player = await UdpPeer.open();
  await route(relay, loopback, lobby.name);
  player.send("1", relay.udpAddress);
  await lobby.expectTexts("1");
  const [session] = lobby.received;
  if (session === undefined) throw new Error("no session");
  await route(relay, loopback, game.name);
  lobby.send("late", session.from);
  await eventually(() => expect(relay.counters().toPlayer.dropped.lateReply).toBe(1));
  // Moved back, the lobby may speak again and the game may not.
  await route(relay, loopback, lobby.name);
  game.send("late too", session.from);
  lobby.send("in time", session.from);
  await player.expectTexts("in time");
  await eventually(() => expect(relay.counters().toPlayer.dropped.lateReply).toBe(2));
  expect(relay.counters().toPlayer.dropped.stranger).toBe(0);
});

test("deleting the route closes the session, and what follows has no route", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  player.send("1", relay.udpAddress);
  await player.expectTexts("a:1");
  await remove(relay, "routes", loopback);
  expect(relay.counters()).toMatchObject({ routes: 0, sessions: { open: 0, closed: 1 } });
  player.send("2", relay.udpAddress);
  await eventually(() => expect(relay.counters().toBackend.dropped.noRoute).toBe(1));
});

test("deleting the session keeps the route: the next packet opens another", async () => {
  await using relay = await startRelay();
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await route(relay, loopback, backend.name);
  player.send("1", relay.udpAddress);
  await player.expectTexts("a:1");
  await remove(relay, "sessions", loopback);
  expect(relay.counters()).toMatchObject({ routes: 1, sessions: { open: 0 } });
  player.send("2", relay.udpAddress);
  await player.expectTexts("a:1", "a:2");
  expect(relay.counters().sessions).toEqual({ open: 1, opened: 2, closed: 1 });
});
