// #region tools
import { hasErrorCode } from "@potassium/core-types";
import { createHdiff, findTool, generateWithTool, pinTool } from "@potassium/diff";

const pins = "potassium.tools.json";
try {
  // Once on each platform, with programs that you trust; then commit the file.
  const found = await findTool("hdiffz");
  await pinTool(pins, found);
  console.log(`${found.name} ${found.version} is pinned: ${found.sha256}`);

  // In each build: only the pinned program runs.
  const hdiff = createHdiff({ tools: { pins } });
  await hdiff.generate("old.bin", "new.bin", "patch.hdiff", { engine: "tool" });

  // hdiffz's own settings.
  const settings = { tools: { pins }, compress: "zstd", level: 20, timeoutMs: 600_000 } as const;
  const { patchBytes } = await generateWithTool("old.bin", "new.bin", "small.hdiff", settings);
  console.log(`small.hdiff has ${patchBytes} bytes`);
} catch (error) {
  if (!hasErrorCode(error, "ENGINE_UNAVAILABLE")) throw error;
  console.log(error.message); // there is no hdiffz here; tried …
}
// #endregion
