import type { BuildReport } from "@potassium/manifest";
import { usageError } from "../../exit/usage-error.js";
import { bytesText, countText } from "../../output/amounts.js";
import { facts } from "../../output/facts.js";
import { showProgress } from "../../progress/show-progress.js";
import { toolPathOptions, toolsOf } from "../diff/tool-options.js";
import { repeated } from "../option/repeated.js";
import { wholeNumber } from "../option/whole-number.js";
import { Option } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { buildEngines } from "./build-engines.js";
import { signingKeys } from "./signing-keys.js";

export const buildUpdateVerb = defineVerb({
  name: "build",
  summary: "Compare two versions of a game, and write the folder of an update",
  description:
    "Without --from the full update is built, which holds every file: for new players, for repairs, and to verify an installation. The folder is whole or not there.",
  examples: [
    {
      does: "the update from 1.0.0 to 1.1.0, and the full one beside it",
      line: "update build 1.1.0 update-1.1.0 --from 1.0.0 --from-version 1.0.0 --to-version 1.1.0 --sequence 2 --full full-1.1.0 --sign release-key.pem",
    },
    {
      does: "for a product and a channel, without logs",
      line: "update build 1.1.0 update-1.1.0 --from 1.0.0 --from-version 1.0.0 --to-version 1.1.0 --product skywars --channel stable --sequence 2 --ignore '*.log' --sign release-key.pem",
    },
    {
      does: "the full update alone",
      line: "update build 1.1.0 full-1.1.0 --to-version 1.1.0 --sequence 2 --sign release-key.pem",
    },
  ],
  interrupted: "Nothing of it is left.",
  fields: {
    fromVersion: "--from-version",
    toVersion: "--to-version",
    product: "--product",
    platform: "--platform",
    channel: "--channel",
    sequence: "--sequence",
    expires: "--expires",
    created: "--created",
    ignore: "--ignore",
    layout: "--layout",
    sign: "--sign",
    privateKeys: "--sign",
    compress: "--no-compress",
    readers: "--readers",
    fullDir: "--full",
    concurrency: "--concurrency",
    oldDir: "--from",
  },
  declare: (command) =>
    toolPathOptions(
      command
        .argument("<new>", "the folder of the new version's files")
        .argument("<update>", "the folder that is written: an empty one, or none yet")
        .requiredOption("--to-version <version>", "the new version's name")
        .option("--from <folder>", "the folder of the old version's files")
        .option("--from-version <version>", "the old version's name; goes with --from")
        .option("--full <folder>", "with --from: write the full update too, there")
        .option(
          "--sign <file>",
          "a private key; or POTASSIUM_SIGNING_KEY; may be given again",
          repeated,
        )
        .option("--product <name>", "what it is for")
        .option("--platform <name>", 'which platform it is for: "windows-x64"')
        .option("--channel <name>", "which channel it is of: stable, beta")
        .option("--sequence <n>", "one more with each release of a channel", wholeNumber())
        .option("--expires <time>", "from then on it is stale, RFC 3339: 2027-01-01T00:00:00Z")
        .option("--created <time>", "the moment that it says it was made, for equal bytes")
        .option(
          "--ignore <pattern>",
          "what is left out, as in a .gitignore; may be given again",
          repeated,
        )
        .addOption(
          new Option(
            "--layout <layout>",
            "names that tell, or that caches may keep for ever (paths)",
          ).choices(["paths", "hashes"] as const),
        )
        .addOption(
          new Option("--engine <names...>", "what patches are tried, or none: whole files")
            .choices(["hdiff", "bsdiff", "none"] as const)
            .default(["hdiff"] as const),
        )
        .addOption(
          new Option("--effort <effort>", "hdiff: how much time a smaller patch is worth").choices([
            "fast",
            "balanced",
            "smallest",
          ] as const),
        )
        .addOption(
          new Option("--codec <codec>", "hdiff: how patches are compressed").choices([
            "auto",
            "stored",
            "zlib",
            "lzma2",
            "zstd",
          ] as const),
        )
        .option("--no-compress", "ship whole files as they are")
        .addOption(
          new Option("--readers <who>", "go: the Go library can apply it too").choices([
            "go",
          ] as const),
        )
        .option("--concurrency <n>", "files that are worked on at once", wholeNumber(1)),
    ),
  async run(context, [newDir, outDir], options) {
    const { from, fromVersion, full, readers, compress } = options;
    if ((from === undefined) !== (fromVersion === undefined)) {
      throw usageError("--from and --from-version go together");
    }
    if (full !== undefined && from === undefined) {
      throw usageError("--full goes with --from: without it, the full update is built already");
    }
    const { buildUpdate } = await import("@potassium/manifest");
    const { output, progress, signal } = context;
    const sign = await signingKeys(context, options.sign);
    const report = await buildUpdate(from, newDir, outDir, {
      ...(from === undefined
        ? {}
        : { engines: await buildEngines({ ...options, tools: toolsOf(options) }) }),
      fromVersion,
      toVersion: options.toVersion,
      product: options.product,
      platform: options.platform,
      channel: options.channel,
      sequence: options.sequence,
      expires: options.expires,
      created: options.created,
      ignore: options.ignore,
      layout: options.layout,
      ...(sign.length === 0 ? {} : { sign }),
      // Left out it is what suits the readers.
      ...(compress ? {} : { compress }),
      readers,
      fullDir: full,
      concurrency: options.concurrency,
      signal,
      onProgress: showProgress(progress),
    });
    const document = { folder: outDir, fullFolder: full, signed: sign.length, ...told(report) };
    await output.result(document, () => reportText(report, outDir, full));
    if (options.sequence === undefined)
      output.note("It has no --sequence: an old update can pass for a new one.");
    if (sign.length === 0) output.note("It is not signed: give --sign, or sign it by update sign.");
  },
});

/** The report without the manifest, which is in the folder. */
function told({ manifest, full, ...report }: BuildReport): object {
  return { ...report, ...(full === undefined ? {} : { full: told(full) }) };
}

function reportText(report: BuildReport, outDir: string, fullDir: string | undefined): string {
  const { files, patches, whole, packed } = report;
  const counts = Object.entries(files).filter(([, count]) => count > 0);
  const shipped = (files: number, bytes: number) =>
    `${countText(files, "file")}, ${bytesText(bytes)}`;
  return facts([
    ["update", outDir],
    ["full", fullDir],
    ["files", counts.map(([kind, count]) => `${count} ${fileKinds[kind] ?? kind}`).join(", ")],
    ...Object.entries(patches).map(
      ([name, { files, bytes }]) => [`by ${name}`, shipped(files, bytes)] as const,
    ),
    ["compressed", packed.files === 0 ? undefined : shipped(packed.files, packed.bytes)],
    ["whole", whole.files === 0 ? undefined : shipped(whole.files, whole.bytes)],
    ["shipped", `${bytesText(report.shippedBytes)} instead of ${bytesText(report.newTreeBytes)}`],
    ["no patch", report.passed.length === 0 ? undefined : passedText(report)],
  ]);
}

const fileKinds: Readonly<Record<string, string>> = { modeChanged: "with another mode" };

const passedText = ({ passed }: BuildReport): string =>
  passed.map(({ path, algorithm, code }) => `${path} (${algorithm}: ${code})`).join(", ");
