import { foldPath } from "../document/fold-path.js";
import { privateFolder } from "../document/private-folder.js";
import { nothingThere, unless } from "../fs/file-system-code.js";
import { fileIdentity, readHash } from "../fs/read-hash.js";
import type { FileStatus } from "../fs/update-file-system.js";
import { ManifestError } from "../manifest-error.js";
import { absent, type SeenState } from "./path-state.js";
import type { Site } from "./site.js";

/** Tells what stands at paths of an installation, without ever following a link in it. */
export class Places {
  readonly #site: Site;
  readonly #folds: boolean;
  /** Every path that the update touches. */
  readonly #touched: ReadonlySet<string>;
  readonly #signal: AbortSignal | undefined;
  readonly #hashes: Hashes;
  readonly #names = new Map<string, Set<string>>();

  private constructor(
    site: Site,
    folds: boolean,
    touched: ReadonlySet<string>,
    signal: AbortSignal | undefined,
    hashes: Hashes = new Map(),
  ) {
    this.#site = site;
    this.#folds = folds;
    this.#touched = touched;
    this.#signal = signal;
    this.#hashes = hashes;
  }

  /** Looks by the updater's own folder, or where there is none yet by another name, whether the disk tells case apart. */
  static async open(
    site: Site,
    touched: ReadonlySet<string>,
    signal?: AbortSignal,
  ): Promise<Places> {
    return new Places(site, await foldsCase(site), touched, signal);
  }

