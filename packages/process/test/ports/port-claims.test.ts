import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { type PortBinding, parsePortRange } from "@potassium/core-types";
import { expect, test } from "vitest";
import { PortClaims, releaseClaims } from "../../src/ports/port-claims.js";
import { freeRange } from "../free-range.js";
import { temporaryFolder } from "../temporary-folder.js";

const { signal } = new AbortController();

async function claims(range: string, address = "127.0.0.1") {
  const folder = await temporaryFolder();
  const free = parsePortRange(range) ?? expect.fail(range);
  const ports = new PortClaims({ folder: folder.path, address, free });
  return {
    claim: (server: string, ...bindings: PortBinding[]) => ports.claim(bindings, server, signal),
    files: () => readdirSync(folder.path).sort(),
    [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
  };
}

test("a server with the same number as UDP and as TCP port gets one number for both", async () => {
  const { range } = await freeRange(20);
  await using ports = await claims(range);
  const { numbers } = await ports.claim(
    "one",
    { container: 25_565, protocol: "tcp" },
    { container: 25_565, protocol: "udp" },
  );
  expect(numbers[0]).toBe(numbers[1]);
  expect(ports.files()).toEqual([`tcp-${numbers[0]}`, `udp-${numbers[0]}`]);
});

test("two ports of one server never get the same number of a range", async () => {
  const { range, first } = await freeRange(2);
  await using ports = await claims(range);
  const binding = { protocol: "udp", range } as const;
  const { numbers } = await ports.claim(
    "one",
    { container: 1, ...binding },
    { container: 2, ...binding },
  );
  expect(numbers).toEqual([first, first + 1]);
});

test("a range does not take a number that the same server wants as its own", async () => {
  const { range, first } = await freeRange(2);
  await using ports = await claims(range);
  const { numbers } = await ports.claim(
    "one",
    { container: 1, protocol: "udp", range },
    { container: 2, protocol: "udp", host: first },
  );
  expect(numbers).toEqual([first + 1, first]);
});

test("a claim that fails at its last port gives back those before it", async () => {
  const { range, first } = await freeRange(3);
  await using ports = await claims(range);
  await ports.claim("other", { container: 1, protocol: "tcp", host: first + 2 });
  const call = ports.claim(
    "one",
    { container: 1, protocol: "tcp", host: first },
    { container: 2, protocol: "tcp", host: first + 1 },
    { container: 3, protocol: "tcp", host: first + 2 },
  );
  await expect(call).rejects.toMatchObject({ code: "PORT_IN_USE", field: "ports[2].host" });
  expect(ports.files()).toEqual([`tcp-${first + 2}`]);
});

test("an exhausted range names itself, and a released number is free again", async () => {
  const { range, first } = await freeRange(1);
  await using ports = await claims("20000-29999");
  const binding = { container: 1, protocol: "udp", range } as const;
  const { paths } = await ports.claim("one", binding);
  await expect(ports.claim("two", binding)).rejects.toMatchObject({
    code: "PORTS_EXHAUSTED",
    field: "ports[0].range",
    message: expect.stringContaining(String(first)),
  });
  await releaseClaims(paths, "one");
  expect((await ports.claim("two", binding)).numbers).toEqual([first]);
});

test("a stranger's socket is seen, at this address or at all addresses, for its protocol alone", async () => {
  const { range, first } = await freeRange(2);
  await using ports = await claims(range);
  const udp = createSocket("udp4").bind(first, "127.0.0.1");
  await once(udp, "listening");
  const tcp = createServer().listen(first + 1, "0.0.0.0");
  await once(tcp, "listening");
  try {
    for (const [protocol, host, code] of [
      ["udp", first, "PORT_IN_USE"],
      ["tcp", first + 1, "PORT_IN_USE"],
    ] as const) {
      await expect(ports.claim("one", { container: 1, protocol, host })).rejects.toMatchObject({
        code,
      });
    }
    await ports.claim("one", { container: 1, protocol: "tcp", host: first });
    await ports.claim("one", { container: 1, protocol: "udp", host: first + 1 });
  } finally {
    udp.close();
    tcp.close();
  }
});

test("a host address that is not this machine's is refused by its field", async () => {
  await using ports = await claims("20000-29999", "192.0.2.1");
  await expect(ports.claim("one", { container: 1, protocol: "udp" })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    field: "hostAddress",
  });
  expect(ports.files()).toEqual([]);
});
