import { expect, test } from "vitest";
import { restartFlag } from "../../../src/command/server/restart-flag.js";

test("restart policies are read", () => {
  for (const name of ["no", "always", "unless-stopped", "on-failure"]) {
    expect(restartFlag(name)).toEqual({ name });
  }
  expect(restartFlag("on-failure:3")).toEqual({ name: "on-failure", maxRetries: 3 });
});

test.each(["", "never", "always:3", "on-failure:0", "on-failure:x", "on-failure:"])(
  "%j is refused",
  (text) => {
    expect(() => restartFlag(text)).toThrow("It must be no, always");
  },
);
