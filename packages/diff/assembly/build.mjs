// Compiles the modules that are written in AssemblyScript into dist, where the threads find them.
import asc from "assemblyscript/asc";

/** Of each module its program, its file in dist, and what is special about it. */
const modules = [
  {
    program: "assembly/match/index.ts",
    output: "dist/hdiff-match.wasm",
    // All threads work in one memory, which the main thread makes as large as they need it: 65536 pages are the most.
    options: [
      ...["--importMemory", "--noExportMemory", "--sharedMemory"],
      ...["--initialMemory", "1", "--maximumMemory", "65536"],
      ...["--enable", "simd,threads,bulk-memory"],
    ],
  },
  {
    program: "assembly/lzma2/index.ts",
    output: "dist/hdiff-lzma2.wasm",
    // Each thread has a memory of its own, which grows with what it is given.
    options: ["--initialMemory", "1", "--use", "abort="],
  },
];

// Nothing is collected: what is needed of memory is laid out by hand.
const always = ["--runtime", "stub", "-O3", "--noAssert"];

for (const { program, output, options } of modules) {
  const { error, stderr } = await asc.main([program, "-o", output, ...always, ...options]);
  if (error === null) continue;
  process.stderr.write(stderr.toString());
  process.exitCode = 1;
}
