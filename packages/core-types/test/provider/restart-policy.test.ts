import { RestartPolicy } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("RestartPolicy", RestartPolicy, {
  accepts: [
    { name: "no" },
    { name: "always" },
    { name: "unless-stopped" },
    { name: "on-failure" },
    { name: "on-failure", maxRetries: 3 },
  ],
  rejects: [
    ["always", ""],
    [{}, "name"],
    [{ name: "sometimes" }, "name"],
    [{ name: "on-failure", maxRetries: 0 }, "maxRetries"],
    [{ name: "always", maxRetries: 3 }, "maxRetries"],
  ],
});
