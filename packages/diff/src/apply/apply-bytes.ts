import { type ApplyOptions, PatchError, shownValue } from "@potassium/core-types";
import { readPatchHeader } from "../format/patch-header.js";
import { expectFamily } from "../patch-family.js";
import { BufferSource } from "../source/buffer-source.js";
import type { ApplySettings } from "./apply-patch.js";
import { expectDigest, expectNewSize, hashOld } from "./expected.js";
import { makeNew } from "./make-new.js";
import { NewBuffer } from "./new-buffer.js";
import { OldBuffer } from "./old-buffer.js";
import { parseExpectations } from "./parse-expectations.js";

/** Of what is made in memory, where the caller gives no bound. */
const defaultMaxNewBytes = 2 * 1024 ** 3;

/**
 * As {@link applyPatch}, of bytes in memory. Grows with what the patch brings forth, not with what it says.
 *
 * @throws `TOO_LARGE` also over 2 GiB where `maxNewBytes` is not given, and where memory runs out
 */
export async function applyBytes(
  old: Uint8Array,
  patch: Uint8Array,
  settings: Omit<ApplySettings, "fs">,
  options: ApplyOptions,
): Promise<Uint8Array> {
  const oldBytes = parseBytes(old, "oldBytes");
  const source = new BufferSource("the patch", parseBytes(patch, "patchBytes"));
  const { oldSha256, newSha256, maxNewBytes } = parseExpectations({
    ...options,
    maxNewBytes: options.maxNewBytes === undefined ? defaultMaxNewBytes : options.maxNewBytes,
  });
  const { signal, onProgress } = options;
  signal?.throwIfAborted();

  const header = await readPatchHeader(source);
  expectFamily(header.format, settings.family);
  expectNewSize(header.newBytes, maxNewBytes);
  const oldBuffer = new OldBuffer(oldBytes);
  if (oldSha256 !== undefined) {
    expectDigest("the old file", await hashOld(oldBuffer, options), oldSha256);
  }

  const next = new NewBuffer(header.newBytes);
  const digest = await makeNew(
    {
      old: oldBuffer,
      oldName: "the old file",
      patch: source,
      header,
      limits: { ...settings, maxNewBytes },
    },
    {
      sink: async (bytes) => {
        next.add(bytes);
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
  return next.bytes();
}

/** The same bytes as a plain `Uint8Array`: all hot loops then see one kind of array. */
export function parseBytes(bytes: unknown, field: string): Uint8Array {
  if (bytes instanceof Uint8Array) {
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  throw new PatchError(
    "INVALID_ARGUMENT",
    `${field} must be bytes, a Uint8Array, not ${shownValue(bytes)}`,
    { field },
  );
}
