import { StopPolicy } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("StopPolicy", StopPolicy, {
  accepts: [
    {},
    { signal: "SIGINT", graceMs: 0 },
    { graceMs: 3_600_000, command: { type: "console", line: "stop" } },
    { command: { type: "exec", command: ["rcon", "stop"] } },
  ],
  rejects: [
    [{ signal: "TERM" }, "signal"],
    [{ signal: "SIGTERM; rm" }, "signal"],
    [{ signal: 15 }, "signal"],
    [{ graceMs: -1 }, "graceMs"],
    [{ graceMs: 3_600_001 }, "graceMs"],
    [{ graceMs: 0.5 }, "graceMs"],
    [{ command: "stop" }, "command"],
    [{ command: { type: "rcon" } }, "command.type"],
    [{ command: { type: "console", line: "a\nb" } }, "command.line"],
    [{ command: { type: "exec", command: [] } }, "command.command"],
    [{ command: { type: "exec", command: ["a"], shell: true } }, "command.shell"],
    [{ grace_ms: 1 }, "grace_ms"],
  ],
});
