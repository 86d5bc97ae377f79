import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { applyUpdate } from "../../src/apply/apply-update.js";
import type { Update } from "../../src/open-update.js";
import { folderSource } from "../../src/source/folder-source.js";
import { httpSource } from "../../src/source/http-source.js";
import type { UpdateSource } from "../../src/source/update-source.js";
import { type Fault, fileServer } from "../fixture/file-server.js";
import { handmadeUpdate, sha256 } from "../fixture/handmade-update.js";
import { edited, noise } from "../fixture/sample-bytes.js";
import { formatSplice } from "../fixture/splice-format.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { engines, gameTree } from "../fixture/update-fixture.js";
import { writeTree } from "../fixture/write-tree.js";

const old = noise(4_000);
const fresh = edited(old);

const game = async () => writeTree(join(await temporaryFolder(), "game"), { a: old });

/** Applies an update that is not what it says: it fails with this code, and no file of it is anywhere to be started. */
async function expectRefused(update: Update, code: string): Promise<void> {
  const root = await game();
  const before = await gameTree(root);
  await expect(applyUpdate(root, update, { engines })).rejects.toMatchObject({ code });
  expect(await gameTree(root)).toEqual(before);
  expect(await readdir(join(root, ".potassium/stage")).catch(() => [])).toEqual([]);
}

const patchEntry = (patch: Uint8Array, more: object = {}) => ({
  path: "a",
  action: "patch",
  old_hash: sha256(old),
  new_hash: sha256(fresh),
  old_size: old.length,
  new_size: fresh.length,
  patch_file: "a.patch",
  algorithm: "splice",
  patch_hash: sha256(patch),
  patch_size: patch.length,
  ...more,
});
const packedEntry = (content: Uint8Array, packed: Uint8Array, more: object = {}) => ({
  path: "b",
  action: "add",
  new_hash: sha256(content),
  new_size: content.length,
  packed: { file: "b.br", codec: "br", hash: sha256(packed), size: packed.length },
  ...more,
});
const splice = (middle: Uint8Array, prefixBytes = 2_000, suffixBytes = 1_999) =>
  formatSplice({ oldBytes: 4_000, prefixBytes, suffixBytes, middle });
const right = splice(fresh.subarray(2_000, 2_001));

test("a patch as it should be is applied, so that the following fail for their own reasons", async () => {
  const root = await game();
  const update = await handmadeUpdate({ files: [patchEntry(right)] }, { "a.patch": right });
  await applyUpdate(root, update, { engines });
  expect((await readFile(join(root, "a"))).equals(fresh)).toBe(true);
});

describe("declared size lies:", () => {
  test("a patch that has more bytes than its manifest says", async () => {
    const files = [patchEntry(right, { patch_size: right.length - 1 })];
    await expectRefused(await handmadeUpdate({ files }, { "a.patch": right }), "TOO_LARGE");
  });

  test("a patch that has fewer", async () => {
    const files = [patchEntry(right, { patch_size: right.length + 1 })];
    await expectRefused(await handmadeUpdate({ files }, { "a.patch": right }), "BAD_RESPONSE");
  });

  test("a new file that would be larger than its manifest says", async () => {
    const files = [patchEntry(right, { new_size: fresh.length - 1 })];
    await expectRefused(await handmadeUpdate({ files }, { "a.patch": right }), "TOO_LARGE");
  });

  test("a new file that would be smaller", async () => {
    const files = [patchEntry(right, { new_size: fresh.length + 1 })];
    await expectRefused(await handmadeUpdate({ files }, { "a.patch": right }), "HASH_MISMATCH");
  });
});

