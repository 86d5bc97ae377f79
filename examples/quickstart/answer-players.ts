import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** Listens where the environment says, and answers each packet of a player by its number and the server's name. */
export async function answerPlayers(): Promise<Socket> {
  const { SERVER_ID, SERVER_HOST, SERVER_PORT } = process.env;
  const socket = createSocket("udp4");
  socket.on("message", (message, player) => {
    const { sequence } = JSON.parse(String(message)) as { sequence: number };
    socket.send(JSON.stringify({ sequence, server: SERVER_ID }), player.port, player.address);
  });
  socket.bind(Number(SERVER_PORT), SERVER_HOST);
  await once(socket, "listening");
  return socket;
}
