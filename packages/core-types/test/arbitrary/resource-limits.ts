import * as fc from "fast-check";

const bytes = fc.integer({ min: 1, max: 2 ** 50 });

export const limitFields = {
  cpuLimit: fc.double({ min: 0.001, max: 10_000, noNaN: true }),
  memoryLimit: fc.integer({ min: 1, max: 2 ** 40 }),
  memorySwap: fc.oneof(fc.constant(-1), fc.integer({ min: 2 ** 40, max: 2 ** 50 })),
  pidsLimit: fc.integer({ min: 1, max: 100_000 }),
  diskIoReadBps: bytes,
  diskIoWriteBps: bytes,
  diskSizeLimit: bytes,
};