describe("decompression bomb:", () => {
  const zeros = Buffer.alloc(64 * 2 ** 20);
  const bomb = brotliCompressSync(zeros);

  test("it is cut off at the declared size", async () => {
    const root = await game();
    const files = [packedEntry(Buffer.from("small"), bomb)];
    const update = await handmadeUpdate({ files }, { "b.br": bomb });
    const refusal = applyUpdate(root, update, { engines });
    await expect(refusal).rejects.toMatchObject({ code: "TOO_LARGE", path: "b" });
    const left = await readdir(join(root, ".potassium/download"));
    expect(left.filter((name) => name.startsWith("scratch"))).toEqual([]);
  });

  test("without a declared size, at the caller's limit", async () => {
    const root = await game();
    const files = [packedEntry(Buffer.from("small"), bomb, { new_size: undefined })];
    const update = await handmadeUpdate({ files }, { "b.br": bomb });
    const refusal = applyUpdate(root, update, { maxUnsizedBytes: 100_000 });
    await expect(refusal).rejects.toMatchObject({ code: "TOO_LARGE", path: "b" });
  });

  test("a packed file that ends too early, and one that is none", async () => {
    const content = noise(3_000, 6);
    const whole = brotliCompressSync(content);
    for (const packed of [whole.subarray(0, whole.length - 3), Buffer.from([0xff, 1, 2, 3])]) {
      const files = [packedEntry(content, packed)];
      await expectRefused(await handmadeUpdate({ files }, { "b.br": packed }), "CORRUPT_PATCH");
    }
  });

  test("a packed file that expands to other bytes", async () => {
    const packed = brotliCompressSync(noise(3_000, 7));
    const files = [packedEntry(noise(3_000, 6), packed)];
    await expectRefused(await handmadeUpdate({ files }, { "b.br": packed }), "HASH_MISMATCH");
  });
});

describe("hostile patch: CORRUPT_PATCH and no output,", () => {
  const patches: Readonly<Record<string, Uint8Array>> = {
    "over 2^53": (() => {
      const patch = Buffer.from(right);
      patch.writeBigUInt64LE(2n ** 60n, 16);
      return patch;
    })(),
    "sums that don't fit": splice(Buffer.from("x"), 3_000, 3_000),
    "a short stream": right.subarray(0, 20),
    "a trailing stream": Buffer.concat([right, Buffer.from("more")]),
    "another format": Buffer.from("BSDIFF40".padEnd(64, "x")),
  };
  for (const [what, patch] of Object.entries(patches)) {
    test(what, async () => {
      const files = [patchEntry(patch)];
      await expectRefused(await handmadeUpdate({ files }, { "a.patch": patch }), "CORRUPT_PATCH");
    });
  }

  test("a well-formed patch that makes other bytes is HASH_MISMATCH", async () => {
    const patch = splice(Buffer.from("?"));
    const files = [patchEntry(patch)];
    await expectRefused(await handmadeUpdate({ files }, { "a.patch": patch }), "HASH_MISMATCH");
  });
});

test("mix-and-match: a patch that another manifest was signed with is refused by its hash and size", async () => {
  const other = splice(Buffer.from("?"));
  const files = [patchEntry(right)];
  await expectRefused(await handmadeUpdate({ files }, { "a.patch": other }), "HASH_MISMATCH");
});

test("Go's manifests, without sizes and patch hashes, are applied with the checks that are possible", async () => {
  const entry = {
    path: "a",
    action: "patch",
    old_hash: sha256(old),
    new_hash: sha256(fresh),
    patch_file: "a.patch",
    algorithm: "splice",
  };
  const added = { path: "in/b", action: "add", new_hash: sha256("b") };
  const files = [entry, added];
  const root = await game();
  const update = await handmadeUpdate({ files }, { "a.patch": right, "new/in/b": "b" });
  await applyUpdate(root, update, { engines });
  expect(await gameTree(root)).toEqual({ a: sha256(fresh), in: "folder", "in/b": sha256("b") });

  const wrong = await handmadeUpdate({ files }, { "a.patch": splice(Buffer.from("?")) });
  await expectRefused(wrong, "NOT_FOUND");
  const shipped = { "a.patch": splice(Buffer.from("?")), "new/in/b": "b" };
  await expectRefused(await handmadeUpdate({ files }, shipped), "HASH_MISMATCH");
});

describe("endless data:", () => {
  const body = (sent: { bytes: number }): Fault => {
    return (request, response) => {
      if (request.file === "manifest.json") return false;
      response.writeHead(200);
      const send = () => {
        while (!response.destroyed) {
          sent.bytes += 65_536;
          if (!response.write(Buffer.alloc(65_536))) break;
        }
      };
      response.on("drain", send);
      send();
      return true;
    };
  };

  test.each([
    ["a file of a known size", fresh.length],
    ["a file of an unknown size", undefined],
  ])("an endless HTTP body is cut off, %s", async (_, newSize) => {
    const sent = { bytes: 0 };
    const { url } = await fileServer(await temporaryFolder(), { fault: body(sent) });
    const files = [{ path: "b", action: "add", new_hash: sha256(fresh), new_size: newSize }];
    const update = { ...(await handmadeUpdate({ files })), source: httpSource(url) };
    const root = await game();
    const refusal = applyUpdate(root, update, { maxUnsizedBytes: 200_000 });
    await expect(refusal).rejects.toMatchObject({ code: "TOO_LARGE" });
    // What the kernel's buffers take is not ours.
    expect(sent.bytes).toBeLessThan(64 * 2 ** 20);
  });
});

