import * as fc from "fast-check";
import { expect, test } from "vitest";
import { groupPorts } from "../../src/ports/port-group.js";

const free = { first: 20_000, last: 29_999 };

test("fixed ports come first, then ranges, then those without a wish", () => {
  const groups = groupPorts(
    [
      { container: 1, protocol: "udp" },
      { container: 2, protocol: "udp", range: "7000-7009" },
      { container: 3, protocol: "udp", host: 7000 },
    ],
    free,
  );
  expect(groups.map(({ indexes, range }) => [indexes, range])).toEqual([
    [[2], { first: 7000, last: 7000 }],
    [[1], { first: 7000, last: 7009 }],
    [[0], free],
  ]);
});

test("one number as UDP and as TCP port with the same wish is one group", () => {
  const groups = groupPorts(
    [
      { container: 25_565, protocol: "tcp" },
      { container: 25_565, protocol: "udp" },
      { container: 25_565, protocol: "udp", range: "7000-7009" },
    ],
    free,
  );
  expect(groups.map(({ indexes, protocols }) => [indexes, protocols])).toEqual([
    [[2], ["udp"]],
    [
      [0, 1],
      ["tcp", "udp"],
    ],
  ]);
});

test("every port is in one group, and no group has a protocol twice", () => {
  const port = fc.record({
    container: fc.integer({ min: 1, max: 3 }),
    protocol: fc.constantFrom("udp" as const, "tcp" as const),
    range: fc.constantFrom(undefined, "7000-7009"),
  });
  fc.assert(
    fc.property(fc.array(port), (ports) => {
      const groups = groupPorts(ports, free);
      const indexes = groups.flatMap((group) => group.indexes).sort((a, b) => a - b);
      expect(indexes).toEqual(ports.map((_, index) => index));
      for (const { protocols } of groups) expect(new Set(protocols).size).toBe(protocols.length);
    }),
  );
});
