import { dirname } from "node:path";
import { fileFailure } from "../file-failure.js";
import { unless } from "../fs/file-system-code.js";
import type { Site } from "../transaction/site.js";

/** What is free on a folder's volume. `undefined` where the system doesn't tell. */
export async function freeBytesOf({ plainFs, root }: Site): Promise<number | undefined> {
  const statfs = async (folder: string) => {
    const { bsize, bavail } = await plainFs.statfs(folder);
    return bsize * bavail;
  };
  try {
    // Where the root is still to be made, it will be on its parent's volume.
    return (await unless(["ENOENT"], () => statfs(root))) ?? (await statfs(dirname(root)));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (["ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM", "EACCES", "ENOENT"].includes(code)) {
      return undefined;
    }
    throw fileFailure(error, root);
  }
}
