/**
 * A program for `node -e` whose arguments are a host, a port and a text: it sends the text until an answer comes,
 * for a server that has just started may not listen yet, and prints that.
 */
export const udpQuestion = `const [host, port, text] = process.argv.slice(1);
  const socket = require("node:dgram").createSocket("udp4");
  const timer = setInterval(() => socket.send(text, Number(port), host), 100);
  socket.once("message", (answer) => { console.log(String(answer)); process.exit(0); });
  setTimeout(() => process.exit(1), 20_000);`;
