import { FileEntry } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

const [oldHash, newHash] = ["a".repeat(64), "b".repeat(64)];
const patch = {
  action: "patch",
  path: "game.exe",
  oldHash,
  newHash,
  patchFile: "game.exe.patch",
  algorithm: "hdiff",
};

const packed = { file: "packed/a.br", codec: "br", hash: oldHash, size: 7 };
const told = { oldSize: 0, newSize: 2 ** 53 - 1, executable: false, file: "new/a", packed };

schemaTable("FileEntry", FileEntry, {
  accepts: [
    { action: "add", path: "a/b", newHash, ...told, copyFrom: "old/b" },
    { ...patch, ...told, patchHash: oldHash, patchSize: 0 },
    { action: "delete", path: "a/b", oldHash, oldSize: 3 },
    { action: "add", path: "a/b", newHash },
    { action: "add", path: "a/b", newHash, oldHash },
    patch,
    { action: "delete", path: "a/b" },
    { action: "delete", path: "a/b", oldHash },
  ],
  makes: [
    [
      { action: "delete", path: "a", oldHash: "A".repeat(64) },
      { action: "delete", path: "a", oldHash: "a".repeat(64) },
    ],
  ],
  rejects: [
    [null, ""],
    [{ path: "a" }, "action"],
    [{ action: "rename", path: "a" }, "action"],
    [{ action: "__proto__", path: "a" }, "action"],
    [{ action: "add", path: "a" }, "newHash"],
    [{ action: "add", path: "../a", newHash }, "path"],
    [{ action: "add", path: "a", newHash, patchFile: "b" }, "patchFile"],
    [{ action: "delete", path: "a", newHash }, "newHash"],
    [{ ...patch, oldHash: undefined }, "oldHash"],
    [{ ...patch, newHash: "sha256:abc" }, "newHash"],
    [{ ...patch, patchFile: undefined }, "patchFile"],
    [{ ...patch, patchFile: "http://a/b" }, "patchFile"],
    [{ ...patch, patchFile: "/srv/a" }, "patchFile"],
    [{ ...patch, algorithm: "" }, "algorithm"],
    [{ ...patch, newSize: -1 }, "newSize"],
    [{ ...patch, newSize: 1.5 }, "newSize"],
    [{ ...patch, patchSize: 2 ** 53 }, "patchSize"],
    [{ ...patch, patchHash: "abc" }, "patchHash"],
    [{ ...patch, executable: 0o755 }, "executable"],
    [{ ...patch, file: "../a" }, "file"],
    [{ ...patch, copyFrom: "a" }, "copyFrom"],
    [{ action: "add", path: "a", newHash, copyFrom: "/etc/passwd" }, "copyFrom"],
    [{ action: "add", path: "a", newHash, packed: { ...packed, codec: "gzip" } }, "packed.codec"],
    [{ action: "add", path: "a", newHash, packed: { ...packed, file: "a:b" } }, "packed.file"],
    [{ action: "add", path: "a", newHash, packed: { ...packed, hash: undefined } }, "packed.hash"],
    [{ action: "add", path: "a", newHash, packed: { ...packed, size: -1 } }, "packed.size"],
    [{ action: "delete", path: "a", newSize: 1 }, "newSize"],
  ],
});
