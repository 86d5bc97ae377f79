import { Port, PortName, Protocol } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("Port", Port, {
  accepts: [1, 80, 65_535],
  rejects: [
    [0, ""],
    [-1, ""],
    [65_536, ""],
    [1.5, ""],
    [Number.NaN, ""],
    [Number.POSITIVE_INFINITY, ""],
    ["80", ""],
    [null, ""],
  ],
});

schemaTable("Protocol", Protocol, {
  accepts: ["udp", "tcp"],
  rejects: [
    ["UDP", ""],
    ["sctp", ""],
    ["", ""],
    [undefined, ""],
  ],
});

schemaTable("PortName", PortName, {
  accepts: ["game", "rcon-2", "A_b", "x".repeat(63)],
  rejects: [
    ["", ""],
    ["2nd", ""],
    ["-a", ""],
    ["a b", ""],
    ["a.b", ""],
    ["a\n", ""],
    ["x".repeat(64), ""],
  ],
});
