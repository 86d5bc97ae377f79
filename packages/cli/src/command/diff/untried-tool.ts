import { access, constants, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ToolName } from "@potassium/diff";

/** As `@potassium/diff` names them below `bin`. */
const folders: Partial<Readonly<Record<NodeJS.Platform, string>>> = {
  darwin: "darwin",
  win32: "windows",
};

/** The program that lies in the working folder, where anybody may have put it; `undefined` where none does. */
export async function untriedTool(
  name: ToolName,
  workingFolder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  const file = platform === "win32" ? `${name}.exe` : name;
  const path = join(workingFolder, "bin", folders[platform] ?? "linux", file);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const mayRun = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  return mayRun ? path : undefined;
}
