import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*", "examples", "tooling"],
    reporters: ["default", "@potassium/tooling/vitest/count-reporter"],
  },
});
