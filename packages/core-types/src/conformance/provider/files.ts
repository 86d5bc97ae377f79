import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { collectBytes } from "../../provider/collect-bytes.js";
import { expectCode, rejectionOf } from "../expect-code.js";
import type { ProviderSuite } from "./suite.js";

export function testFiles({ check, image, can, folder }: ProviderSuite): void {
  if (!can("files")) return;
  const path = `${folder}server settings-ü.json`;

  check("copyTo() and copyFrom() carry texts, bytes and streams unchanged", async (provider) => {
    const { id } = await provider.allocate({ image });
    const bytes = randomBytes(300_000);
    async function* stream() {
      for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
    }
    for (const [content, expected] of [
      ["grüße\n", Buffer.from("grüße\n")],
      ["", Buffer.alloc(0)],
      [bytes, bytes],
      [stream(), bytes],
    ] as const) {
      await provider.copyTo(id, path, content);
      const read = await collectBytes(provider.copyFrom(id, path));
      assert.ok(expected.equals(read), `${read.length} bytes instead of ${expected.length}`);
    }
  });

  check("a file whose stream fails stays as it was", async (provider) => {
    const { id } = await provider.allocate({ image });
    await provider.copyTo(id, path, "old");
    async function* broken() {
      yield Buffer.from("half");
      throw new Error("the stream broke");
    }
    assert.match(
      String(await rejectionOf(() => provider.copyTo(id, path, broken()))),
      /the stream broke/,
    );
    assert.equal(String(await collectBytes(provider.copyFrom(id, path))), "old");
  });

  check("copyFrom() rejects with TOO_LARGE beyond the cap", async (provider) => {
    const { id } = await provider.allocate({ image });
    await provider.copyTo(id, path, Buffer.alloc(5000));
    const read = (maxBytes: number) => collectBytes(provider.copyFrom(id, path, { maxBytes }));
    assert.equal((await read(5000)).length, 5000);
    await expectCode("TOO_LARGE", () => read(4999));
  });

  check("deleteFile() deletes the file, and what is missing is NOT_FOUND", async (provider) => {
    const { id } = await provider.allocate({ image });
    await provider.copyTo(id, path, "x");
    await provider.deleteFile(id, path);
    await expectCode("NOT_FOUND", () => collectBytes(provider.copyFrom(id, path)));
    await expectCode("NOT_FOUND", () => provider.deleteFile(id, path));
    await expectCode("NOT_FOUND", () => provider.copyTo(id, `${folder}no/such/folder`, "x"));
    await expectCode("NOT_FOUND", () => provider.copyTo("no-such-server", path, "x"));
    await expectCode("NOT_FOUND", () => provider.deleteFile("no-such-server", path));
  });

  check("paths that are relative or climb are refused", async (provider) => {
    const { id } = await provider.allocate({ image });
    for (const bad of [
      "relative",
      "",
      `${folder}../../../etc/hostname`,
      `${folder}a\0b`,
      `${folder}..`,
    ]) {
      const calls = [
        () => provider.copyTo(id, bad, "x"),
        () => collectBytes(provider.copyFrom(id, bad)),
        () => provider.deleteFile(id, bad),
      ];
      for (const call of calls) {
        assert.equal(
          (await expectCode("INVALID_ARGUMENT", call)).field,
          "path",
          JSON.stringify(bad),
        );
      }
    }
  });

  check("an aborted copyTo() leaves no file", async (provider) => {
    const { id } = await provider.allocate({ image });
    const reason = new Error("enough");
    const controller = new AbortController();
    async function* endless() {
      for (let count = 0; ; count += 1) {
        yield Buffer.alloc(1000);
        if (count === 3) controller.abort(reason);
      }
    }
    const call = provider.copyTo(id, path, endless(), { signal: controller.signal });
    assert.equal(await rejectionOf(() => call), reason);
    await expectCode("NOT_FOUND", () => collectBytes(provider.copyFrom(id, path)));
  });
}
