import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Writes a context as the docker command keeps it. */
export async function writeContext(
  folder: string,
  name: string,
  meta: unknown,
  tls: Readonly<Record<string, string>> = {},
): Promise<void> {
  const id = createHash("sha256").update(name).digest("hex");
  const text = typeof meta === "string" ? meta : JSON.stringify(meta);
  await write(join(folder, "contexts", "meta", id), "meta.json", text);
  for (const [file, pem] of Object.entries(tls)) {
    await write(join(folder, "contexts", "tls", id, "docker"), file, pem);
  }
}

export function writeConfig(folder: string, config: unknown): Promise<void> {
  const text = typeof config === "string" ? config : JSON.stringify(config);
  return write(folder, "config.json", text);
}

async function write(folder: string, file: string, text: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, file), text);
}
