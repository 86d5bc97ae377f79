import { expect, test } from "vitest";
import { resolveBackend } from "../../../src/server/udp/backend.js";
import { PacketTally } from "../../../src/server/udp/packet-tally.js";
import { Upstream, type UpstreamOptions } from "../../../src/server/udp/upstream.js";
import { eventually } from "../../fixture/eventually.js";
import { UdpPeer } from "../../fixture/udp-peer.js";

async function open(peer: UdpPeer, options: Partial<UpstreamOptions> = {}) {
  const backend = await resolveBackend(peer.name, async (host) => host);
  if (backend === undefined) throw new Error("no backend");
  const tally = new PacketTally({ queueFull: 0, sendFailed: 0 });
  const upstream = new Upstream(backend, {
    family: 4,
    maxQueuedPackets: 1_000,
    receiveBufferBytes: 1_024,
    tally,
    onPacket: () => {},
    onUnusable: () => {},
    onError: () => {},
    ...options,
  });
  return { upstream, tally };
}

test("packets that are given at once all go out, in order", async () => {
  await using peer = await UdpPeer.open();
  const { upstream, tally } = await open(peer);
  const texts = Array.from({ length: 300 }, (_, index) => String(index));
  for (const text of texts) upstream.send(Buffer.from(text));
  await peer.expectTexts(...texts);
  expect(tally.snapshot()).toMatchObject({ sent: 300, dropped: { queueFull: 0, sendFailed: 0 } });
  upstream.close();
});

test("of packets that are given at once, those beyond maxQueuedPackets are dropped and counted", async () => {
  await using peer = await UdpPeer.open();
  const { upstream, tally } = await open(peer, { maxQueuedPackets: 3 });
  for (const text of ["1", "2", "3", "4", "5"]) upstream.send(Buffer.from(text));
  await peer.expectTexts("1", "2", "3");
  await eventually(() =>
    expect(tally.snapshot()).toMatchObject({ sent: 3, dropped: { queueFull: 2 } }),
  );
  // Once they are out there is room again.
  upstream.send(Buffer.from("6"));
  await peer.expectTexts("1", "2", "3", "6");
  upstream.close();
});

test("each packet that is given is counted once, also those that closing catches", async () => {
  await using peer = await UdpPeer.open();
  const { upstream, tally } = await open(peer);
  for (let count = 0; count < 100; count += 1) upstream.send(Buffer.from("x"));
  const waiting = upstream.close().length;
  upstream.send(Buffer.from("after"));
  await eventually(() => {
    const { sent, dropped } = tally.snapshot();
    expect(waiting + sent + dropped.sendFailed + dropped.queueFull).toBe(101);
  });
});
