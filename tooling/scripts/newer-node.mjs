import { delimiter, dirname } from "node:path";
import { root } from "./pnpm.mjs";
import { runQuietly } from "./run.mjs";

/** The folders of the tests whose outcome the version of Node can change. */
const projects = [
  "core-types",
  "diff",
  "manifest",
  "process",
  "registry",
  "relay",
  "cli",
  "examples",
];

/** What is left out of them: the patterns of test files, beside each the reason. */
export const leftOut = [
  // They need a native add-on, which is compiled for one version of Node, or ask other programs than Node.
  `${root}packages/diff/test/conformance.test.ts`,
  "test/generate/generate-bsdiff.test.ts",
  "test/tool/*.test.ts",
  "test/redis/**",
  "test/registry-redis.test.ts",
  "test/docker*.test.ts",
  "test/reconcile.test.ts",
  "test/orchestrator-*.test.ts",
  "test/command/server/*.test.ts",
  "test/readme-servers.test.ts",
  // What they find out is the file system's doing and takes minutes: kills, and thousands of files.
  "test/kill/**",
  "test/transaction/strace-kill.test.ts",
  "test/build/build-many-files.test.ts",
  "test/quickstart.test.ts",
  // Faults and losses of power that a file system in memory plays, and laws of pure functions: no Node in it.
  "test/transaction/*{crash,faults,power-loss,lost-fsync}*.test.ts",
  "test/{apply,build}/*-{faults,random}.test.ts",
  "test/apply/failing-disk.test.ts",
  "test/{match,smallest}/*.test.ts",
  "test/compress/lzma2/*.test.ts",
  "test/fuzz.test.ts",
  "test/conformance/registry/registry-suite.test.ts",
  "test/own-registry.test.ts",
  "test/model/*.test.ts",
  // V8 of Node 24 reserves more addresses at its start than their bound of memory leaves.
  "test/large.test.ts",
  "test/large-generate.test.ts",
];

/**
 * The command that runs on another version of Node, fetched from the npm registry, what that version can change.
 *
 * @param {string} version such as `24`
 * @returns {Promise<[program: string, args: string[], options: import("node:child_process").SpawnOptions]>}
 */
export async function newerNodeTests(version) {
  const script = "console.log(process.execPath)";
  const { code, output } = await runQuietly(
    "npm",
    ["exec", "--yes", `--package=node@${version}`, "--", "node", "-e", script],
    { cwd: root, shell: process.platform === "win32" },
  );
  const node = output.trim().split("\n").at(-1);
  if (code !== 0 || node === undefined) throw new Error(`there is no Node ${version}: ${output}`);
  const args = [
    ...projects.flatMap((name) => ["--project", name]),
    ...leftOut.flatMap((pattern) => ["--exclude", pattern]),
  ];
  const required = (process.env.POTASSIUM_REQUIRE ?? "").split(",");
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
    // The native add-on was compiled for the Node that runs this.
    POTASSIUM_REQUIRE: required.filter((name) => name !== "bsdiff").join(","),
  };
  return [node, [`${root}node_modules/vitest/vitest.mjs`, "run", ...args], { cwd: root, env }];
}
