import { createHash, randomBytes } from "node:crypto";
import { link, readFile, rename, rm, unlink, utimes, writeFile } from "node:fs/promises";
import { identifySelf, isAlive, type ProcessIdentity } from "../system/process-identity.js";

/**
 * A file that says that something is taken: by whom, and by which process as long as that one lives.
 * The claim of a process that has ended counts for nothing, and is taken over.
 */
interface ClaimContent {
  /** Who claims, which may pass from one process to another: a server. */
  readonly token: string;
  readonly holder: ProcessIdentity;
}

/**
 * Claims `path` for `token`, held by this process. A claim of the same token is taken from whichever
 * process holds it.
 *
 * @returns whether it is claimed now; if not, another token's process that lives has it.
 */
export async function takeClaim(path: string, token: string): Promise<boolean> {
  const content: ClaimContent = { token, holder: await identifySelf() };
  for (;;) {
    if (await create(path, content)) return true;
    const seen = await readText(path);
    if (seen === undefined) continue;
    const current = parse(seen);
    if (current !== undefined && current.token !== token && (await isAlive(current.holder)))
      return false;
    switch (await replace(path, seen, content)) {
      case "replaced":
        return true;
      case "busy":
        return false;
      case "changed":
        continue;
    }
  }
}

/** Gives the claim up. One that is not the token's stays. */
export async function releaseClaim(path: string, token: string): Promise<void> {
  for (;;) {
    const seen = await readText(path);
    if (seen === undefined || parse(seen)?.token !== token) return;
    if ((await replace(path, seen, undefined)) !== "changed") return;
  }
}

/** Shows cleaners of temporary folders that the claim is in use. */
export async function refreshClaim(path: string): Promise<void> {
  const now = new Date();
  // Where a cleaner was faster, the port itself, which is bound, still tells others.
  await utimes(path, now, now).catch(() => {});
}

/** Makes the file with its whole content at once, so that nobody ever reads half of it. */
async function create(path: string, content: ClaimContent): Promise<boolean> {
  const draft = await writeDraft(path, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Puts another content in the place of the one that was seen, or takes the file away. Of many who saw
 * the same content, only one does it: the one who claims the file that is named for that content. It
 * looks again once it has that, for another may have been there before it and be gone.
 */
async function replace(
  path: string,
  seen: string,
  next: ClaimContent | undefined,
): Promise<"replaced" | "changed" | "busy"> {
  const lock = `${path}.${createHash("sha256").update(seen).digest("hex").slice(0, 16)}`;
  if (!(await takeClaim(lock, randomBytes(8).toString("hex")))) return "busy";
  try {
    if ((await readText(path)) !== seen) return "changed";
    if (next === undefined) await unlink(path);
    else await rename(await writeDraft(path, next), path);
    return "replaced";
  } finally {
    await unlink(lock);
  }
}

async function writeDraft(path: string, content: ClaimContent): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  // The draft's random name makes every content a different one.
  await writeFile(draft, JSON.stringify({ ...content, nonce: randomBytes(8).toString("hex") }), {
    mode: 0o600,
  });
  return draft;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** @returns `undefined` for what is no claim, which a power loss may leave: nobody holds it. */
function parse(text: string): ClaimContent | undefined {
  try {
    const { token, holder } = JSON.parse(text);
    const started = holder?.started;
    if (typeof token !== "string" || !Number.isInteger(holder?.pid) || holder.pid < 1)
      return undefined;
    if (started !== null && typeof started !== "string") return undefined;
    return { token, holder: { pid: holder.pid, started } };
  } catch {
    return undefined;
  }
}
