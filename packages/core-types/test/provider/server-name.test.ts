import { ServerName } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("ServerName", ServerName, {
  accepts: ["ab", "skywars-1", "A_b.c", "x".repeat(128), "constructor"],
  rejects: [
    ["", ""],
    ["a", ""],
    ["-a", ""],
    ["a b", ""],
    ["a/b", ""],
    ["..", ""],
    ["__proto__", ""],
    ["ab\n", ""],
    ["x".repeat(129), ""],
  ],
});
