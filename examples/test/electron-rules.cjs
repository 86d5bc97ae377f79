// Preloaded by `node --require`, it gives a process what Electron gives its own: `process.versions.electron`, a module
// `original-fs`, and an fs that takes each archive, a file whose name ends in `.asar`, for a folder that can't be written.
// The rules are those of lib/asar/fs-wrapper.ts in Electron's sources, for the promises, which are what Potassium calls: `lstat`
// and `stat` tell of a folder, `readdir` lists it, and `open`, `copyFile` and `readFile` find no file. With
// ELECTRON_WITHOUT_ORIGINAL_FS `original-fs` is that same fs.
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const original = { ...fs, promises: { ...fs.promises } };

/** The archive that a path is or leads into, and what is asked for inside of it. */
function archiveOf(given) {
  const whole = path.resolve(String(given));
  for (let at = whole.indexOf(".asar"); at !== -1; at = whole.indexOf(".asar", at + 1)) {
    const archive = whole.slice(0, at + ".asar".length);
    const rest = whole.slice(archive.length);
    if (rest !== "" && !rest.startsWith(path.sep)) continue;
    const status = original.statSync(archive, { throwIfNoEntry: false });
    if (status?.isFile()) return { archive, inside: rest.slice(1) };
  }
  return undefined;
}

function entryOf({ archive, inside }) {
  let entry = headerOf(archive);
  for (const name of inside.split(path.sep).filter(Boolean)) entry = entry?.files?.[name];
  if (entry !== undefined) return entry;
  throw notFound({ archive, inside });
}

/** Four numbers of four bytes, the last of which is the length of the JSON behind them. */
function headerOf(archive) {
  const bytes = original.readFileSync(archive);
  if (bytes.length < 16 || bytes.readUInt32LE(0) !== 4)
    throw new Error(`Invalid package ${archive}`);
  return JSON.parse(bytes.toString("utf8", 16, 16 + bytes.readUInt32LE(12)));
}

function notFound({ archive, inside }) {
  const error = new Error(`ENOENT, ${inside} not found in ${archive}`);
  return Object.assign(error, { code: "ENOENT", errno: -2 });
}

function statusOf(place) {
  const { files } = entryOf(place);
  const kind = files === undefined ? fs.constants.S_IFREG : fs.constants.S_IFDIR;
  const status = original.statSync(place.archive);
  return Object.assign(status, { dev: 1, ino: 1, nlink: 1, mode: kind | 0o644, size: 0 });
}

/** Puts a function in the place of one that takes a path: it answers for archives. */
function override(name, answer) {
  const before = original.promises[name];
  fs.promises[name] = async (given, ...rest) => {
    const place = typeof given === "string" ? archiveOf(given) : undefined;
    return place === undefined ? before(given, ...rest) : answer(place);
  };
}

for (const name of ["lstat", "stat"]) override(name, statusOf);
override("readdir", (place) => Object.keys(entryOf(place).files ?? {}));
for (const name of ["open", "copyFile", "readFile", "access"]) {
  override(name, (place) => {
    entryOf(place);
    throw notFound(place);
  });
}
Module.syncBuiltinESMExports();

Object.defineProperty(process, "versions", {
  value: Object.freeze({ ...process.versions, electron: "39.0.0" }),
});
const load = Module._load;
Module._load = (request, ...rest) => {
  if (request !== "original-fs") return load(request, ...rest);
  return process.env.ELECTRON_WITHOUT_ORIGINAL_FS ? fs : original;
};
