import { CommandLine, ConsoleLine } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("CommandLine", CommandLine, {
  accepts: [["java"], ["sh", "-c", "echo a; echo b"], [""], ["a", "line\nbreak"]],
  rejects: [
    [[], ""],
    ["java -jar a", ""],
    [["a", 1], "[1]"],
    [["a", "b\0c"], "[1]"],
  ],
});

schemaTable("ConsoleLine", ConsoleLine, {
  accepts: ["", "stop", "say Ünïcode 🎮", "x".repeat(65_536)],
  rejects: [
    ["stop\n", ""],
    ["a\rb", ""],
    ["a\0", ""],
    ["x".repeat(65_537), ""],
  ],
});
