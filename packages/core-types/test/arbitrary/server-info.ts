import * as fc from "fast-check";
import { ServerInfo } from "../../src/index.js";
import { anyText, host, identifier, ip, map, port } from "./text.js";

const match = fc.record({
  status: fc.constantFrom("ready", "busy", "starting"),
  need: fc.nat(100),
  players: fc.array(identifier, { maxLength: 3 }),
});

/** Records that the schema takes. */
export const serverInfo: fc.Arbitrary<ServerInfo> = fc
  .record(
    {
      id: identifier,
      type: fc.constantFrom("lobby", "game"),
      mode: anyText,
      host: fc.oneof(host, ip),
      port,
      webhookPort: port,
      players: fc.nat(),
      maxPlayers: fc.nat(),
      matches: map(identifier, match),
      metadata: map(identifier, anyText),
      labels: map(identifier, anyText),
      health: fc.constantFrom("healthy", "unhealthy"),
    },
    { requiredKeys: ["id", "type", "host", "port"] },
  )
  .map((value) => ServerInfo.parse(value));
