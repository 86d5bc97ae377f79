import { expectCode } from "../expect-code.js";
import { type ProviderSuite, waitForLine, waitForState } from "./suite.js";

export function testConsole({ check, image, can }: ProviderSuite): void {
  if (!can("console")) return;

  check("sendCommand() writes whole lines to the server's console, in order", async (provider) => {
    const { id } = await provider.allocate({ image });
    await Promise.all([
      provider.sendCommand(id, "say one"),
      provider.sendCommand(id, "say zwei 🎮"),
    ]);
    await waitForLine(provider, id, "said one");
    await waitForLine(provider, id, "said zwei 🎮");
  });

  check("sendCommand() refuses a second line smuggled into the first", async (provider) => {
    const { id } = await provider.allocate({ image });
    for (const line of ["say a\nstop", "say a\rstop", "nul\0"]) {
      await expectCode("INVALID_ARGUMENT", () => provider.sendCommand(id, line));
    }
  });

  check("sendCommand() rejects for a server that is unknown or does not run", async (provider) => {
    await expectCode("NOT_FOUND", () => provider.sendCommand("no-such-server", "say x"));
    const { id } = await provider.allocate({ image });
    await provider.sendCommand(id, "stop");
    await waitForState(provider, id, "stopped");
    await expectCode("NOT_RUNNING", () => provider.sendCommand(id, "say x"));
  });
}