  /** The same for an update that touches these paths, with the hashes that are known by now. */
  touching(touched: ReadonlySet<string>, signal?: AbortSignal): Places {
    return new Places(this.#site, this.#folds, touched, signal, this.#hashes);
  }

  /**
   * What stands at a path. A parent that isn't there yet, or that the update takes away, has nothing in it.
   *
   * @throws `UNSAFE_PLACE`: a parent is a link or no folder, or is spelled in another case; `CONFLICT`: the
   *   file changes while it is read
   */
  async look(path: string): Promise<SeenState> {
    const found = await this.#find(path);
    if (found === undefined) return absent;
    return this.lookAt(`${this.#site.root}/${path}`, path, found);
  }

  /** The same for a folder: its name as it is really spelled, where the system tells no case apart. */
  async lookForFolder(path: string): Promise<SeenState | { kind: "folder"; spelled: string }> {
    const seen = await this.look(path);
    if (!this.#folds || seen.kind !== "absent") return seen;
    const status = await unless(nothingThere, () =>
      this.#site.fs.lstat(`${this.#site.root}/${path}`),
    );
    if (status === undefined || !status.isDirectory()) return seen;
    return { kind: "folder", spelled: await this.#realPath(path, status) };
  }

  /** What stands at an absolute path, without a look at its parents: for the updater's own files. */
  async lookAt(absolute: string, path = absolute, known?: FileStatus): Promise<SeenState> {
    const { fs, windows } = this.#site;
    const status = known ?? (await unless(nothingThere, () => fs.lstat(absolute)));
    if (status === undefined) return absent;
    if (status.isSymbolicLink()) return { kind: "link", target: await this.#target(absolute) };
    if (status.isDirectory()) return { kind: "folder" };
    if (!status.isFile()) return { kind: "special" };
    const executable = !windows && (status.mode & 0o100) !== 0;
    const identity = fileIdentity(status);
    const cached = this.#hashes.get(inodeOf(status));
    if (cached?.identity === identity) return { kind: "file", hash: cached.hash, executable };
    const hashed = await readHash(fs, absolute, status, this.#signal);
    if (hashed?.identity === undefined) {
      const message = `${path} changes while it is read: end the program that writes it`;
      throw new ManifestError("CONFLICT", message, { path });
    }
    this.#hashes.set(inodeOf(status), { identity: hashed.identity, hash: hashed.hash });
    return { kind: "file", hash: hashed.hash, executable };
  }

  /**
   * After the updater itself gave a file another name or other rights, which changes its status but not its bytes:
   * so that it isn't read again.
   */
  async relinked(absolute: string): Promise<void> {
    const status = await this.#site.fs.lstat(absolute);
    const known = this.#hashes.get(inodeOf(status));
    const identity = fileIdentity(status);
    if (known === undefined || butForStatus(known.identity) !== butForStatus(identity)) return;
    this.#hashes.set(inodeOf(status), { identity, hash: known.hash });
  }

  /**
   * Sees that all parents of a path are folders by now, right before something is written there: {@link look} takes a
   * link that the update takes away for nothing.
   *
   * @throws `UNSAFE_PLACE`
   */
  async expectParents(path: string): Promise<void> {
    const { fs, root } = this.#site;
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      const part = path.slice(0, end);
      const status = await unless(nothingThere, () => fs.lstat(`${root}/${part}`));
      if (status === undefined) return;
      if (!status.isDirectory()) throw throughLink(path, part);
    }
  }

  /** After this call made or removed a name. */
  changed(path: string): void {
    const { parent, name } = split(path);
    const names = this.#names.get(parent);
    if (names === undefined) return;
    // Whether it was made or removed is seen when it is looked for: an unknown name makes it read anew.
    names.delete(name);
  }

  async #find(path: string): Promise<FileStatus | undefined> {
    const { fs, root } = this.#site;
    for (let end = path.indexOf("/"); ; end = path.indexOf("/", end + 1)) {
      const part = end === -1 ? path : path.slice(0, end);
      const status = await unless(nothingThere, () => fs.lstat(`${root}/${part}`));
      if (status === undefined) return undefined;
      if (this.#folds && !(await this.#isSpelled(part))) {
        const real = await this.#realPath(part, status);
        if (this.#touched.has(real)) return undefined;
        throw unsafe(path, `${part} is spelled ${real} on this disk`);
      }
      if (end === -1) return status;
      if (status.isDirectory()) continue;
      if (this.#touched.has(part)) return undefined;
      throw throughLink(path, part);
    }
  }

  async #isSpelled(path: string): Promise<boolean> {
    const { parent, name } = split(path);
    if (this.#names.get(parent)?.has(name)) return true;
    const names = new Set(await this.#site.fs.readdir(`${this.#site.root}/${parent}`));
    this.#names.set(parent, names);
    return names.has(name);
  }

  /** The path with its last name as it is spelled on the disk. */
  async #realPath(path: string, status: FileStatus): Promise<string> {
    const { fs, root } = this.#site;
    const { parent, name: wanted } = split(path);
    const prefix = parent === "" ? "" : `${parent}/`;
    const names = await fs.readdir(`${root}/${parent}`);
    const spelled = names.find((name) => foldPath(name) === foldPath(wanted));
    if (spelled !== undefined) return `${prefix}${spelled}`;
    // A short name of Windows, as GAME~1.
    for (const name of names) {
      const other = await unless(nothingThere, () => fs.lstat(`${root}/${prefix}${name}`));
      if (other?.ino === status.ino && other.dev === status.dev) return `${prefix}${name}`;
    }
    return path;
  }

  async #target(absolute: string): Promise<string> {
    const target = await this.#site.fs.readlink(absolute);
    return this.#site.windows ? target.replaceAll("\\", "/") : target;
  }
}

/** Whether a name in another case finds the same file. In an empty folder it makes no difference. */
async function foldsCase({ fs, root }: Site): Promise<boolean> {
  const names = (await unless(nothingThere, () => fs.readdir(root))) ?? [];
  const own = names.includes(privateFolder) ? privateFolder : undefined;
  const name = own ?? names.find((name) => otherCase(name) !== name);
  if (name === undefined) return false;
  const status = await unless(nothingThere, () => fs.lstat(`${root}/${name}`));
  const other = await unless(nothingThere, () => fs.lstat(`${root}/${otherCase(name)}`));
  return status !== undefined && other?.ino === status.ino && other.dev === status.dev;
}

const otherCase = (name: string): string =>
  name.toUpperCase() === name ? name.toLowerCase() : name.toUpperCase();

/** By file and not by name, since a file gets several names on its way. */
type Hashes = Map<string, { readonly identity: string; readonly hash: string }>;

const inodeOf = ({ dev, ino }: FileStatus) => `${dev} ${ino}`;

/** Without the time of the last change of its status, which is the last of its fields. */
const butForStatus = (identity: string) => identity.slice(0, identity.lastIndexOf(" "));

function split(path: string): { readonly parent: string; readonly name: string } {
  const end = path.lastIndexOf("/");
  return { parent: path.slice(0, Math.max(end, 0)), name: path.slice(end + 1) };
}

const throughLink = (path: string, parent: string) =>
  unsafe(path, `${parent} is a link or no folder: nothing is written through it`);

const unsafe = (path: string, problem: string) =>
  new ManifestError("UNSAFE_PLACE", `${path}: ${problem}`, { path });
