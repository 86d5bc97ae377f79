// #region example
import { AllocateRequest, hasErrorCode, parseInput, ServerInfoJson } from "@potassium/core-types";

const body = '{ "image": "skywars", "ports": [{ "container": 70000, "protocol": "udp" }] }';
try {
  parseInput(AllocateRequest, JSON.parse(body), "allocate request");
} catch (error) {
  if (!hasErrorCode(error, "INVALID_ARGUMENT")) throw error;
  console.log(error.field); // ports[0].container
}

// As the Go library writes it, and back.
const record =
  '{ "id": "lobby-1", "type": "lobby", "host": "10.99.0.2", "port": 5520, "matches": null }';
const server = ServerInfoJson.decode(JSON.parse(record));
console.log(JSON.stringify(ServerInfoJson.encode({ ...server, players: 4 })));
// #endregion
