import { spawn } from "node:child_process";
import { once } from "node:events";
import { verify } from "./narrator.js";
import { pathOf } from "./path-of.js";

/** Updates in a process that is killed when the second of the files has taken its place. */
export async function crashUpdater(root: string, url: string, publicKey: string): Promise<void> {
  const program = pathOf("doomed-updater.js");
  const child = spawn(process.execPath, [program, root, url, publicKey], { stdio: "inherit" });
  const [code, killedBy] = await once(child, "close");
  // Windows knows no signals, and tells a code.
  const wasKilled = process.platform === "win32" ? code === 1 : killedBy === "SIGKILL";
  verify(wasKilled, `the updater was killed, and did not end by itself with the code ${code}`);
}
