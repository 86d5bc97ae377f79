import { Identifier } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("Identifier", Identifier, {
  accepts: ["a", " ", "x".repeat(255), "a:b{c}", "constructor", "toString", "007", "🎮", "e\u0301"],
  rejects: [
    ["", ""],
    ["x".repeat(256), ""],
    ["a\nb", ""],
    ["a\0", ""],
    ["\u007f", ""],
    ["\ud800", ""],
    ["a\udc00b", ""],
    ["__proto__", ""],
    [7, ""],
    [undefined, ""],
  ],
});
