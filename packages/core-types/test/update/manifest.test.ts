import { Manifest } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

const oldHash = "a".repeat(64);
const least = {
  fromVersion: "1.0.0",
  toVersion: "1.1.0",
  created: "2026-01-02T03:04:05Z",
  files: [],
};

schemaTable("Manifest", Manifest, {
  accepts: [
    least,
    { ...least, fromVersion: "" },
    { ...least, files: [{ action: "delete", path: "a", oldHash }] },
    {
      ...least,
      schemaVersion: 1,
      product: "skywars",
      platform: "windows-x64",
      channel: "stable",
      sequence: 0,
      expires: "2027-01-02T03:04:05Z",
      links: [{ action: "add", path: "current", target: "data/1" }],
      folders: [
        { action: "add", path: "saves" },
        { action: "delete", path: "old" },
      ],
    },
  ],
  rejects: [
    [[], ""],
    [{ ...least, fromVersion: 1 }, "fromVersion"],
    [{ ...least, toVersion: undefined }, "toVersion"],
    [{ ...least, created: "yesterday" }, "created"],
    [{ ...least, files: null }, "files"],
    [
      {
        ...least,
        files: [
          { action: "delete", path: "a" },
          { action: "add", path: "b" },
        ],
      },
      "files[1].newHash",
    ],
    [{ ...least, files: [{ action: "delete", path: "CON" }] }, "files[0].path"],
    [{ ...least, signature: "x" }, "signature"],
    [{ ...least, schemaVersion: 2 }, "schemaVersion"],
    [{ ...least, schemaVersion: "1" }, "schemaVersion"],
    [{ ...least, product: "" }, "product"],
    [{ ...least, platform: "a\nb" }, "platform"],
    [{ ...least, channel: 1 }, "channel"],
    [{ ...least, sequence: -1 }, "sequence"],
    [{ ...least, sequence: 2 ** 53 }, "sequence"],
    [{ ...least, expires: "tomorrow" }, "expires"],
    [{ ...least, links: [{ action: "add", path: "a" }] }, "links[0].target"],
    [{ ...least, links: [{ action: "add", path: "a", target: "../b" }] }, "links[0].target"],
    [{ ...least, folders: [{ action: "patch", path: "a" }] }, "folders[0].action"],
    [{ ...least, folders: [{ action: "add", path: ".." }] }, "folders[0].path"],
  ],
});
