import { expect, test } from "vitest";
import { RelayClient } from "../../../src/index.js";
import { startRelay } from "../../../src/server/index.js";
import { UdpPeer } from "../../fixture/udp-peer.js";
import { until } from "./until.js";

const total = 100_000;
/** Packets on the way at once: what overflows the system's buffers is lost before the relay could count it. */
const windowSize = 200;
const changeEvery = 1_000;
const ips = ["127.0.0.1", "127.0.0.2"] as const;

test("each of 100,000 packets through route changes is delivered once, in order, or counted as dropped", async () => {
  await using relay = await startRelay({ udp: { host: "0.0.0.0" } });
  await using client = new RelayClient(relay.url);
  await using a = await UdpPeer.echo("a");
  await using b = await UdpPeer.echo("b");
  await using c = await UdpPeer.echo("c");
  await using one = await UdpPeer.open(ips[0]);
  await using two = await UdpPeer.open(ips[0]);
  await using three = await UdpPeer.open(ips[1]);
  await using four = await UdpPeer.open(ips[1]);
  const backends = [a, b, c];
  const players = [one, two, three, four];
  const to = { host: "127.0.0.1", port: relay.udpAddress.port };

  /** Where packets of each address may end: in two places while a change is on its way, in none without a route. */
  const open = new Map<string, readonly UdpPeer[]>(ips.map((ip) => [ip, [a]]));
  for (const ip of ips) await client.setRoute(ip, a.name);
  let change = Promise.resolve();
  const changeRoute = async (count: number) => {
    const ip = ips[count % 2] ?? ips[0];
    const [from] = open.get(ip) ?? [];
    if (count % 10 === 0) {
      // Waited for: what a backend answers to a session that was closed is lost before the relay sees it.
      await client.deleteRoute(ip);
      open.set(ip, []);
      return;
    }
    const next = backends[count % 3] ?? a;
    open.set(ip, from === undefined ? [next] : [from, next]);
    const set = client.setRoute(ip, next.name);
    // Without a route, it must be there before the next packet, or nobody knows which are dropped.
    if (from === undefined) await set;
    change = set.then(() => {
      open.set(ip, [next]);
    });
  };

  const mayReach: (readonly UdpPeer[])[] = [];
  const received = (peers: readonly UdpPeer[]) =>
    peers.reduce((sum, peer) => sum + peer.received.length, 0);
  let changes = 0;
  for (let sent = 0; sent < total; ) {
    for (const end = sent + windowSize; sent < end; sent += 1) {
      const player = sent % players.length;
      mayReach.push(open.get(player < 2 ? ips[0] : ips[1]) ?? []);
      players[player]?.send(String(sent), to);
    }
    await until(`packets to ${sent} have arrived`, () => {
      const { toBackend, toPlayer } = relay.counters();
      const delivered = received(backends);
      return (
        delivered + sum(toBackend.dropped) === sent &&
        received(players) + sum(toPlayer.dropped) === delivered
      );
    });
    if (sent % changeEvery !== 0 || sent === total) continue;
    await change;
    changes += 1;
    await changeRoute(changes);
  }
  await change;

  const { toBackend, toPlayer, sessions, socketErrors } = relay.counters();
  expect(socketErrors).toBe(0);
  expect(sessions).toMatchObject({ open: 4, closed: sessions.opened - 4 });
  const withoutRoute = mayReach.filter((peers) => peers.length === 0).length;
  expect(withoutRoute).toBeGreaterThan(0);
  expect(toBackend).toMatchObject({ received: total, sent: total - withoutRoute });
  expect(toBackend.dropped).toMatchObject({ noRoute: withoutRoute, queueFull: 0, sendFailed: 0 });
  expect(toPlayer.received).toBe(toBackend.sent);
  expect(toPlayer.sent + toPlayer.dropped.lateReply).toBe(toPlayer.received);
  expect(received(players)).toBe(toPlayer.sent);

  const reached = new Map<number, UdpPeer>();
  for (const backend of backends) {
    for (const text of backend.texts) reached.set(Number(text), backend);
    expect(backend.received.length).toBeGreaterThan(0);
  }
  // As many different ones as were delivered: none came twice.
  expect(reached.size).toBe(toBackend.sent);
  const astray = mayReach.filter((peers, id) => {
    const backend = reached.get(id);
    return backend === undefined ? peers.length > 0 : !peers.includes(backend);
  });
  expect(astray).toEqual([]);
  for (const [index] of players.entries()) {
    for (const { texts } of backends) {
      expectRising(texts.map(Number).filter((id) => id % players.length === index));
    }
    const answers = players[index]?.texts.map((text) => Number(text.slice(2))) ?? [];
    expect(answers.every((id) => id % players.length === index)).toBe(true);
    expectRising(answers);
  }
}, 60_000);

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((x, y) => x + y, 0);
}

/** In order, and none twice. */
function expectRising(ids: readonly number[]): void {
  expect(ids.findIndex((id, index) => index > 0 && id <= (ids[index - 1] ?? 0))).toBe(-1);
}
