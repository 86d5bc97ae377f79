import { ResourceLimits } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("ResourceLimits", ResourceLimits, {
  accepts: [
    {},
    { cpuLimit: 0.5, memoryLimit: 1, memorySwap: -1, pidsLimit: 1 },
    { diskIoReadBps: 1, diskIoWriteBps: 2 ** 50, diskSizeLimit: 1 },
  ],
  rejects: [
    [{ cpuLimit: 0 }, "cpuLimit"],
    [{ cpuLimit: -1 }, "cpuLimit"],
    [{ cpuLimit: Number.NaN }, "cpuLimit"],
    [{ cpuLimit: Number.POSITIVE_INFINITY }, "cpuLimit"],
    [{ memoryLimit: 0 }, "memoryLimit"],
    [{ memoryLimit: 1.5 }, "memoryLimit"],
    [{ memoryLimit: 2 ** 53 }, "memoryLimit"],
    [{ memoryLimit: "1g" }, "memoryLimit"],
    [{ memorySwap: 0 }, "memorySwap"],
    [{ memorySwap: -2 }, "memorySwap"],
    [{ pidsLimit: 0 }, "pidsLimit"],
    [{ diskIoReadBps: 0 }, "diskIoReadBps"],
    [{ diskIoWriteBps: -1 }, "diskIoWriteBps"],
    [{ diskSizeLimit: 0 }, "diskSizeLimit"],
    [{ memory: 1 }, "memory"],
  ],
});
