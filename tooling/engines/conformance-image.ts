import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** The name of the image that {@link importConformanceImage} makes. */
export const conformanceImage = "localhost/potassium-conformance:1";

/** What the image has of a system: one static program under many names. */
const applets = [
  "sh",
  "cat",
  "chmod",
  "chown",
  "false",
  "grep",
  "id",
  "kill",
  "ls",
  "mv",
  "rm",
  "sleep",
  "tee",
  "true",
];

/**
 * Makes an image without any registry: Node of this machine with its libraries, a static busybox, and the
 * program of the conformance suite.
 *
 * @param host the engine's socket, as for DOCKER_HOST.
 * @param program the suite's server, one JavaScript file.
 */
export async function importConformanceImage(host: string, program: string): Promise<void> {
  const socketPath = host.replace(/^unix:\/\//, "");
  const version = createHash("sha256")
    .update(await readFile(program))
    .update(process.version)
    .digest("hex");
  if ((await importedVersion(socketPath)) === version) return;
  const folder = await mkdtemp(join(tmpdir(), "potassium-image-"));
  try {
    const root = join(folder, "root");
    await fill(root, program);
    const archive = join(folder, "image.tar");
    await execute("tar", ["-C", root, "-cf", archive, "."]);
    await importArchive(socketPath, archive, version);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(root: string, program: string): Promise<void> {
  for (const name of ["bin", "etc", "tmp", "data"])
    await mkdir(join(root, name), { recursive: true });
  await copyFile(process.execPath, join(root, "bin/node"));
  const { stdout } = await execute("ldd", [process.execPath]);
  for (const [library] of stdout.matchAll(/\/[^\s)]+/g)) {
    await mkdir(join(root, dirname(library)), { recursive: true });
    await cp(library, join(root, library), { dereference: true });
  }
  await copyFile("/bin/busybox", join(root, "bin/busybox"));
  for (const applet of applets) await symlink("busybox", join(root, "bin", applet));
  await writeFile(
    join(root, "etc/passwd"),
    "root:x:0:0:root:/:/bin/sh\nplayer:x:1000:1000::/:/bin/sh\n",
  );
  await copyFile(program, join(root, "conformance-server.mjs"));
}

/** Which program the engine's image has: every test file asks for it, and one import is enough. */
function importedVersion(socketPath: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const path = `/images/${encodeURIComponent(conformanceImage)}/json`;
    const asking = request({ socketPath, path }, async (answer) => {
      const image = JSON.parse(await text(answer)) as {
        Config?: { Labels?: Record<string, string> | null };
      };
      resolve(image.Config?.Labels?.["version"]);
    });
    asking.once("error", reject);
    asking.end();
  });
}

function importArchive(socketPath: string, archive: string, version: string): Promise<void> {
  const query = new URLSearchParams([
    ["fromSrc", "-"],
    ["repo", conformanceImage],
    ["changes", 'ENTRYPOINT ["/bin/node","/conformance-server.mjs"]'],
    ["changes", "ENV PATH=/bin"],
    ["changes", `LABEL version=${version}`],
  ]);
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/x-tar" };
    const path = `/images/create?${query}`;
    const importing = request({ socketPath, method: "POST", path, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.once("end", () => {
        const text = Buffer.concat(pieces).toString();
        if (answer.statusCode === 200 && !text.includes('"error"')) resolve();
        else reject(new Error(`the engine did not take the image: ${text}`));
      });
    });
    importing.once("error", reject);
    createReadStream(archive).pipe(importing);
  });
}
