import { canonicalIp } from "@potassium/core-types";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RelayClient } from "../../src/index.js";
import { http, RawServer } from "../fixture/raw-server.js";

let server: RawServer;
let client: RelayClient;

beforeAll(async () => {
  server = await RawServer.start((socket) => socket.write(http(200, '{"status":"ok"}\n')));
  client = new RelayClient(`${server.url}/base`);
});

afterAll(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

const zone = fc.stringMatching(/^[A-Za-z0-9._~-]{1,64}$/);
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4().map((ip) => `::FFFF:${ip}`),
  fc.tuple(fc.ipV6(), zone).map(([ip, id]) => `${ip}%${id}`),
);

test("any address, in any spelling, is one segment of the path that decodes to its canonical form", async () => {
  await fc.assert(
    fc.asyncProperty(address, fc.boolean(), async (ip, session) => {
      if (session) await client.deleteSession(ip);
      else await client.deleteRoute(ip);
      const [method, path = ""] = server.requests.at(-1)?.split(" ") ?? [];
      expect(method).toBe("DELETE");
      const [root, base, what, segment = "", ...more] = path.split("/");
      expect([root, base, what, more]).toEqual(["", "base", session ? "sessions" : "routes", []]);
      expect(segment).toMatch(/^[\w.~%-]+$/);
      expect(decodeURIComponent(segment)).toBe(canonicalIp(ip));
    }),
    { numRuns: 200 },
  );
}, 30_000);

test("any text is either sent as an address or refused before anything is sent", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
      fc.pre(canonicalIp(text) === undefined);
      const before = server.requests.length;
      await expect(client.deleteRoute(text)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
      expect(server.requests.length).toBe(before);
    }),
  );
}, 30_000);
