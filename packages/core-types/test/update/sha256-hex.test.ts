import { Sha256Hex } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("Sha256Hex", Sha256Hex, {
  accepts: ["0123456789abcdef".repeat(4)],
  makes: [["ABCDEF".repeat(10).padEnd(64, "0"), "abcdef".repeat(10).padEnd(64, "0")]],
  rejects: [
    ["", ""],
    ["0".repeat(63), ""],
    ["0".repeat(65), ""],
    ["g".repeat(64), ""],
    [`${"0".repeat(64)}\n`, ""],
    [`0x${"0".repeat(62)}`, ""],
    [0, ""],
  ],
});
