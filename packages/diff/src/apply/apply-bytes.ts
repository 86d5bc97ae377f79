import { createHash } from "node:crypto";
import { type ApplyOptions, PatchError } from "@potassium/core-types";
import { readPatchHeader } from "../format/patch-header.js";
import { expectFamily } from "../patch-family.js";
import { BufferSource } from "../source/buffer-source.js";
import type { ApplySettings } from "./apply-patch.js";
import { expectDigest, expectNewSize } from "./expected.js";
import { makeNew } from "./make-new.js";
import { OldBuffer } from "./old-buffer.js";
import { parseExpectations } from "./parse-expectations.js";

/** As {@link applyPatch}, of bytes in memory. Grows with what the patch brings forth, not with what it says. */
export async function applyBytes(
  old: Uint8Array,
  patch: Uint8Array,
  settings: Omit<ApplySettings, "fs">,
  options: ApplyOptions,
): Promise<Uint8Array> {
  const oldBytes = parseBytes(old, "oldBytes");
  const source = new BufferSource("the patch", parseBytes(patch, "patchBytes"));
  const { oldSha256, newSha256, maxNewBytes } = parseExpectations(options);
  const { signal, onProgress } = options;
  signal?.throwIfAborted();

  const header = await readPatchHeader(source);
  expectFamily(header.format, settings.family);
  expectNewSize(header.newBytes, maxNewBytes);
  if (oldSha256 !== undefined) {
    const totalBytes = oldBytes.length;
    const digest = createHash("sha256").update(oldBytes).digest("hex");
    onProgress?.({ phase: "hash", doneBytes: totalBytes, totalBytes });
    expectDigest("the old file", digest, oldSha256);
    signal?.throwIfAborted();
  }

  const pieces: Uint8Array[] = [];
  const digest = await makeNew(
    {
      old: new OldBuffer(oldBytes),
      oldName: "the old file",
      patch: source,
      header,
      limits: { ...settings, maxNewBytes },
    },
    {
      sink: async (bytes) => {
        pieces.push(bytes.slice());
        // Lets an abort come through, for which there is no other moment without any file.
        await new Promise((resolve) => setImmediate(resolve));
      },
      phase: "apply",
      hash: newSha256 !== undefined,
      onProgress,
      signal,
    },
  );
  if (digest !== undefined) expectDigest("the new file", digest, newSha256);
  return joined(pieces);
}

/** The same bytes as a plain `Uint8Array`: all hot loops then see one kind of array. */
export function parseBytes(bytes: unknown, field: string): Uint8Array {
  if (bytes instanceof Uint8Array) {
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  throw new PatchError("INVALID_ARGUMENT", `${field} must be bytes: a Uint8Array`, { field });
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}
