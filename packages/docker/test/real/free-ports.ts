import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** UDP ports in a row that were free a moment ago. */
export async function freeUdpPorts(count: number): Promise<readonly number[]> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const sockets: Socket[] = [];
    try {
      for (let index = 0; index < count; index += 1) {
        const socket = createSocket("udp4");
        sockets.push(socket);
        const first = index === 0 ? 0 : (sockets[0]?.address().port ?? 0);
        socket.bind(index === 0 ? 0 : first + index, "0.0.0.0");
        await once(socket, "listening");
      }
      return sockets.map((socket) => socket.address().port);
    } catch {
      // One of them is somebody's; look elsewhere.
    } finally {
      for (const socket of sockets) socket.close();
    }
  }
  throw new Error(`no ${count} free UDP ports in a row`);
}
