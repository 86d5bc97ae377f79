import { describe, expect, test } from "vitest";
import { engineOf } from "./fixture/engine-of.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { type BadPatch, vectorBytes, vectorPath, vectors } from "./fixture/vectors.js";
import { sha256, WorkFolder } from "./fixture/work-folder.js";

for (const { name, old, new: wanted, patches } of vectors.cases) {
  describe(`patches of the real tools for ${name}`, () => {
    for (const { file, command } of patches) {
      test(`${file} (${command}) brings forth the new file, from files and from bytes`, async () => {
        const engine = engineOf(file);
        const folder = await WorkFolder.make();
        const oldPath = vectorPath(old.file);
        const newPath = folder.path("new");
        const expected = { oldSha256: old.sha256, newSha256: wanted.sha256 };
        const result = await engine.apply(oldPath, vectorPath(file), newPath, { expected });
        expect(result).toEqual({ newBytes: wanted.size });
        expect(sha256(await folder.read("new"))).toBe(wanted.sha256);
        expect(await folder.names()).toEqual(["new"]);

        const [oldBytes, patchBytes] = [await vectorBytes(old.file), await vectorBytes(file)];
        const newBytes = await engine.applyBytes(oldBytes, patchBytes, { expected });
        expect(sha256(newBytes)).toBe(wanted.sha256);
      });
    }
  });
}

describe("malformed patches", () => {
  for (const bad of vectors.malformed) {
    test(`${bad.file} is refused: ${bad.reason}`, () => expectRefused(bad));
  }
});

/** What may go either way, and goes like this here. */
const accepted = ["e-bs-last-seek", "e-bs-extra-two-streams", "e-h13-zlib-gzip"];

describe("patches at the edge", () => {
  for (const edge of vectors.edge) {
    const accepts =
      /^accept( \(hpatchz\))?$/.test(edge.expect) ||
      accepted.some((name) => edge.file.includes(`/${name}.`));
    const verb = accepts ? "accepted" : "refused";
    test(`${edge.file} is ${verb}: ${edge.reason}`, () =>
      accepts ? expectAccepted(edge) : expectRefused(edge));
  }
});

async function expectAccepted({ file, old, new_sha256 }: BadPatch): Promise<void> {
  const folder = await WorkFolder.make();
  await engineOf(file).apply(vectorPath(old), vectorPath(file), folder.path("new"));
  expect(sha256(await folder.read("new"))).toBe(new_sha256);
}

async function expectRefused({ file, old, size }: BadPatch): Promise<void> {
  const engine = engineOf(file);
  const folder = await WorkFolder.make();
  const [oldBytes, patchBytes] = [await vectorBytes(old), await vectorBytes(file)];
  for (const [call, where] of [
    [() => engine.apply(vectorPath(old), vectorPath(file), folder.path("new")), vectorPath(file)],
    [() => engine.applyBytes(oldBytes, patchBytes), ""],
  ] as const) {
    const error = await rejectionOf(call);
    expect(["CORRUPT_PATCH", "UNSUPPORTED_FORMAT"], String(error)).toContain(error.code);
    // Of several patches the message must tell which.
    expect(error.message.startsWith(where), error.message).toBe(true);
    expect(error.message).toMatch(/^(.*: )?(the patch|can't read the patch)/);
    if (error.code === "CORRUPT_PATCH") {
      expect(error.offset).toBeGreaterThanOrEqual(0);
      expect(error.offset).toBeLessThanOrEqual(size);
    }
  }
  expect(await folder.names()).toEqual([]);
}
