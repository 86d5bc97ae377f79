import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatHostPort, Route, RouteJson } from "../../src/index.js";
import { host, ip, port } from "../arbitrary/text.js";
import { expectRoundTrip } from "../round-trip.js";
import { schemaTable } from "../schema-table.js";

schemaTable("Route", Route, {
  accepts: [
    { playerIp: "192.168.1.50", backend: "10.99.0.10:5520" },
    { playerIp: "fd00::1", backend: "[fd00::2]:5520" },
  ],
  makes: [
    [
      { playerIp: "::ffff:192.168.1.50", backend: "Game-1:5520" },
      { playerIp: "192.168.1.50", backend: "game-1:5520" },
    ],
  ],
  rejects: [
    [{ playerIp: "player", backend: "a:1" }, "playerIp"],
    [{ playerIp: "192.168.1.50:9", backend: "a:1" }, "playerIp"],
    [{ playerIp: "192.168.1.50", backend: "10.99.0.10" }, "backend"],
    [{ playerIp: "192.168.1.50" }, "backend"],
    [{ playerIp: "192.168.1.50", backend: "a:1", ttl: 1 }, "ttl"],
  ],
});

test("RouteJson is Peel's body, and leaves out what it doesn't know", () => {
  const json = { player_ip: "192.168.1.50", backend: "10.99.0.10:5520" };
  const route = { playerIp: "192.168.1.50", backend: "10.99.0.10:5520" };
  expect(RouteJson.decode({ ...json, since: "today" })).toStrictEqual(route);
  expect(RouteJson.encode(route)).toStrictEqual(json);
});

test("RouteJson reads what it writes", () => {
  const route = fc
    .record({ playerIp: ip, host: fc.oneof(host, ip), port })
    .map(({ playerIp, ...backend }) => Route.parse({ playerIp, backend: formatHostPort(backend) }));
  expectRoundTrip(RouteJson, route);
});
