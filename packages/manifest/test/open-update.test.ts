import { describe, expect, test } from "vitest";
import {
  createManifest,
  generateKeyPair,
  ManifestError,
  openUpdate,
  signManifest,
  type UpdateExpectation,
  type UpdateSource,
} from "../src/index.js";
import { bytesOf } from "./fixture/manifests.js";
import { rejectionOf } from "./fixture/rejection-of.js";

const [key, stranger] = [generateKeyPair(), generateKeyPair()];
const trust = { keys: [key.publicKey] };

/** A source of files that are in memory, in pieces of three bytes. */
function sourceOf(files: Readonly<Record<string, Uint8Array>>) {
  const opened: string[] = [];
  const source: UpdateSource = {
    name: "memory",
    async open(file) {
      opened.push(file);
      const bytes = files[file];
      if (bytes === undefined) throw new ManifestError("NOT_FOUND", `${file} is not there`);
      return { totalBytes: bytes.length, chunks: piecesOf(bytes) };
    },
  };
  return { source, opened };
}

async function* piecesOf(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
}

const signed = (manifest: Uint8Array, signer = key) => ({
  "manifest.json": manifest,
  "manifest.json.sig": signManifest(manifest, [signer.privateKey]),
});

const head = {
  product: "skywars",
  platform: "linux-x64",
  channel: "stable",
  expires: "2026-06-01T00:00:00Z",
};
const manifest = createManifest("1.0.0", "1.1.0", head);
const usual: UpdateExpectation = { trust, now: () => new Date("2026-05-31T23:59:59Z") };

function open(expectation: UpdateExpectation, files = signed(manifest.toBytes())) {
  return openUpdate(sourceOf(files).source, expectation);
}

test("openUpdate gives what was signed", async () => {
  const { source } = sourceOf(signed(manifest.toBytes()));
  const update = await openUpdate(source, {
    ...usual,
    product: "skywars",
    platform: "linux-x64",
    channel: "stable",
  });
  expect(update).toEqual({
    manifest: manifest.toManifest(),
    manifestBytes: manifest.toBytes(),
    source,
    signed: true,
  });
  expect(Object.isFrozen(update)).toBe(true);
});

test("a manifest that nobody has signed is taken only where that is asked for", async () => {
  const { source, opened } = sourceOf({ "manifest.json": bytesOf() });
  await expect(openUpdate(source, { trust })).rejects.toMatchObject({ code: "BAD_SIGNATURE" });
  opened.length = 0;
  const update = await openUpdate(source, { allowUnsigned: true });
  expect(update.signed).toBe(false);
  expect(opened).toEqual(["manifest.json"]);
});

test.each([
  [{}, "trust"],
  [undefined, "expectation"],
  [{ allowUnsigned: false }, "trust"],
  [{ trust, allowUnsigned: true }, "allowUnsigned"],
  [{ trust: { keys: [] } }, "trust.keys"],
  [{ trust, prodcut: "a" }, "prodcut"],
  [{ trust, limits: { maxEntries: -1 } }, "limits.maxEntries"],
])("openUpdate refuses the expectation %j before it opens anything", async (expectation, field) => {
  const { source, opened } = sourceOf(signed(manifest.toBytes()));
  await expect(openUpdate(source, expectation as never)).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
    field: field === "expectation" ? "trust" : field,
  });
  expect(opened).toEqual([]);
});

test("the signature is checked before a byte is parsed", async () => {
  const broken = new TextEncoder().encode("no JSON");
  await expect(open(usual, signed(broken, stranger))).rejects.toMatchObject({
    code: "BAD_SIGNATURE",
  });
  await expect(open(usual, signed(broken))).rejects.toMatchObject({ code: "INVALID_MANIFEST" });
});

test("signatures of another manifest don't count", async () => {
  const files = {
    ...signed(manifest.toBytes()),
    "manifest.json": createManifest("1.0.0", "1.2.0").toBytes(),
  };
  await expect(open(usual, files)).rejects.toMatchObject({ code: "BAD_SIGNATURE" });
});

describe.each(["product", "platform", "channel"] as const)("the %s", (field) => {
  test("of another update is refused", async () => {
    await expect(open({ ...usual, [field]: "other" })).rejects.toMatchObject({
      code: "WRONG_TARGET",
      field,
      message: expect.stringContaining('"other"'),
    });
  });

  test("is refused where the manifest doesn't say it", async () => {
    const files = signed(createManifest("1", "2").toBytes());
    await expect(open({ ...usual, [field]: head[field] }, files)).rejects.toMatchObject({
      code: "WRONG_TARGET",
      field,
    });
  });
});

test("an expired manifest is stale from its moment on, unless stale ones are allowed", async () => {
  const now = () => new Date("2026-06-01T00:00:00Z");
  await expect(open({ trust, now })).rejects.toMatchObject({ code: "STALE", field: "expires" });
  expect((await open({ trust, now, allowStale: true })).signed).toBe(true);
  expect((await open(usual)).signed).toBe(true);
});

test("a clock that tells nothing makes a manifest stale, not fresh", async () => {
  const now = () => new Date(Number.NaN);
  await expect(open({ trust, now })).rejects.toMatchObject({ code: "STALE" });
});

test("a manifest that is not there is NOT_FOUND", async () => {
  await expect(openUpdate(sourceOf({}).source, usual)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

/** A source of one file without an end, which tells whether it was left. */
function endless(told: { readonly totalBytes?: number }) {
  const seen = { bytes: 0, left: false };
  async function* chunks() {
    try {
      for (;;) {
        seen.bytes += 1000;
        yield new Uint8Array(1000).fill(0x20);
      }
    } finally {
      seen.left = true;
    }
  }
  const source: UpdateSource = {
    name: "endless",
    open: async () => ({ ...told, chunks: chunks() }),
  };
  return { source, seen };
}

test("data without an end is cut off at the limit, and the source let go", async () => {
  const { source, seen } = endless({});
  const limits = { maxManifestBytes: 10_000 };
  await expect(openUpdate(source, { trust, limits })).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(seen).toEqual({ bytes: 11_000, left: true });
});

test("what is said to be too large is not read to its limit", async () => {
  const { source, seen } = endless({ totalBytes: 10_001 });
  const limits = { maxManifestBytes: 10_000 };
  await expect(openUpdate(source, { trust, limits })).rejects.toMatchObject({ code: "TOO_LARGE" });
  expect(seen).toEqual({ bytes: 1000, left: true });
});

test("a signature file that is too large is no signature", async () => {
  const files = { ...signed(manifest.toBytes()), "manifest.json.sig": new Uint8Array(70_000) };
  await expect(open(usual, files)).rejects.toMatchObject({ code: "BAD_SIGNATURE" });
});

test("an answer that is cut short is BAD_RESPONSE", async () => {
  const source: UpdateSource = {
    name: "short",
    open: async () => ({ totalBytes: 1000, chunks: piecesOf(bytesOf()) }),
  };
  await expect(openUpdate(source, usual)).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("openUpdate stops on its signal, between the pieces too", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const { source, seen } = endless({});
  const aborting: UpdateSource = {
    name: "aborting",
    async open(file, options) {
      controller.abort(reason);
      return source.open(file, options);
    },
  };
  const opening = openUpdate(aborting, { ...usual, signal: controller.signal });
  await expect(opening).rejects.toBe(reason);
  expect(seen.left).toBe(true);
});

test("what is no source is refused, the path of a folder for instance", async () => {
  for (const source of ["updates/1.1", undefined, {}]) {
    const error = await rejectionOf(() => openUpdate(source as never, { allowUnsigned: true }));
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", field: "source" });
  }
});
