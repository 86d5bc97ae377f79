import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { userFolder } from "../src/claim/user-folder.js";
import { readStateFile } from "../src/supervisor/state-file.js";
import { waitUntil } from "./wait-until.js";

/** What a server leaves its mark on, as seen from outside of its provider. */
export function serverTraces(stateFolder: string, id: string) {
  const folder = join(stateFolder, "servers", id);
  return {
    folder,
    record: join(folder, "server.json"),
    state: join(folder, "state.json"),
    /** The numbers of its supervisor and of its first process. */
    processes: () =>
      waitUntil(`the state of server ${id}`, () => {
        const state = readStateFile(join(folder, "state.json"));
        return state?.server
          ? { supervisor: state.supervisor.pid, server: state.server.pid }
          : undefined;
      }),
    /** A process number that it has written behind `word`. */
    written: (word: string) =>
      waitUntil(`the number of ${word}`, () => {
        const match = new RegExp(` ${word} (\\d+)$`, "m").exec(logText(join(folder, "log")));
        return match === null ? undefined : Number(match[1]);
      }),
  };
}

/** The files that claim ports now: `udp-25565`. */
export async function claimedPorts(environmentFolder?: string): Promise<string[]> {
  const folder = join(environmentFolder ?? (await userFolder()), "ports");
  return existsSync(folder) ? readdirSync(folder) : [];
}

function logText(folder: string): string {
  if (!existsSync(folder)) return "";
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("");
}
