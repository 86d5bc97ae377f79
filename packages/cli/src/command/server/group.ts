import type { Group } from "../verb.js";
import { allocateServer } from "./allocate-server.js";
import { getServer } from "./get-server.js";
import { listServers } from "./list-servers.js";
import { removeServers } from "./remove-servers.js";
import { restartServers } from "./restart-servers.js";
import { runInServer } from "./run-in-server.js";
import { showLogs } from "./show-logs.js";
import { showStats } from "./show-stats.js";
import { watchEvents } from "./watch-events.js";

export const serverGroup: Group = {
  name: "server",
  summary: "Run game servers in containers of Docker or Podman",
  verbs: [
    listServers,
    allocateServer,
    getServer,
    showLogs,
    runInServer,
    showStats,
    watchEvents,
    restartServers,
    removeServers,
  ],
};
