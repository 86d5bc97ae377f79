import { preset } from "@potassium/tooling/tsup";

export default preset({
  entry: {
    quickstart: "quickstart/main.ts",
    "game-server": "quickstart/game-server.ts",
    taste: "taste/main.ts",
    "taste-plain": "taste/plain.ts",
    process: "process/main.ts",
    "core-types": "core-types/main.ts",
    registry: "registry/main.ts",
    "registry-redis": "registry/redis.ts",
    "registry-snapshot": "registry/snapshot.ts",
    relay: "relay/main.ts",
    "relay-keeper": "relay/keeper.ts",
    diff: "diff/main.ts",
    "diff-apply": "diff/apply.ts",
    "diff-tools": "diff/tools.ts",
    "diff-smallest": "diff/smallest.ts",
    "diff-electron": "diff/electron.ts",
    docker: "docker/main.ts",
    "docker-overlay-network": "docker/overlay-network.ts",
  },
  dts: false,
});
