import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The game's program: a server that answers each packet with its version and the hash of its level. */
const program = (version: string) => `#!/usr/bin/env node
import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { readFileSync } from "node:fs";

const version = ${JSON.stringify(version)};
const data = readFileSync(new URL("data/level.pak", import.meta.url));
const level = createHash("sha256").update(data).digest("hex");
const socket = createSocket("udp4");
socket.on("message", (_, player) => {
  socket.send(JSON.stringify({ version, level }), player.port, player.address);
});
socket.bind(Number(process.env.SERVER_PORT), process.env.SERVER_HOST, () => console.log("ready"));
process.once("SIGTERM", () => socket.close());
`;

type Build = Readonly<Record<string, string | Uint8Array>>;

const level = noise("level", 384 * 1024);
const music = noise("music", 64 * 1024);

/** Two builds of a little game: each file's path and bytes. */
export const builds: Readonly<Record<"1.0" | "1.1", Build>> = {
  "1.0": {
    "skywars.mjs": program("1.0"),
    "data/level.pak": level,
    "data/music.pak": music,
    "data/winter-event.json": '{ "snow": true }\n',
    "licence.txt": "You may play this game.\n",
  },
  // The program and the level are changed, the music has moved, an event is over, and a map is new.
  "1.1": {
    "skywars.mjs": program("1.1"),
    "data/level.pak": rebuilt(level),
    "audio/music.pak": music,
    "data/maps/islands.json": '{ "islands": 12 }\n',
    "licence.txt": "You may play this game.\n",
  },
};

/** Writes a build as a folder, its program as one that may be run. */
export async function writeBuild(version: keyof typeof builds, folder: string): Promise<void> {
  for (const [path, bytes] of Object.entries(builds[version])) {
    const place = join(folder, path);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, bytes, { mode: path.endsWith(".mjs") ? 0o755 : 0o644 });
  }
}

/** Bytes that no compression makes smaller, and always the same. */
function noise(name: string, size: number): Buffer {
  const pieces = Array.from({ length: size / 32 }, (_, index) =>
    createHash("sha256").update(`${name} ${index}`).digest(),
  );
  return Buffer.concat(pieces);
}

/** A level as the next build of a game has it: some of it changed, some of it new, and the rest elsewhere. */
function rebuilt(old: Buffer): Buffer {
  const changed = Buffer.from(old);
  for (let at = 1000; at < changed.length; at += 64 * 1024) changed.write("a bug was here", at);
  const half = changed.length / 2;
  return Buffer.concat([
    changed.subarray(half),
    noise("new land", 2048),
    changed.subarray(0, half),
  ]);
}
