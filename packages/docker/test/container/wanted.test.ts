import fc from "fast-check";
import { expect, test } from "vitest";
import { fromLabels, isReservedLabel, toLabels } from "../../src/container/wanted.js";
import { sampleWanted } from "./sample.js";

test("what was wanted is read back from the labels as it was", () => {
  const port = fc.record({
    container: fc.integer({ min: 1, max: 65_535 }),
    protocol: fc.constantFrom("udp" as const, "tcp" as const),
    host: fc.integer({ min: 1, max: 65_535 }),
  });
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 50 });
  // No request comes this far with such a key.
  const key = text.filter((drawn) => drawn !== "__proto__");
  const label = fc.dictionary(fc.stringMatching(/^[a-z][a-z.]{0,9}$/), key);
  fc.assert(
    fc.property(fc.array(port), key, label, (ports, idempotencyKey, labels) => {
      const wanted = { ...sampleWanted, ports, idempotencyKey, labels, ip: "10.99.0.10" };
      expect(fromLabels(toLabels(wanted), "test")).toEqual(wanted);
    }),
  );
});

test("a container of another namespace, or of nobody, is not ours", () => {
  expect(fromLabels(toLabels(sampleWanted), "other")).toBeUndefined();
  expect(fromLabels({}, "test")).toBeUndefined();
});

test.each(["", "{", "null", "[]", '{"namespace":"test"}', '{"__proto__":{}}'])(
  "a container whose label reads %j is passed over and breaks nothing",
  (text) => {
    const labels = { ...toLabels(sampleWanted), "potassium.wanted": text };
    expect(fromLabels(labels, "test")).toBeUndefined();
  },
);

test("the caller's labels can't take the place of ours", () => {
  const labels = { "potassium.namespace": "other", mode: "skywars" };
  const written = toLabels({ ...sampleWanted, labels });
  expect(written).toMatchObject({ "potassium.namespace": "test", mode: "skywars" });
  expect(isReservedLabel("potassium.namespace")).toBe(true);
  expect(isReservedLabel("potassiumish")).toBe(false);
});
