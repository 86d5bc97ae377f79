import { Argument } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { shellScripts, shells } from "./shell-scripts.js";

export const printCompletion = defineVerb({
  name: "completion",
  summary: "Print what a shell reads to complete this command's words",
  examples: [
    { does: "bash, in ~/.bashrc", line: "completion bash >> ~/.bashrc" },
    {
      does: "fish, for all its windows",
      line: "completion fish > ~/.config/fish/completions/potassium.fish",
    },
  ],
  declare: (command) => command.addArgument(new Argument("<shell>", "which shell").choices(shells)),
  async run({ output }, [shell]) {
    const script = shellScripts[shell];
    await output.result({ shell, script }, () => script);
  },
});
