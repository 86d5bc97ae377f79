import { expect, test } from "vitest";
import { Environment, portVariable } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("Environment", Environment, {
  accepts: [
    {},
    { SERVER_ID: "a", _x: "", "a.b-c": "line\nbreak" },
    { constructor: "x", toString: "y" },
  ],
  rejects: [
    [{ "": "x" }, '[""]'],
    [{ "1A": "x" }, '["1A"]'],
    [{ "A=B": "x" }, '["A=B"]'],
    [{ "A B": "x" }, '["A B"]'],
    [{ A: "b\0c" }, "A"],
    [{ A: 1 }, "A"],
    [["A=B"], ""],
    [JSON.parse('{"__proto__": "x"}'), "__proto__"],
  ],
});

test("portVariable makes a variable of a port's name", () => {
  expect(["game", "rcon-2", "A_b"].map(portVariable)).toEqual([
    "PORT_GAME",
    "PORT_RCON_2",
    "PORT_A_B",
  ]);
});
