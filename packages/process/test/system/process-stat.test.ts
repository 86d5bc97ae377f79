import { expect, test } from "vitest";
import { parseProcessStat } from "../../src/system/process-stat.js";

const rest =
  "S 100 42 42 0 -1 4194560 1 2 3 4 70 30 5 6 20 0 11 0 123456 1000000 2500 18446744073709551615 1 1";

test("the fields of a process are read, whatever its name is", () => {
  for (const name of ["node", "a b", "x) S 1 1", "((", ""]) {
    expect(parseProcessStat(`4242 (${name}) ${rest}\n`)).toEqual({
      pid: 4242,
      parent: 100,
      group: 42,
      state: "S",
      cpuTicks: 100,
      threads: 11,
      startTicks: "123456",
      residentPages: 2500,
    });
  }
});

test.each(["", "4242", "4242 (node) S 1", "x (node) S"])("%j is no process", (text) => {
  expect(parseProcessStat(text)).toBeUndefined();
});
