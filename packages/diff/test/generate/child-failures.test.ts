import { expect, test } from "vitest";
import { generateBsdiff } from "../../src/generate/generate-bsdiff.js";
import { standIn } from "./stand-in.js";
import { workFolder } from "./work-folder.js";

/** The rejection of a call whose child process loads `text` in the place of bsdiff-node. */
async function failureWith(make: { body: string } | { module: string }): Promise<unknown> {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", "content");
  const library =
    "body" in make
      ? await standIn(folder, make.body)
      : await folder.write("stand-in.cjs", make.module);
  return await generateBsdiff(inputPath, inputPath, folder.path("patch"), { library }).catch(
    (error: unknown) => error,
  );
}

test("where bsdiff-node is not installed, ENGINE_UNAVAILABLE says what to do", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", "content");
  const library = "bsdiff-node-that-is-not-installed";
  await expect(
    generateBsdiff(inputPath, inputPath, folder.path("patch"), { library }),
  ).rejects.toMatchObject({
    code: "ENGINE_UNAVAILABLE",
    message: expect.stringMatching(/not installed.*compiler.*npm rebuild bsdiff-node.*"tool"/),
  });
  expect(await folder.names()).toEqual(["input"]);
});

test("where bsdiff-node is not compiled, ENGINE_UNAVAILABLE says what to do", async () => {
  expect(await failureWith({ module: `require("./build/Release/bsdiff.node");` })).toMatchObject({
    code: "ENGINE_UNAVAILABLE",
    message: expect.stringMatching(/can't be loaded.*npm rebuild.*Cannot find module/s),
  });
});

test("a library that ends its process when it is loaded is ENGINE_UNAVAILABLE", async () => {
  const module = `process.stderr.write("wrong version of Node"); process.exitCode = 3; process.exit();`;
  expect(await failureWith({ module })).toMatchObject({
    code: "ENGINE_UNAVAILABLE",
    message: expect.stringMatching(/can't be loaded.*npm rebuild.*exit code 3: wrong version/),
  });
});

test("a crash is ENGINE_UNAVAILABLE with what the process said", async () => {
  const body = `process.stderr.write("a bad pointer\\n", () => process.kill(process.pid, "SIGSEGV"));
    await new Promise(() => {});`;
  expect(await failureWith({ body })).toMatchObject({
    code: "ENGINE_UNAVAILABLE",
    message: expect.stringMatching(/crashed.*SIGSEGV: a bad pointer/),
  });
});

test("a process that the system killed is TOO_LARGE, pointing to hdiff", async () => {
  const body = `process.kill(process.pid, "SIGKILL"); await new Promise(() => {});`;
  expect(await failureWith({ body })).toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringMatching(/out of memory.*65 MiB.*hdiff/),
  });
});

test("a refused allocation is TOO_LARGE, whether bsdiff-node says so or ends its process", async () => {
  for (const body of [
    `throw "Cannot allocate memory";`,
    `process.stderr.write("bsdiff: Cannot allocate memory\\n", () => process.exit(1));
     await new Promise(() => {});`,
  ]) {
    expect(await failureWith({ body })).toMatchObject({ code: "TOO_LARGE" });
  }
});

test("what bsdiff-node says went wrong is an IO_ERROR", async () => {
  expect(await failureWith({ body: `throw '"old" Input/output error';` })).toMatchObject({
    code: "IO_ERROR",
    message: expect.stringContaining("Input/output error"),
  });
  expect(await failureWith({ body: `throw "BZ2_bzWrite, bz2err = -6";` })).toMatchObject({
    code: "IO_ERROR",
    message: expect.stringContaining("is the disk full?"),
  });
});

test("percents that fall, overflow or come after the end are not reported", async () => {
  await using folder = await workFolder();
  const inputPath = await folder.write("input", Buffer.alloc(200));
  const library = await standIn(
    folder,
    "for (const percent of [0, 10, 5, -90, 40, 100, 40, 250, 50]) report(percent);",
  );
  const done: number[] = [];
  await generateBsdiff(inputPath, inputPath, folder.path("patch"), {
    library,
    onProgress: ({ doneBytes }) => done.push(doneBytes),
  });
  expect(done).toEqual([0, 20, 80, 100, 200]);
});

test("the child process sees nothing of the environment that it doesn't need", async () => {
  process.env["POTASSIUM_TEST_SECRET"] = "hunter2";
  try {
    const failure = await failureWith({ body: "throw JSON.stringify(process.env);" });
    expect(failure).toMatchObject({ message: expect.stringContaining("{") });
    expect(String(failure)).not.toMatch(/hunter2|HOME|"PATH"/);
  } finally {
    delete process.env["POTASSIUM_TEST_SECRET"];
  }
});
