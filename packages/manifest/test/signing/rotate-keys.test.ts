import { expect, test } from "vitest";
import {
  createManifest,
  generateKeyPair,
  rotateKeys,
  signManifest,
  verifySignatures,
  writeKeys,
} from "../../src/index.js";

const [old, next, third] = [generateKeyPair(), generateKeyPair(), generateKeyPair()];
const code = (name: string) => expect.objectContaining({ name: "ManifestError", code: name });
const pinned = { keys: [old.publicKey] };
const toNext = writeKeys({ keys: [next.publicKey], threshold: 1, sequence: 1 });

test("keys that the present ones have signed take their place", () => {
  const trust = rotateKeys(pinned, toNext, signManifest(toNext, [old.privateKey]));
  expect(trust).toEqual({ keys: [next.publicKey], threshold: 1, sequence: 1 });
  const bytes = createManifest("1", "2").toBytes();
  expect(verifySignatures(bytes, signManifest(bytes, [next.privateKey]), trust)).toHaveLength(1);
  expect(() => verifySignatures(bytes, signManifest(bytes, [old.privateKey]), trust)).toThrow(
    code("BAD_SIGNATURE"),
  );
});

test("new keys can't sign themselves in", () => {
  expect(() => rotateKeys(pinned, toNext, signManifest(toNext, [next.privateKey]))).toThrow(
    code("BAD_SIGNATURE"),
  );
});

test("the threshold of the present keys counts, not that of the new ones", () => {
  const two = { keys: [old.publicKey, third.publicKey], threshold: 2 };
  expect(() => rotateKeys(two, toNext, signManifest(toNext, [old.privateKey]))).toThrow(
    code("BAD_SIGNATURE"),
  );
  const both = signManifest(toNext, [old.privateKey, third.privateKey]);
  expect(rotateKeys(two, toNext, both).keys).toEqual([next.publicKey]);
});

test("keys rotate again and again, and never back", () => {
  const second = rotateKeys(pinned, toNext, signManifest(toNext, [old.privateKey]));
  const toThird = writeKeys({
    keys: [next.publicKey, third.publicKey],
    threshold: 2,
    sequence: 2,
  });
  const last = rotateKeys(second, toThird, signManifest(toThird, [next.privateKey]));
  expect(last).toMatchObject({ threshold: 2, sequence: 2 });
  const again = signManifest(toNext, [next.privateKey, third.privateKey]);
  expect(() => rotateKeys(last, toNext, again)).toThrow(code("DOWNGRADE"));
  const same = signManifest(toThird, [next.privateKey, third.privateKey]);
  expect(() => rotateKeys(last, toThird, same)).toThrow(code("DOWNGRADE"));
});

test.each([
  ["a manifest", createManifest("1", "2", { sequence: 9 }).toBytes()],
  [
    "what has more fields",
    `{"sequence":1,"threshold":1,"keys":["${next.publicKey}"],"from_version":"1"}`,
  ],
  ["no sequence", `{"threshold":1,"keys":["${next.publicKey}"]}`],
  ["no threshold", `{"sequence":1,"keys":["${next.publicKey}"]}`],
  ["no keys", '{"sequence":1,"threshold":1,"keys":[]}'],
  ["a threshold above the keys", `{"sequence":1,"threshold":2,"keys":["${next.publicKey}"]}`],
  ["a negative sequence", `{"sequence":-1,"threshold":1,"keys":["${next.publicKey}"]}`],
  ["a key that is none", '{"sequence":1,"threshold":1,"keys":["AAAA"]}'],
  ["a list", "[]"],
  ["null", "null"],
  ["no JSON", "keys"],
])("%s is no keys document, even where it is signed", (_, text) => {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  expect(() => rotateKeys(pinned, bytes, signManifest(bytes, [old.privateKey]))).toThrow(
    code("INVALID_MANIFEST"),
  );
});

test("a keys document is not parsed before its signature is checked", () => {
  const bytes = new TextEncoder().encode("no JSON");
  expect(() => rotateKeys(pinned, bytes, signManifest(bytes, [next.privateKey]))).toThrow(
    code("BAD_SIGNATURE"),
  );
});

test("writeKeys refuses keys that could not be trusted", () => {
  expect(() => writeKeys({ keys: [], threshold: 1, sequence: 1 })).toThrow(
    code("INVALID_ARGUMENT"),
  );
  expect(() => writeKeys({ keys: [next.publicKey], threshold: 2, sequence: 1 })).toThrow(
    code("INVALID_ARGUMENT"),
  );
});
