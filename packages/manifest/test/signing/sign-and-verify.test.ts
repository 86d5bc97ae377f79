import { createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { generateKeyPair, signManifest, verifySignatures } from "../../src/index.js";

const bytes = new TextEncoder().encode('{"from_version":"1"}');
const [one, two, three] = [generateKeyPair(), generateKeyPair(), generateKeyPair()];
const stranger = generateKeyPair();
const bad = expect.objectContaining({ name: "ManifestError", code: "BAD_SIGNATURE" });

interface Entry {
  key_id: string;
  algorithm: string;
  signature: string;
}
const entries = (signatures: Uint8Array): Entry[] =>
  JSON.parse(Buffer.from(signatures).toString()).signatures;
const file = (signatures: unknown): Uint8Array => Buffer.from(JSON.stringify({ signatures }));

test("what a key has signed, the key verifies", () => {
  const signatures = signManifest(bytes, [one.privateKey]);
  expect(verifySignatures(bytes, signatures, { keys: [one.publicKey] })).toEqual([one.keyId]);
});

test("a signature file names its keys and its algorithm", () => {
  expect(entries(signManifest(bytes, [one.privateKey, two.privateKey]))).toEqual([
    { key_id: one.keyId, algorithm: "ed25519", signature: expect.any(String) },
    { key_id: two.keyId, algorithm: "ed25519", signature: expect.any(String) },
  ]);
  expect(one.keyId).toMatch(/^[0-9a-f]{16}$/);
});

test("signing is reproducible", () => {
  expect(signManifest(bytes, [one.privateKey])).toEqual(signManifest(bytes, [one.privateKey]));
});

test("not a bit of the bytes may change, not even where the JSON means the same", () => {
  const signatures = signManifest(bytes, [one.privateKey]);
  const trust = { keys: [one.publicKey] };
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => verifySignatures(changed, signatures, trust)).toThrow(bad);
  }
  const spaced = Buffer.concat([bytes, Buffer.from(" ")]);
  expect(() => verifySignatures(spaced, signatures, trust)).toThrow(bad);
});

describe("a signature does not count", () => {
  const trust = { keys: [one.publicKey] };
  const [right] = entries(signManifest(bytes, [one.privateKey])) as [Entry];
  const rows: Readonly<Record<string, unknown>> = {
    "where there is none": [],
    "of an unknown key": entries(signManifest(bytes, [stranger.privateKey])),
    "of an unknown key under a known key's id": [
      { ...entries(signManifest(bytes, [stranger.privateKey]))[0], key_id: one.keyId },
    ],
    "under another key's id": [{ ...right, key_id: two.keyId }],
    "of another algorithm": [{ ...right, algorithm: "none" }],
    "of another algorithm in other letters": [{ ...right, algorithm: "ED25519" }],
    "without an algorithm": [{ key_id: right.key_id, signature: right.signature }],
    "that is empty": [{ ...right, signature: "" }],
    "that is cut short": [{ ...right, signature: right.signature.slice(0, 40) }],
    "that is no text": [{ ...right, signature: 7 }],
    "that is an HMAC with the public key as its secret": [
      { ...right, algorithm: "hs256", signature: one.publicKey },
    ],
    "that is no object": [null, 1, "a", []],
    "where the list is none": { 0: right, length: 1 },
  };
  for (const [what, signatures] of Object.entries(rows)) {
    test(what, () => {
      expect(() => verifySignatures(bytes, file(signatures), trust)).toThrow(bad);
    });
  }

  test("where the signature file can't be read", () => {
    for (const text of ["", "{", "null", "[]", "<html>", "[".repeat(50_000)]) {
      expect(() => verifySignatures(bytes, Buffer.from(text), trust)).toThrow(bad);
    }
    expect(() => verifySignatures(bytes, Buffer.alloc(70_000, " "), trust)).toThrow(bad);
  });

  test("and a right one beside it still does", () => {
    const others = Object.values(rows).flatMap((row) => (Array.isArray(row) ? row : []));
    expect(verifySignatures(bytes, file([...others, right]), trust)).toEqual([one.keyId]);
  });
});

