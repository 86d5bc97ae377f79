import { expect, test } from "vitest";
import { describeEngines, image, scratchServers } from "../../support/scratch-servers.js";

describeEngines((engine) => {
  test("exec passes output, stderr and exit code on", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({ image });
    const argv = [name, "sh", "-c", "echo out; echo err >&2; exit 7"];
    expect(await ours.run("exec", argv)).toEqual({ code: 7, stdout: "out\n", stderr: "err\n" });
    const { code, stdout } = await ours.run("exec", ["--json", ...argv]);
    expect(code).toBe(7);
    expect(JSON.parse(stdout)).toEqual({
      exitCode: 7,
      stdout: "out\n",
      stderr: "err\n",
      truncated: false,
    });
  });

  test("exec gives standard input, variables, folder and user to the program", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({ image });
    const script = 'cat; echo "$MODE $(id -u)"; ls';
    const { code, stdout } = await ours.run(
      "exec",
      ["-i", "-e", "MODE=a b", "-u", "player", "-w", "/bin", name, "sh", "-c", script],
      { stdin: "from stdin\n" },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^from stdin\na b 1000\n/);
    expect(stdout).toContain("busybox\n");
    const without = await ours.run("exec", [name, "cat"], { stdin: "not asked for" });
    expect(without).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("options behind the server's name are the program's", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({ image });
    const { code, stdout } = await ours.run("exec", [name, "ls", "-a", "-d", "/data"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "/data\n" });
  });

  test("exec says where output was dropped", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({ image });
    const argv = ["--max-output", "4", name, "sh", "-c", "echo 123456789"];
    const { stdout, stderr } = await ours.run("exec", argv);
    expect(stdout).not.toContain("9");
    expect(stderr).toContain("raise --max-output");
  });

  test("a program that is missing or takes too long has the command's own exit codes", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({ image });
    const missing = await ours.run("exec", [name, "no-such-program"]);
    expect(missing.code).toBe(8);
    expect(missing.stderr).toContain("no-such-program");
    const late = await ours.run("exec", ["--timeout", "300ms", name, "sleep", "60"]);
    expect(late.code).toBe(5);
  });

  test("Ctrl-C kills the program in the server", async () => {
    await using ours = scratchServers(engine);
    const { id, name } = await ours.provider.allocate({ image });
    const sleeping = ours.run("exec", [name, "sh", "-c", "echo begun > /tmp/begun; sleep 3611"]);
    const has = async (script: string) =>
      (await ours.provider.exec(id, ["sh", "-c", script])).exitCode === 0;
    await expect.poll(() => has("cat /tmp/begun"), { timeout: 20_000 }).toBe(true);
    sleeping.kill("SIGINT");
    const { code, stderr } = await sleeping;
    expect(code).toBe(130);
    expect(stderr).toContain("The program was killed.");
    // grep itself is not to be found: hence the brackets.
    const runs = "cat /proc/[0-9]*/cmdline | grep -q 'slee[p].3611'";
    await expect.poll(() => has(runs), { timeout: 20_000 }).toBe(false);
  });
});
