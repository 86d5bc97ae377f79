import { bytesText } from "../../output/amounts.js";
import { facts } from "../../output/facts.js";
import { table } from "../../output/table.js";
import { defineVerb } from "../verb.js";

export const inspectPatch = defineVerb({
  name: "inspect",
  summary: "Tell what a patch is, from its header alone",
  description: "The data behind the header is not looked at: nobody vouches for what it tells.",
  examples: [
    { does: "format, compression and sizes", line: "diff inspect game.hdiff" },
    {
      does: "the size of the new file alone",
      line: "diff inspect game.hdiff --json | jq .newBytes",
    },
  ],
  declare: (command) => command.argument("<patch>", "the patch file"),
  async run({ output, signal }, [patch]) {
    const { inspect } = await import("@potassium/diff");
    const info = await inspect(patch, { signal });
    await output.result(info, () => {
      const told = facts([
        ["format", info.format],
        ["engine", info.algorithm],
        ["compression", info.codec === "" ? "none" : info.codec],
        ["old file", info.oldBytes === undefined ? undefined : exact(info.oldBytes)],
        ["new file", exact(info.newBytes)],
        ["covers", info.covers?.toLocaleString("en")],
      ]);
      const sections = info.sections.map(({ name, offset, storedBytes, rawBytes, codec }) => [
        name,
        String(offset),
        String(storedBytes),
        rawBytes === undefined ? "" : String(rawBytes),
        codec,
      ]);
      const columns = ["SECTION", ">OFFSET", ">STORED", ">EXPANDED", "CODEC"];
      return `${told}\n${table(columns, sections, output.style.bold)}`;
    });
  },
});

const exact = (bytes: number) => `${bytesText(bytes)} (${bytes.toLocaleString("en")} bytes)`;
