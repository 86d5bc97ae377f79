// Stands for your game: listens on the port that it is told, and says when it is ready.
import { createSocket } from "node:dgram";

const socket = createSocket("udp4");
socket.bind(Number(process.env.SERVER_PORT), process.env.SERVER_HOST, () => console.log("ready"));
process.once("SIGTERM", () => socket.close());
