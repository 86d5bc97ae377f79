import assert from "node:assert/strict";
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { HostPort } from "@potassium/core-types";

/** What became of the packets. */
export interface LoadResult {
  readonly sent: number;
  /** Packets that had not come back a while after the last one that did. */
  readonly lost: number;
  readonly perSecond: number;
  /** Microseconds from the sending of a packet to its coming back, rising. */
  readonly roundTripsUs: readonly number[];
}

export interface LoadOptions {
  readonly to: HostPort;
  readonly players: number;
  readonly packets: number;
  /** Packets on the way at once: the next is sent when one comes back. */
  readonly atOnce: number;
  /** Or one packet each so many milliseconds. */
  readonly everyMs?: number;
}

const packetBytes = 200;
const lostAfterMs = 1_000;

/** Sends packets that are to come back as they were, and waits for them. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { packets, atOnce, everyMs } = options;
  const sentAt = new Float64Array(packets);
  const cameAt = new Float64Array(packets);
  let sent = 0;
  let came = 0;
  let lastCame = performance.now();
  const sockets = await Promise.all(Array.from({ length: options.players }, openSocket));
  const sendNext = () => {
    if (sent === packets) return;
    const packet = Buffer.alloc(packetBytes, sent & 255);
    packet.writeUInt32BE(sent);
    sentAt[sent] = performance.now();
    sockets[sent % sockets.length]?.send(packet, options.to.port, options.to.host);
    sent += 1;
  };
  for (const socket of sockets) {
    socket.on("message", (packet) => {
      const now = performance.now();
      const id = packet.readUInt32BE();
      assert.ok(packet.length === packetBytes && packet[packetBytes - 1] === (id & 255));
      assert.ok(cameAt[id] === 0, `packet ${id} came twice`);
      cameAt[id] = now;
      lastCame = now;
      came += 1;
      if (everyMs === undefined) sendNext();
    });
  }
  const start = performance.now();
  if (everyMs === undefined) for (let count = 0; count < atOnce; count += 1) sendNext();
  const timer = everyMs === undefined ? undefined : setInterval(sendNext, everyMs);
  while (came < packets) {
    await delay(20);
    if (performance.now() - lastCame <= lostAfterMs) continue;
    if (sent === packets) break;
    // Those on the way are lost; as many others take their place.
    lastCame = performance.now();
    if (everyMs === undefined) for (let count = 0; count < atOnce; count += 1) sendNext();
  }
  clearInterval(timer);
  for (const socket of sockets) socket.close();
  const seconds = (lastCame - start) / 1_000;
  const arrived = [...cameAt.keys()].filter((id) => (cameAt[id] ?? 0) > 0);
  return {
    sent: packets,
    lost: packets - came,
    perSecond: came / seconds,
    roundTripsUs: arrived
      .map((id) => ((cameAt[id] ?? 0) - (sentAt[id] ?? 0)) * 1_000)
      .sort((a, b) => a - b),
  };
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket({
    type: "udp4",
    recvBufferSize: 4 * 1_024 * 1_024,
    lookup: (address, _options, done) => done(null, address, 4),
  });
  // Begun first, since with this look-up it is bound before bind() has returned.
  const listening = once(socket, "listening");
  socket.bind(0, "127.0.0.1");
  await listening;
  return socket;
}
