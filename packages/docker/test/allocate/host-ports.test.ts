import type { PortBinding } from "@potassium/core-types";
import fc from "fast-check";
import { expect, test } from "vitest";
import { HostPorts, refusedPorts } from "../../src/allocate/host-ports.js";

const udp = (wish: object = {}): PortBinding => ({ container: 5520, protocol: "udp", ...wish });
const tcp = (wish: object = {}): PortBinding => ({ container: 5520, protocol: "tcp", ...wish });
const ports = () => new HostPorts({ first: 100, last: 109 });
const none: ReadonlySet<string> = new Set();
const hosts = (bindings: readonly PortBinding[]) => bindings.map(({ host }) => host);
const keyOf = ({ host, protocol }: PortBinding) => `${host}/${protocol}`;

const protocol = fc.constantFrom("udp" as const, "tcp" as const);
const number = fc.integer({ min: 100, max: 109 });
const wish: fc.Arbitrary<PortBinding> = fc.oneof(
  protocol.map((name): PortBinding => ({ container: 1, protocol: name })),
  fc.record({ container: fc.constant(1), protocol, host: number }),
  fc.record({ container: fc.constant(1), protocol, range: fc.constantFrom("100-104", "103-109") }),
);
const takenPort = fc.record({ container: fc.constant(1), protocol, host: number });

test("chosen ports are free, in their range and never twice; fixed ones are as they were wished", () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 8 }), fc.array(takenPort), (wishes, taken) => {
      let bindings: readonly PortBinding[];
      try {
        ({ bindings } = ports().reserve(wishes, taken, none, true));
      } catch (error) {
        expect(error).toMatchObject({
          code: expect.stringMatching(/^PORT_IN_USE|PORTS_EXHAUSTED$/),
        });
        return;
      }
      const chosen = bindings.map(keyOf);
      expect(new Set(chosen).size).toBe(wishes.length);
      expect(chosen.filter((key) => taken.map(keyOf).includes(key))).toEqual([]);
      for (const [index, { host, range = "100-109" }] of wishes.entries()) {
        const got = bindings[index]?.host ?? 0;
        const [first = 0, last = 0] = range.split("-").map(Number);
        if (host !== undefined) expect(got).toBe(host);
        else expect(got >= first && got <= last).toBe(true);
      }
    }),
  );
});

test("wishes without a range fail exactly when a naive search finds too few ports", () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), fc.array(takenPort), (count, taken) => {
      const used = new Set(taken.filter((port) => port.protocol === "udp").map(({ host }) => host));
      const wishes = Array.from({ length: count }, () => udp());
      const reserve = () => ports().reserve(wishes, taken, none, true);
      if (count <= 10 - used.size) reserve();
      else expect(reserve).toThrow(expect.objectContaining({ code: "PORTS_EXHAUSTED" }));
    }),
  );
});

test("fixed ports come before ranges, whatever their order", () => {
  const { bindings } = ports().reserve(
    [udp({ range: "100-101" }), udp({ host: 100 })],
    [],
    none,
    true,
  );
  expect(hosts(bindings)).toEqual([101, 100]);
});

test("a fixed port that is taken is PORT_IN_USE and names its binding", () => {
  const reserve = () =>
    ports().reserve([udp(), udp({ host: 105 })], [udp({ host: 105 })], none, true);
  expect(reserve).toThrow(expect.objectContaining({ code: "PORT_IN_USE", field: "ports[1].host" }));
});

test("udp and tcp of one number are two ports", () => {
  const { bindings } = ports().reserve([udp({ host: 105 })], [tcp({ host: 105 })], none, true);
  expect(hosts(bindings)).toEqual([105]);
});

test("what is reserved is taken until it is released, and a call that fails reserves nothing", () => {
  const pool = ports();
  const first = pool.reserve([udp({ range: "100-101" })], [], none, true);
  expect(hosts(pool.reserve([udp({ range: "100-101" })], [], none, true).bindings)).toEqual([101]);
  expect(() =>
    pool.reserve([tcp({ host: 109 }), udp({ range: "100-101" })], [], none, true),
  ).toThrow(expect.objectContaining({ code: "PORTS_EXHAUSTED", field: "ports[1].range" }));
  expect(hosts(pool.reserve([tcp({ host: 109 })], [], none, true).bindings)).toEqual([109]);
  first.release();
  expect(hosts(pool.reserve([udp({ range: "100-101" })], [], none, true).bindings)).toEqual([100]);
});

test("a port that the engine refused is passed over", () => {
  const { bindings } = ports().reserve([udp(), tcp()], [], new Set(["100/udp"]), true);
  expect(hosts(bindings)).toEqual([101, 100]);
});

test("on a network a binding without a wish gets no port of the host's, one with a range does", () => {
  const { bindings } = ports().reserve([udp(), tcp({ range: "103" })], [], none, false);
  expect(hosts(bindings)).toEqual([undefined, 103]);
  expect(bindings[0]).not.toHaveProperty("range");
});

const wishes = [udp({ host: 105 }), tcp({ range: "100-109" }), udp({ container: 1 })];
const chosen = [udp({ host: 105 }), tcp({ host: 105 }), udp({ container: 1, host: 101 })];

test("the port that the engine names is refused, and no other", () => {
  expect(refusedPorts(wishes, chosen, 101)).toEqual(["101/udp"]);
});

test("of a number that is fixed for one protocol, the other one is given up", () => {
  expect(refusedPorts(wishes, chosen, 105)).toEqual(["105/tcp"]);
});

test.each([undefined, 9999])("where %s is named, all that were chosen are given up", (named) => {
  expect(refusedPorts(wishes, chosen, named)).toEqual(["105/tcp", "101/udp"]);
});

test("a fixed port that the engine can't give is PORT_IN_USE and names its binding", () => {
  const fixed = [tcp({ host: 104 }), udp({ host: 105 }), tcp({ host: 105 })];
  for (const [named, field] of [
    [104, "ports[0].host"],
    [105, "ports[1].host"],
  ] as const) {
    expect(() => refusedPorts(fixed, fixed, named)).toThrow(
      expect.objectContaining({ code: "PORT_IN_USE", field }),
    );
  }
});