describe("HTTP redirect:", () => {
  const files = [{ path: "b", action: "add", new_hash: sha256(fresh), new_size: fresh.length }];
  const redirect =
    (location: string): Fault =>
    (_, response) => {
      response.writeHead(302, { location }).end();
      return true;
    };

  test.each([
    "file:///etc/passwd",
    "ftp://127.0.0.1/b",
    "data:text/plain,x",
    "http://user:pw@127.0.0.1/b",
  ])("to %s is not followed", async (location) => {
    const { url } = await fileServer(await temporaryFolder(), { fault: redirect(location) });
    const update = { ...(await handmadeUpdate({ files })), source: httpSource(url) };
    await expectRefused(update, "BAD_RESPONSE");
  });

  test("without an end is not followed for ever", async () => {
    const { url, requests } = await fileServer(await temporaryFolder(), { fault: redirect("/b") });
    const update = { ...(await handmadeUpdate({ files })), source: httpSource(url) };
    await expectRefused(update, "BAD_RESPONSE");
    expect(requests.length).toBeLessThan(30);
  });

  test("to another host is followed without our headers, and what comes is proven by hash", async () => {
    const shipped = await writeTree(join(await temporaryFolder(), "cdn"), { b: fresh, c: old });
    const cdn = await fileServer(shipped);
    for (const [file, works] of [
      ["b", true],
      ["c", false],
    ] as const) {
      const fault = redirect(`${cdn.url}${file}`);
      const origin = await fileServer(await temporaryFolder(), { fault });
      const headers = { authorization: "Bearer secret", "x-token": "secret" };
      const source = httpSource(origin.url, { headers });
      const root = await game();
      const update = { ...(await handmadeUpdate({ files })), source };
      const outcome = await applyUpdate(root, update).catch(({ code }) => code);
      expect(outcome).toEqual(
        works ? expect.objectContaining({ toVersion: "1.1.0" }) : "HASH_MISMATCH",
      );
      expect(origin.requests[0]?.headers).toMatchObject(headers);
    }
    for (const { headers } of cdn.requests) {
      expect(headers).not.toHaveProperty("authorization");
      expect(headers).not.toHaveProperty("x-token");
    }
  });
});

describe("range ignored by the server:", () => {
  test("what was downloaded before is passed over, not appended to", async () => {
    const content = noise(300_000, 4);
    const shipped = await writeTree(join(await temporaryFolder(), "served"), { "new/b": content });
    const { url, requests } = await fileServer(shipped, { ranges: false });
    const files = [{ path: "b", action: "add", new_hash: sha256(content), new_size: 300_000 }];
    const update = { ...(await handmadeUpdate({ files })), source: httpSource(url) };
    const root = await game();
    const controller = new AbortController();
    const first = applyUpdate(root, update, {
      signal: controller.signal,
      onProgress: (progress) => {
        if (progress.phase === "download" && progress.doneBytes > 0) {
          controller.abort(new Error("off"));
        }
      },
    });
    await expect(first).rejects.toThrow("off");
    await applyUpdate(root, update);
    expect(requests.at(-1)?.range).toMatch(/^bytes=[1-9]/);
    expect((await readFile(join(root, "b"))).equals(content)).toBe(true);
  });
});

test("patch_file escaping: what a source is asked for never leaves its folder", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "secret"), "secret");
  const source = folderSource(join(folder, "update"));
  for (const file of ["../secret", join(folder, "secret"), "http://x/y", "a/../../secret"]) {
    await expect(source.open(file)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    const files = [patchEntry(right, { patch_file: file })];
    await expect(handmadeUpdate({ files })).rejects.toMatchObject({ code: "INVALID_MANIFEST" });
  }
});

test("a source that gives the same bytes for ever, or none, is left", async () => {
  const files = [{ path: "b", action: "add", new_hash: sha256(fresh), new_size: fresh.length }];
  let left = false;
  async function* chunks() {
    try {
      for (;;) yield Buffer.alloc(3_000);
    } finally {
      left = true;
    }
  }
  const source: UpdateSource = { name: "endless", open: async () => ({ chunks: chunks() }) };
  await expectRefused({ ...(await handmadeUpdate({ files })), source }, "TOO_LARGE");
  expect(left).toBe(true);
});
