import { Labels } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("Labels", Labels, {
  accepts: [{}, { "com.example/mode": "skywars", a: "" }, { constructor: "x" }],
  rejects: [
    [{ "": "x" }, '[""]'],
    [{ "-a": "x" }, '["-a"]'],
    [{ "a b": "x" }, '["a b"]'],
    [{ "a=b": "x" }, '["a=b"]'],
    [{ ["x".repeat(256)]: "x" }, "x".repeat(256)],
    [{ a: "x".repeat(4_097) }, "a"],
    [{ a: "x\0" }, "a"],
    [{ a: null }, "a"],
    [JSON.parse('{"__proto__": "x"}'), "__proto__"],
  ],
});
