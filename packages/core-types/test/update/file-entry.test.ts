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

schemaTable("FileEntry", FileEntry, {
  accepts: [
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
  ],
});
