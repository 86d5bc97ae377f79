// A UDP server that sends every packet back, with as little between as Node lets it.
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { HostPort } from "@potassium/core-types";
import { sayReady } from "./child.js";

const socket = createSocket({
  type: "udp4",
  recvBufferSize: 4 * 1_024 * 1_024,
  // As the relay does: Node's own look-up delays each packet.
  lookup: (address, _options, done) => done(null, address, 4),
});
socket.on("message", (message, { port, address }) => socket.send(message, port, address));
// Begun first, since with this look-up it is bound before bind() has returned.
const listening = once(socket, "listening");
socket.bind(0, "127.0.0.1");
await listening;
const { address: host, port } = socket.address();
const ready: HostPort = { host, port };
sayReady(ready, async () => {
  socket.close();
});
