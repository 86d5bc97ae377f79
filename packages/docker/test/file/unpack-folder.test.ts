import { lstat, readdir, readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { IncomingFolder } from "@potassium/core-types/provider-kit";
import { type Header, pack } from "tar-stream";
import { expect, test } from "vitest";
import { unpackFolder } from "../../src/file/unpack-folder.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";

type Part = Partial<Header> & Pick<Header, "name"> & { readonly content?: string | Buffer };

const top: Part = { name: "world/", type: "directory", mode: 0o755 };
const file = (name: string, content: string | Buffer = "x", mode = 0o644): Part => ({
  name: `world/${name}`,
  type: "file",
  mode,
  content,
});
const folder = (name: string, mode = 0o755): Part => ({
  name: `world/${name}/`,
  type: "directory",
  mode,
});
const link = (name: string, linkname: string): Part => ({
  name: `world/${name}`,
  type: "symlink",
  linkname,
});
const hardLink = (name: string, linkname: string): Part => ({
  name: `world/${name}`,
  type: "link",
  linkname,
});

async function archiveOf(parts: readonly Part[]): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of parts) {
    if (content === undefined) archive.entry({ ...header });
    else archive.entry({ ...header }, content);
  }
  archive.finalize();
  return buffer(Readable.from(archive));
}

/** Unpacks into `copy`, in a folder that is `place`, in pieces of all sizes up to `pieceBytes`. */
async function unpack(place: string, bytes: Buffer, options = {}, pieceBytes = 700) {
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  await using incoming = await IncomingFolder.open(join(place, "copy"), options);
  await unpackFolder(Readable.from(pieces()), "world", incoming, (error) => error);
  await incoming.complete();
}

/** What unpacking rejects with, when it has left nothing. */
async function refusal(parts: readonly Part[], options = {}): Promise<unknown> {
  return refusalOf(await archiveOf(parts), options);
}

async function refusalOf(bytes: Buffer, options = {}): Promise<unknown> {
  await using place = await temporaryFolder();
  await writeFile(join(place.path, "outside"), "mine");
  const error = await unpack(place.path, bytes, options).then(
    () => expect.unreachable("it was unpacked"),
    (reason: unknown) => reason,
  );
  expect(await readdir(place.path)).toEqual(["outside"]);
  expect(await readFile(join(place.path, "outside"), "utf8")).toBe("mine");
  return error;
}

test("an honest archive becomes the folder, with permissions and links", async () => {
  await using place = await temporaryFolder();
  const parts = [
    top,
    folder("region", 0o750),
    file("region/level.dat", "level", 0o640),
    link("region/up", "../level"),
    link("down", "./region/level.dat"),
    hardLink("twin", "world/region/level.dat"),
  ];
  await unpack(place.path, await archiveOf(parts));
  const copy = join(place.path, "copy");
  expect((await readdir(copy, { recursive: true })).sort()).toEqual([
    "down",
    "region",
    "region/level.dat",
    "region/up",
    "twin",
  ]);
  expect(await readFile(join(copy, "twin"), "utf8")).toBe("level");
  expect((await lstat(join(copy, "region"))).mode & 0o7777).toBe(0o750);
  expect((await lstat(join(copy, "region/level.dat"))).mode & 0o7777).toBe(0o640);
  expect(await readlink(join(copy, "region/up"))).toBe("../level");
  expect(await readdir(place.path)).toEqual(["copy"]);
});

test("set-user-id, set-group-id and sticky bits are dropped", async () => {
  await using place = await temporaryFolder();
  await unpack(place.path, await archiveOf([top, file("su", "x", 0o6755), folder("tmp", 0o7777)]));
  expect((await lstat(join(place.path, "copy/su"))).mode & 0o7777).toBe(0o755);
  expect((await lstat(join(place.path, "copy/tmp"))).mode & 0o7777).toBe(0o777);
});

test("a folder that its owner may not enter can be removed all the same", async () => {
  await using place = await temporaryFolder();
  await unpack(place.path, await archiveOf([top, folder("shut", 0o10000), file("shut/a")]));
  expect((await lstat(join(place.path, "copy/shut"))).mode & 0o7777).toBe(0o700);
});

