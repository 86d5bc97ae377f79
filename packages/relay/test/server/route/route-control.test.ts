import { expect, test } from "vitest";
import { RelayClient } from "../../../src/index.js";
import { startRelay } from "../../../src/server/index.js";
import { eventually } from "../../fixture/eventually.js";
import { Gate } from "../../fixture/gate.js";
import { UdpPeer } from "../../fixture/udp-peer.js";

const loopback = "127.0.0.1";

test("a backend's host name is resolved once per route that is set, not per packet", async () => {
  const asked: string[] = [];
  const resolveHost = async (host: string) => {
    asked.push(host);
    return loopback;
  };
  await using relay = await startRelay({ resolveHost });
  await using client = new RelayClient(relay.url);
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await client.setRoute(loopback, `game.internal:${backend.address.port}`);
  for (const text of ["1", "2", "3"]) player.send(text, relay.udpAddress);
  await player.expectTexts("a:1", "a:2", "a:3");
  expect(asked).toEqual(["game.internal"]);
  expect(await client.listRoutes()).toEqual({
    [loopback]: `game.internal:${backend.address.port}`,
  });
});

test("the old route serves while the new backend's name is resolved", async () => {
  const resolver = new Gate<string>();
  const asked = new Gate();
  const resolveHost = () => {
    asked.open();
    return resolver.promise;
  };
  await using relay = await startRelay({ resolveHost });
  await using client = new RelayClient(relay.url);
  await using lobby = await UdpPeer.echo("lobby");
  await using game = await UdpPeer.echo("game");
  await using player = await UdpPeer.open();
  await client.setRoute(loopback, lobby.name);
  const change = client.setRoute(loopback, `game.internal:${game.address.port}`);
  await asked.promise;
  player.send("1", relay.udpAddress);
  await player.expectTexts("lobby:1");
  resolver.open(loopback);
  await change;
  player.send("2", relay.udpAddress);
  await player.expectTexts("lobby:1", "game:2");
});

test("changes for one player take effect in the order they came, those for others at once", async () => {
  const resolver = new Gate<string>();
  const asked = new Gate();
  const resolveHost = () => {
    asked.open();
    return resolver.promise;
  };
  await using relay = await startRelay({ resolveHost });
  await using client = new RelayClient(relay.url);
  const first = client.setRoute("10.0.0.1", "slow.internal:1");
  await asked.promise;
  const second = client.setRoute("10.0.0.1", "10.99.0.10:5520");
  await client.setRoute("10.0.0.2", "10.99.0.10:5520");
  expect(Object.keys(await client.listRoutes())).toEqual(["10.0.0.2"]);
  resolver.open("10.99.0.9");
  await Promise.all([first, second]);
  expect(await client.listRoutes()).toMatchObject({ "10.0.0.1": "10.99.0.10:5520" });
});

test.for<[string, () => Promise<string>]>([
  ["can't be resolved", () => Promise.reject(new Error("ENOTFOUND"))],
  ["resolves to what is no address", async () => "nonsense"],
])("a backend whose name %s is refused, and the old route stays", async ([, resolveHost]) => {
  await using relay = await startRelay({ resolveHost });
  await using client = new RelayClient(relay.url);
  await client.setRoute("10.0.0.1", "10.99.0.10:5520");
  await expect(client.setRoute("10.0.0.1", "game.internal:5520")).rejects.toMatchObject({
    code: "INVALID_BACKEND",
  });
  expect(await client.listRoutes()).toEqual({ "10.0.0.1": "10.99.0.10:5520" });
});

test("the system's resolver finds localhost on IPv4", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await client.setRoute(loopback, `localhost:${backend.address.port}`);
  player.send("1", relay.udpAddress);
  await player.expectTexts("a:1");
});

test("a spelling of the address that is not canonical sets and deletes the same route", async () => {
  await using relay = await startRelay();
  await using client = new RelayClient(relay.url);
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  await client.setRoute("::ffff:127.0.0.1", backend.name);
  player.send("1", relay.udpAddress);
  await player.expectTexts("a:1");
  await client.deleteSession("::FFFF:7f00:1");
  await eventually(() => expect(relay.counters().sessions.open).toBe(0));
  await client.deleteRoute("[::ffff:127.0.0.1]");
  expect(relay.counters().routes).toBe(0);
});
