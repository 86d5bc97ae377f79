import { facts } from "../../output/facts.js";
import { defineVerb } from "../verb.js";
import { cutOff } from "./cut-off.js";

export const showStatus = defineVerb({
  name: "status",
  summary: "Show which version is installed, and which a rollback can come back to",
  description:
    "It also says where an update was cut off, so that files of two versions may be there. Nothing is written.",
  examples: [
    { does: "what is there", line: "update status game" },
    {
      does: "the folder to start the game from",
      line: "update status games --json | jq -r .folder",
    },
  ],
  declare: (command) => command.argument("<root>", "the folder of the installation"),
  async run({ output }, [root]) {
    const { currentFolder, installedVersion, keptVersions } = await import("@potassium/manifest");
    const { hasErrorCode } = await import("@potassium/core-types");
    const installed = await installedVersion(root);
    const kept = await keptVersions(root);
    const unfinished = await cutOff(root);
    // Versions are kept, and none is the current one.
    const folder = await currentFolder(root).catch((error: unknown) => {
      if (hasErrorCode(error, "NOT_FOUND")) return undefined;
      throw error;
    });
    const document = {
      installed: installed ?? null,
      interrupted: unfinished !== undefined,
      keptVersions: kept,
      folder: folder ?? null,
    };
    await output.result(document, () =>
      facts([
        ["cut off", unfinished],
        ["installed", installed?.version ?? "nothing that is known"],
        ["product", installed?.product],
        ["platform", installed?.platform],
        ["channel", installed?.channel],
        ["sequence", installed?.sequence?.toString()],
        ["folder", folder],
        ["kept", kept.length === 0 ? undefined : keptText(kept, installed?.version)],
      ]),
    );
  },
});

/** "1.0.0, 0.9.0", and what else a rollback may come back to. */
function keptText(kept: readonly string[], installed: string | undefined): string {
  const named = kept.map((name) => {
    if (name === "")
      return "nothing that has a version (a rollback removes what the last update added)";
    return name === installed ? `${name} as it was before a repair` : name;
  });
  return named.join(", ");
}
