import { createSocket, type Socket } from "node:dgram";
import type { HostPort } from "@potassium/core-types";
import { expect, test } from "vitest";
import { RelayClient } from "../../../src/index.js";
import { startRelay } from "../../../src/server/index.js";
import { UdpPeer } from "../../fixture/udp-peer.js";
import { until } from "./until.js";

const total = 50_000;
const atOnce = 200;
/** Addresses of the flood that have a route, as an attacker may know them, and packets from each. */
const known = 20;
const ofEach = 50;
const maxSessions = 100;
const burst = 10;

test("a flood from 50,000 sources leaves sessions and bookkeeping bounded, and those who play go on", async () => {
  // The clock stands still: no token comes back, and no session becomes idle.
  await using relay = await startRelay({
    udp: { host: "0.0.0.0" },
    maxSessions,
    sessionRatePerIp: { perSecond: 1, burst },
    now: () => 0,
  });
  await using client = new RelayClient(relay.url);
  await using backend = await UdpPeer.echo("a");
  await using player = await UdpPeer.open();
  const to = { host: "127.0.0.1", port: relay.udpAddress.port };
  await client.setRoute("127.0.0.1", backend.name);
  for (let index = 0; index < known; index += 1) {
    await client.setRoute(`127.200.0.${index}`, backend.name);
  }
  const expected: string[] = [];
  const play = async () => {
    expected.push(`a:${expected.length}`);
    player.send(String(expected.length - 1), to);
    await until("the player is answered", () => player.received.length === expected.length);
  };
  await play();

  const kept: Socket[] = [];
  for (let sent = 0; sent < total; sent += atOnce) {
    const sockets = Array.from({ length: atOnce }, (_, index) =>
      sendFrom(sourceOf(sent + index), to),
    );
    const arrived = sent + atOnce + expected.length;
    await until("the flood has arrived", () => relay.counters().toBackend.received === arrived);
    for (const [index, socket] of sockets.entries()) {
      // The port of a known address must not be another packet's too: that would be the same player.
      if (isKnown(sent + index)) kept.push(socket);
      else socket.close();
    }
    await play();
    const { sessions, trackedIps } = relay.counters();
    expect(sessions.open).toBeLessThanOrEqual(maxSessions);
    expect(trackedIps).toBeLessThanOrEqual(known + 1);
  }

  for (const socket of kept) socket.close();

  expect(player.texts).toEqual(expected);
  const opened = maxSessions - 1;
  const counters = relay.counters();
  expect(counters).toMatchObject({
    sessions: { open: maxSessions, opened: maxSessions, closed: 0 },
    routes: known + 1,
    trackedIps: known + 1,
    toBackend: { received: total + expected.length, sent: opened + expected.length },
  });
  expect(counters.toBackend.dropped).toMatchObject({
    noRoute: total - known * ofEach,
    sessionRatePerIp: known * (ofEach - burst),
    sessionLimit: known * burst - opened,
  });
}, 60_000);

const every = total / (known * ofEach);
const isKnown = (index: number) => index % every === 0;

/** A different address for each packet, but for those of the known ones, which differ in the port. */
function sourceOf(index: number): string {
  if (isKnown(index)) return `127.200.0.${(index / every) % known}`;
  return `127.${10 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
}

/** Sends one packet from an address of this machine's own. */
function sendFrom(address: string, { host, port }: HostPort): Socket {
  // Node's own look-up would come back later, even for an address.
  const socket = createSocket({ type: "udp4", lookup: (name, _, done) => done(null, name, 4) });
  socket.bind({ address, port: 0, exclusive: true });
  socket.send("flood", port, host);
  return socket;
}
