import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder for one test, removed at the end of its scope. */
export async function workFolder() {
  const root = await realpath(await mkdtemp(join(tmpdir(), "potassium-generate-")));
  return {
    path: (name: string) => join(root, name),
    async write(name: string, content: string | Uint8Array) {
      await writeFile(join(root, name), content);
      return join(root, name);
    },
    names: async () => (await readdir(root)).sort(),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

export type WorkFolder = Awaited<ReturnType<typeof workFolder>>;
