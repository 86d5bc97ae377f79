import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const execute = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));

const program = `
import { Registry } from "@potassium/registry";
import { RedisRegistry } from "@potassium/registry/redis";
new Registry().register({ id: "a", type: "lobby", host: "10.99.0.10", port: 1 });
const registry = new RedisRegistry({ url: "redis://127.0.0.1:1" });
const { name, code, message, cause } = await registry.get("a").catch((error) => error);
await registry[Symbol.asyncDispose]();
console.log(JSON.stringify({ name, code, message, cause: cause.code }));
`;

test("where @redis/client isn't installed the package loads, and calls are UNAVAILABLE with what to install", async () => {
  const folder = await mkdtemp(join(tmpdir(), "potassium-without-client-"));
  try {
    const modules = join(folder, "node_modules/@potassium");
    await mkdir(modules, { recursive: true });
    // A copy: a link would lead to where the client is.
    for (const name of ["dist", "package.json"]) {
      await cp(join(root, name), join(modules, "registry", name), { recursive: true });
    }
    const coreTypes = createRequire(import.meta.url).resolve("@potassium/core-types/package.json");
    await symlink(dirname(coreTypes), join(modules, "core-types"));
    await writeFile(join(folder, "program.mjs"), program);
    const { stdout } = await execute(process.execPath, ["program.mjs"], { cwd: folder });
    const { name, code, message, cause } = JSON.parse(stdout);
    expect({ name, code, cause }).toEqual({
      name: "RegistryError",
      code: "UNAVAILABLE",
      cause: "ERR_MODULE_NOT_FOUND",
    });
    expect(message).toContain("npm install @redis/client@6");
  } finally {
    await rm(folder, { recursive: true });
  }
});
