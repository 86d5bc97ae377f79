import { fileFailure } from "../file-failure.js";
import type { Site } from "../transaction/site.js";

/** What is free on a folder's volume. `undefined` where the system doesn't tell. */
export async function freeBytesOf({ plainFs, root }: Site): Promise<number | undefined> {
  try {
    const { bsize, bavail } = await plainFs.statfs(root);
    return bsize * bavail;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (["ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM", "EACCES", "ENOENT"].includes(code)) {
      return undefined;
    }
    throw fileFailure(error, root);
  }
}
