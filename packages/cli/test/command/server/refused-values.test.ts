import { expect, test } from "vitest";
import { describeEngines, image, scratchServers } from "../../support/scratch-servers.js";

describeEngines((engine) => {
  test.each([
    [["--port", "70000:5520", image], "--port", "ports[0].host"],
    [["--port", "5520", "--port", "1:5521", "--port", "1:5522", image], "--port", "ports[2].host"],
    [["--name", "!", image], "--name", "name"],
    [["--ip", "10.99.0.300", "--network", "n", image], "--ip", "ip"],
    [["--ip", "10.99.0.3", image], "--ip", "ip"],
    [["--env", "A B=1", image], "--env", 'environment["A B"]'],
    [["--label", "a b=c", image], "--label", 'labels["a b"]'],
    [["--readiness", "tcp:5520", image], "--readiness", "readiness.port"],
    [["--readiness-timeout", "9d", image], "--readiness-timeout", "readiness.timeoutMs"],
    [["--stop-grace", "9d", image], "--stop-grace", "stop.graceMs"],
    [["--stop-signal", "TERM", image], "--stop-signal", "stop.signal"],
    [["--memory-swap", "1GiB", image], "--memory-swap", "memorySwap"],
    [["--cpu", "0", image], "--cpu", "cpuLimit"],
    [["my game"], "<image>", "image"],
  ])("a value that is refused names its option: allocate %j", async (argv, option, field) => {
    await using ours = scratchServers(engine);
    const { code, stdout } = await ours.run("allocate", ["--json", ...argv]);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: "INVALID_ARGUMENT", option, field },
    });
    expect(await ours.provider.list()).toEqual([]);
  });

  test.each([
    ["{", "holds no JSON", "file"],
    ['{"image":"my game"}', "must not hold blanks", "file.image"],
    [
      `{"image":"${image}","ports":[{"container":0,"protocol":"udp"}]}`,
      "at least 1",
      "file.ports[0].container",
    ],
    [
      `{"image":"${image}","labels":{"potassium.x":"y"}}`,
      "the provider's own",
      "file.labels.potassium.x",
    ],
  ])("a request that is refused names its file: %s", async (stdin, message, field) => {
    await using ours = scratchServers(engine);
    const { code, stdout } = await ours.run("allocate", ["--json", "--file", "-"], { stdin });
    expect(code).toBe(2);
    const { error } = JSON.parse(stdout);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", option: "--file", field });
    expect(error.message).toContain(message);
  });
});
