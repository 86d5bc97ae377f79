import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Provider } from "../../provider/provider.js";
import { expectCode, rejectionOf } from "../expect-code.js";
import type { ProviderSuite } from "./suite.js";

export function testFolders({ check, image, can, folder }: ProviderSuite): void {
  if (!can("files")) return;
  const path = `${folder}server world-ü`;

  /** A test with a server and an empty folder of this machine. */
  const checkFolder = (
    name: string,
    body: (provider: Provider, id: string, local: string) => Promise<void>,
  ) =>
    check(name, async (provider) => {
      const local = await mkdtemp(join(tmpdir(), "potassium-folders-"));
      try {
        await body(provider, (await provider.allocate({ image })).id, local);
      } finally {
        await rm(local, { recursive: true, force: true });
      }
    });

  checkFolder("a folder comes back as it went in", async (provider, id, local) => {
    const source = join(local, "source");
    await mkdir(join(source, "region", "empty"), { recursive: true });
    await writeFile(join(source, "level.dat"), randomBytes(300_000));
    await writeFile(join(source, "region", `${"long".repeat(40)} ü`), "ß");
    await writeFile(join(source, "nothing"), "");
    await writeFile(join(source, "start.sh"), "true\n");
    await chmod(join(source, "start.sh"), 0o750);
    await chmod(join(source, "region"), 0o750);
    await symlink("../level.dat", join(source, "region", "link"));
    await provider.copyFolderTo(id, path, source);
    await provider.copyFolderFrom(id, path, join(local, "copy"));
    assert.deepEqual(await content(join(local, "copy")), await content(source));
  });

  checkFolder(
    "copyFolderTo() replaces and adds, and deletes nothing",
    async (provider, id, local) => {
      const [first, second] = [join(local, "first"), join(local, "second")];
      await mkdir(join(first, "sub"), { recursive: true });
      await writeFile(join(first, "sub", "both"), "old");
      await writeFile(join(first, "sub", "kept"), "kept");
      await symlink("both", join(first, "sub", "link"));
      await mkdir(join(second, "sub"), { recursive: true });
      await writeFile(join(second, "sub", "both"), "new");
      await writeFile(join(second, "sub", "added"), "added");
      await symlink("kept", join(second, "sub", "link"));
      await provider.copyFolderTo(id, path, first);
      await provider.copyFolderTo(id, path, second);
      await provider.copyFolderTo(id, path, second);
      await provider.copyFolderFrom(id, path, join(local, "copy"));
      const texts = (await content(join(local, "copy"))).map(({ name, is }) => [name, is]);
      assert.deepEqual(texts, [
        ["sub", "folder"],
        ["sub/added", "added"],
        ["sub/both", "new"],
        ["sub/kept", "kept"],
        ["sub/link", "-> kept"],
      ]);
    },
  );

  checkFolder(
    "copyFolderTo() refuses what does not fit, and writes nothing",
    async (provider, id, local) => {
      const source = join(local, "source");
      await mkdir(join(source, "b"), { recursive: true });
      await writeFile(join(source, "a"), "new");
      await provider.copyTo(id, `${folder}file`, "x");
      const to = (at: string, options = {}) => provider.copyFolderTo(id, at, source, options);
      await expectCode("INVALID_ARGUMENT", () => to(`${folder}file`));
      await expectCode("NOT_FOUND", () => to(`${folder}no/such/folder`));
      await expectCode("NOT_FOUND", () => to(`${folder}file/below`));
      await expectCode("NOT_FOUND", () => provider.copyFolderTo("no-such-server", path, source));
      await expectCode("NOT_FOUND", () => provider.copyFolderTo(id, path, join(local, "none")));
      await expectCode("INVALID_ARGUMENT", () =>
        provider.copyFolderTo(id, path, join(source, "a")),
      );
      await expectCode("TOO_LARGE", () => to(path, { maxBytes: 2 }));
      await expectCode("INVALID_ARGUMENT", () => to(path, { maxBytes: Number.NaN }));
      // Nothing of this has made it.
      await expectCode("NOT_FOUND", () => provider.copyFolderFrom(id, path, join(local, "copy")));
      // A file where the local folder has a folder.
      const other = join(local, "other");
      await mkdir(other);
      await writeFile(join(other, "a"), "old");
      await writeFile(join(other, "b"), "old");
      await provider.copyFolderTo(id, path, other);
      await expectCode("INVALID_ARGUMENT", () => to(path));
      await provider.copyFolderFrom(id, path, join(local, "copy"));
      assert.deepEqual(await content(join(local, "copy")), await content(other));
    },
  );

  checkFolder(
    "copyFolderFrom() leaves nothing behind where it rejects",
    async (provider, id, local) => {
      const source = join(local, "source");
      await mkdir(source);
      for (const name of ["a", "b", "c"]) await writeFile(join(source, name), Buffer.alloc(1000));
      await provider.copyFolderTo(id, path, source);
      await mkdir(join(local, "place"));
      const target = join(local, "place", "copy");
      const from = (options = {}, at = path) => provider.copyFolderFrom(id, at, target, options);
      await expectCode("TOO_LARGE", () => from({ maxBytes: 2999 }));
      await expectCode("TOO_LARGE", () => from({ maxEntries: 2 }));
      await expectCode("INVALID_ARGUMENT", () => from({ maxEntries: Number.NaN }));
      await expectCode("NOT_FOUND", () => from({}, `${folder}none`));
      await expectCode("INVALID_ARGUMENT", () => from({}, `${path}/a`));
      await expectCode("NOT_FOUND", () => provider.copyFolderFrom("no-such-server", path, target));
      await expectCode("NOT_FOUND", () => provider.copyFolderFrom(id, path, join(target, "below")));
      assert.deepEqual(await readdir(join(local, "place")), []);
      await from({ maxBytes: 3000, maxEntries: 3 });
      assert.deepEqual((await readdir(target)).sort(), ["a", "b", "c"]);
      assert.deepEqual(await readdir(join(local, "place")), ["copy"]);
    },
  );

  checkFolder(
    "copyFolderFrom() takes an empty folder, and no other",
    async (provider, id, local) => {
      const source = join(local, "source");
      await mkdir(source);
      await writeFile(join(source, "a"), "a");
      await provider.copyFolderTo(id, path, source);
      const from = (place: string) => provider.copyFolderFrom(id, path, place);
      const empty = join(local, "empty");
      await mkdir(empty);
      await from(empty);
      assert.deepEqual(await readdir(empty), ["a"]);
      await writeFile(join(empty, "a"), "mine");
      await expectCode("ALREADY_EXISTS", () => from(empty));
      await expectCode("ALREADY_EXISTS", () => from(join(empty, "a")));
      assert.equal(await readFile(join(empty, "a"), "utf8"), "mine");
      assert.deepEqual((await readdir(local)).sort(), ["empty", "source"]);
    },
  );

  for (const target of ["/etc/hostname", "../outside", "a/../../outside"]) {
    checkFolder(`a server's link to ${target} is not copied out`, async (provider, id, local) => {
      const source = join(local, "source");
      await mkdir(join(source, "sub"), { recursive: true });
      await symlink(target, join(source, "link"));
      await provider.copyFolderTo(id, path, source);
      const copy = () => provider.copyFolderFrom(id, path, join(local, "copy"));
      assert.equal((await expectCode("INVALID_ARGUMENT", copy)).field, "path");
      assert.deepEqual(await readdir(local), ["source"]);
    });
  }

  checkFolder(
    "folders' paths that are relative or climb are refused",
    async (provider, id, local) => {
      for (const bad of ["relative", "", `${folder}../../../etc`, `${folder}a\0b`, `${folder}..`]) {
        for (const call of [
          () => provider.copyFolderTo(id, bad, local),
          () => provider.copyFolderFrom(id, bad, join(local, "copy")),
        ]) {
          const { field } = await expectCode("INVALID_ARGUMENT", call);
          assert.equal(field, "path", JSON.stringify(bad));
        }
      }
    },
  );

  checkFolder("aborted copies of folders leave nothing here", async (provider, id, local) => {
    const source = join(local, "source");
    await mkdir(source);
    for (let count = 0; count < 20; count += 1)
      await writeFile(join(source, `file-${count}`), Buffer.alloc(100_000));
    await provider.copyFolderTo(id, path, source);
    const reason = new Error("enough");
    const aborted = { signal: AbortSignal.abort(reason) };
    const to = () => provider.copyFolderTo(id, `${path}-2`, source, aborted);
    assert.equal(await rejectionOf(to), reason);
    for (let turn = 0; turn < 6; turn += 1) {
      const controller = new AbortController();
      const copy = join(local, `copy-${turn}`);
      const call = provider.copyFolderFrom(id, path, copy, { signal: controller.signal });
      const timer = setTimeout(() => controller.abort(reason), turn * 4);
      const expected = await call.then(
        () => [`copy-${turn}`],
        (error: unknown) => {
          assert.equal(error, reason);
          return [];
        },
      );
      clearTimeout(timer);
      assert.deepEqual(await readdir(local), [...expected, "source"]);
      await rm(copy, { recursive: true, force: true });
    }
  });
}

/** All that is in a folder, with permissions, by name. */
async function content(root: string) {
  const names = (await readdir(root, { recursive: true })).sort();
  return Promise.all(
    names.map(async (name) => {
      const at = join(root, name);
      const stats = await lstat(at);
      if (stats.isSymbolicLink()) return { name, is: `-> ${await readlink(at)}` };
      const is = stats.isDirectory() ? "folder" : await readFile(at, "latin1");
      return { name, is, mode: stats.mode & 0o777 };
    }),
  );
}