test("as many keys as the threshold says must have signed, and each counts once", () => {
  const trust = { keys: [one, two, three].map(({ publicKey }) => publicKey), threshold: 2 };
  const byOne = entries(signManifest(bytes, [one.privateKey]));
  const byTwo = entries(signManifest(bytes, [two.privateKey]));
  const byStranger = entries(signManifest(bytes, [stranger.privateKey]));
  expect(() => verifySignatures(bytes, file(byOne), trust)).toThrow(bad);
  expect(() => verifySignatures(bytes, file([...byOne, ...byOne]), trust)).toThrow(bad);
  expect(() => verifySignatures(bytes, file([...byOne, ...byStranger]), trust)).toThrow(bad);
  expect(verifySignatures(bytes, file([...byTwo, ...byOne]), trust)).toEqual([
    one.keyId,
    two.keyId,
  ]);
});

test("a public key may have the line feed behind it that an editor puts into its file", () => {
  const signatures = signManifest(bytes, [one.privateKey]);
  expect(verifySignatures(bytes, signatures, { keys: [`${one.publicKey}\n`] })).toEqual([
    one.keyId,
  ]);
});

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (key: typeof rsa.privateKey) => key.export({ format: "pem", type: "pkcs8" }).toString();
const spki = (key: typeof rsa.publicKey) =>
  key.export({ format: "der", type: "spki" }).toString("base64");

test.each([
  ["keys", { keys: [] }],
  ["keys", { keys: [one.publicKey, one.publicKey] }],
  ["keys[0]", { keys: [one.keyId] }],
  ["keys[0]", { keys: [one.privateKey] }],
  ["keys[0]", { keys: [`${one.publicKey.slice(0, 9)}\n${one.publicKey.slice(9)}`] }],
  ["keys", { keys: [one.publicKey, `${one.publicKey}\n`] }],
  ["keys[1]", { keys: [one.publicKey, spki(rsa.publicKey)] }],
  ["keys[0]", { keys: [spki(generateKeyPairSync("ed448").publicKey)] }],
  ["keys[0]", { keys: [spki(generateKeyPairSync("x25519").publicKey)] }],
  ["threshold", { keys: [one.publicKey], threshold: 0 }],
  ["threshold", { keys: [one.publicKey], threshold: 2 }],
  ["threshold", { keys: [one.publicKey], threshold: 0.5 }],
  ["threshold", { keys: [one.publicKey], threshold: Number.NaN }],
  ["treshold", { keys: [one.publicKey], treshold: 2 }],
])("a trust is refused whose %s is wrong: %j", (field, trust) => {
  const signatures = signManifest(bytes, [one.privateKey]);
  expect(() => verifySignatures(bytes, signatures, trust as never)).toThrow(
    expect.objectContaining({ code: "INVALID_ARGUMENT", field: `trust.${field}` }),
  );
});

test("signManifest takes nothing but Ed25519 keys, each once, and tells none of them", () => {
  const invalid = (field: string) => expect.objectContaining({ code: "INVALID_ARGUMENT", field });
  expect(() => signManifest(bytes, [])).toThrow(invalid("privateKeys"));
  expect(() => signManifest(bytes, [one.privateKey, one.privateKey])).toThrow(
    invalid("privateKeys"),
  );
  expect(() => signManifest(bytes, [pem(rsa.privateKey)])).toThrow(invalid("privateKeys[0]"));
  const broken = one.privateKey.replace("MC4", "MC5");
  let message = "";
  try {
    signManifest(bytes, [one.privateKey, broken]);
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain("privateKeys[1]");
  expect(message).not.toContain(broken.split("\n")[1]);
});

test("a signature of plain Ed25519 is taken, so that other tools can sign", () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = spki(createPublicKey(publicKey.export({ format: "pem", type: "spki" })));
  const signature = sign(null, bytes, privateKey).toString("base64");
  const [{ key_id }] = entries(signManifest(bytes, [pem(privateKey)])) as [Entry];
  const signatures = file([{ key_id, algorithm: "ed25519", signature }]);
  expect(verifySignatures(bytes, signatures, { keys: [key] })).toEqual([key_id]);
});
