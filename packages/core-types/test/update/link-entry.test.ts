import { LinkEntry } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("LinkEntry", LinkEntry, {
  accepts: [
    { action: "add", path: "a/b", target: "../c" },
    { action: "add", path: "a", target: "b", oldTarget: "/anywhere" },
    { action: "delete", path: "a" },
    { action: "delete", path: "a", oldTarget: "b" },
  ],
  rejects: [
    [{ action: "add", path: "a" }, "target"],
    [{ action: "add", path: "a", target: "" }, "target"],
    [{ action: "add", path: "a", target: "/etc" }, "target"],
    [{ action: "add", path: "a", target: "../b" }, "target"],
    [{ action: "add", path: "a", target: "b", oldTarget: "" }, "oldTarget"],
    [{ action: "add", path: "../a", target: "b" }, "path"],
    [{ action: "delete", path: "a", target: "b" }, "target"],
    [{ action: "patch", path: "a", target: "b" }, "action"],
  ],
});
