import { fileURLToPath } from "node:url";
import type { Provider } from "@potassium/core-types";
import type { ImageEntry } from "@potassium/process";
import { waitUntil } from "./wait-until.js";

/** The server of the tests: `fixture/game.mjs`. */
export const game: ImageEntry = {
  command: [process.execPath, fileURLToPath(new URL("./fixture/game.mjs", import.meta.url))],
  defaultArguments: ["say ready", "wait"],
};

export const ready = { type: "log", pattern: "^ready$" } as const;

/** The process number that the server has written behind `word`. */
export async function writtenPid(provider: Provider, id: string, word: string): Promise<number> {
  return waitUntil(`the number of ${word}`, async () => {
    const lines = await provider.logs(id);
    const line = lines.find(({ text }) => text.startsWith(`${word} `));
    return line && Number(line.text.slice(word.length));
  });
}
