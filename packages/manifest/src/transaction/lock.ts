import { randomBytes } from "node:crypto";
import { delay } from "@potassium/core-types";
import { fileFailure } from "../file-failure.js";
import { nothingThere, unless } from "../fs/file-system-code.js";
import { ManifestError } from "../manifest-error.js";
import { type LockOwner, type LockOwners, thisMachine } from "./lock-owner.js";
import { makeLockFolder } from "./private-folders.js";
import { openSite, type Site, type SiteOptions } from "./site.js";

/** Held while an installation is changed. */
export interface UpdateLock {
  readonly root: string;
  /** @throws `LOCKED` where it isn't held any more */
  confirm(): Promise<void>;
}

/**
 * Does `work` while no other updater changes this installation. Each who wants the lock puts a file of its own
 * name into one folder, and then looks who else is there: of two, at least one sees the other and steps back.
 * The files of processes that ended without a clean-up are removed.
 *
 * @throws `LOCKED` where another holds it, and what `work` throws
 */
export async function withLock<T>(
  root: string,
  options: SiteOptions,
  work: (lock: UpdateLock) => Promise<T>,
): Promise<T> {
  const site = openSite(root, options);
  try {
    const claim = await lock(site, options);
    try {
      return await work({ root: site.root, confirm: () => confirm(site, claim) });
    } finally {
      // Where it stays, it is stale as soon as this process ends.
      await site.fs.unlink(claim).catch(() => undefined);
    }
  } catch (error) {
    throw fileFailure(error, site.root);
  }
}

async function lock(site: Site, { owners = thisMachine, signal }: SiteOptions): Promise<string> {
  await makeLockFolder(site);
  const name = `${claimName(await owners.self())}-${randomBytes(8).toString("hex")}`;
  // Two that come at once both step back, and come again after different times.
  for (let tries = 0; !(await tryClaim(site, owners, name)); tries += 1) {
    if (tries === 4) throw locked(site);
    await delay(20 + Math.random() * 80, { signal });
  }
  return `${site.lock}/${name}`;
}

async function confirm(site: Site, claim: string): Promise<void> {
  const own = await unless(nothingThere, () => site.fs.lstat(claim));
  if (own === undefined) throw locked(site);
}

async function tryClaim(site: Site, owners: LockOwners, name: string): Promise<boolean> {
  const claim = `${site.lock}/${name}`;
  await (await site.fs.open(claim, "wx", 0o644)).close();
  try {
    if ((await othersAlive(site, owners, name)) === 0) return true;
  } catch (error) {
    await site.fs.unlink(claim).catch(() => undefined);
    throw error;
  }
  await site.fs.unlink(claim);
  return false;
}

async function othersAlive(site: Site, owners: LockOwners, own: string): Promise<number> {
  let alive = 0;
  for (const name of await site.fs.readdir(site.lock)) {
    const owner = name === own ? undefined : parseClaim(name);
    if (owner === undefined) continue;
    if (await owners.isRunning(owner)) alive += 1;
    else await unless(["ENOENT"], () => site.fs.unlink(`${site.lock}/${name}`));
  }
  return alive;
}

const claimName = ({ pid, start, boot, host }: LockOwner) => `${pid}-${start}-${boot}-${host}`;

function parseClaim(name: string): LockOwner | undefined {
  const match = /^(\d+)-(\w+)-(\w+)-(\w+)-[0-9a-f]{16}$/.exec(name);
  if (match === null) return undefined;
  const [, pid = "", start = "", boot = "", host = ""] = match;
  return { pid: Number(pid), start, boot, host };
}

const locked = ({ root, lock }: Site) =>
  new ManifestError(
    "LOCKED",
    `another update of ${root} is going on: wait for its end. If it ran on another computer that is gone, remove what is in ${lock}`,
    { path: root },
  );