test.each([
  ["a name that climbs", [top, { name: "world/../outside", type: "file", content: "x" }]],
  ["a name that climbs later", [top, folder("a"), file("a/../../outside")]],
  ["an absolute name", [top, { name: "/etc/cron.d/x", type: "file", content: "x" }]],
  ["an absolute name below the folder's", [top, file("/etc/passwd")]],
  ["a name outside of the folder", [top, { name: "worldly", type: "file", content: "x" }]],
  ["a file in the folder's own place", [{ name: "world", type: "file", content: "x" }]],
  ["a file through a link of the archive", [top, folder("d"), link("l", "d"), file("l/x")]],
  ["a link in a folder's place", [top, folder("d"), link("d", "."), file("d/x")]],
  ["a folder in a link's place", [top, link("l", "d"), folder("l"), file("l/x")]],
  ["a file in a link's place", [top, link("l", "outside"), file("l")]],
  ["a file twice", [top, file("a"), file("a")]],
  ["a file below a file", [top, file("a"), file("a/b")]],
  ["a file whose folder never came", [top, file("none/a")]],
  ["a hard link to a file outside", [top, hardLink("h", "outside")]],
  ["a hard link that climbs", [top, hardLink("h", "world/../outside")]],
  ["an absolute hard link", [top, hardLink("h", "/etc/passwd")]],
  ["a hard link to a link", [top, link("l", "x"), hardLink("h", "world/l")]],
  ["a hard link to what never came", [top, hardLink("h", "world/none")]],
] satisfies [string, Part[]][])("%s is BAD_RESPONSE", async (_name, parts) => {
  expect(await refusal(parts as Part[])).toMatchObject({ code: "BAD_RESPONSE" });
});

test.each([
  ["an absolute link", [top, link("l", "/etc/passwd")]],
  ["a link that leads out", [top, link("l", "../outside")]],
  ["a link that leads out from below", [top, folder("d"), link("d/l", "../../outside")]],
  ["a link that leads out by another", [top, folder("d"), link("d/u", ".."), link("l", "d/u/..")]],
  ["a link to nothing", [top, link("l", "")]],
  ["a pipe", [top, { name: "world/p", type: "fifo" }]],
  ["a disk", [top, { name: "world/d", type: "block-device", devmajor: 8 }]],
  ["a device", [top, { name: "world/d", type: "character-device", devmajor: 1 }]],
  ["a name that is too long", [top, file("long/".repeat(1000))]],
] satisfies [string, Part[]][])("%s is INVALID_ARGUMENT", async (_name, parts) => {
  expect(await refusal(parts as Part[])).toMatchObject({ code: "INVALID_ARGUMENT", field: "path" });
});

test("a name that is not UTF-8 is INVALID_ARGUMENT rather than another name", async () => {
  const bytes = await archiveOf([top, file("name-A")]);
  // The letter becomes a lone 0xff, and the header's sum follows.
  const at = bytes.indexOf("name-A") + 5;
  const header = bytes.subarray(Math.floor(at / 512) * 512);
  header[5 + "world/".length] = 0xff;
  const sum = Number.parseInt(header.toString("latin1", 148, 154), 8) - 65 + 255;
  header.write(sum.toString(8).padStart(6, "0"), 148, "latin1");
  expect(await refusalOf(bytes)).toMatchObject({ code: "INVALID_ARGUMENT", field: "path" });
});

test("too many bytes are TOO_LARGE by what was announced and by what came before", async () => {
  const parts = [top, file("a", Buffer.alloc(600)), file("b", Buffer.alloc(600))];
  expect(await refusal(parts, { maxBytes: 599 })).toMatchObject({ code: "TOO_LARGE" });
  expect(await refusal(parts, { maxBytes: 1199 })).toMatchObject({ code: "TOO_LARGE" });
});

test("too many entries are TOO_LARGE, whatever they are", async () => {
  const parts = [top, folder("a"), file("a/b"), link("a/c", "b"), hardLink("a/d", "world/a/b")];
  expect(await refusal(parts, { maxEntries: 3 })).toMatchObject({ code: "TOO_LARGE" });
});

test("an archive that is cut anywhere is BAD_RESPONSE", async () => {
  const bytes = await archiveOf([top, file("a", Buffer.alloc(1500)), folder("ü"), file("ü/b")]);
  for (let length = 0; length < bytes.length; length += 256) {
    const error = await refusalOf(bytes.subarray(0, length));
    expect(error, `${length} of ${bytes.length} bytes`).toMatchObject({ code: "BAD_RESPONSE" });
  }
});

test("what is no archive is BAD_RESPONSE", async () => {
  expect(await refusalOf(Buffer.alloc(4096, "no"))).toMatchObject({ code: "BAD_RESPONSE" });
});

test("the archive's end is found in pieces of any size", async () => {
  const bytes = await archiveOf([top, file("a", Buffer.alloc(3))]);
  for (const pieceBytes of [1, 511, 512, 1024, 4096]) {
    await using place = await temporaryFolder();
    await unpack(place.path, bytes, {}, pieceBytes);
    expect(await readdir(join(place.path, "copy"))).toEqual(["a"]);
  }
});
