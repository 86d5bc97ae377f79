import { conformanceServerPath, testProvider } from "@potassium/core-types/conformance";
import { ProcessProvider, processSupports } from "@potassium/process";
import { test } from "vitest";

testProvider({
  test: (name, body) => test(name, body, 30_000),
  create: () =>
    new ProcessProvider({ images: { game: { command: ["node", conformanceServerPath] } } }),
  supports: processSupports,
  image: "game",
  folder: "/",
});
