/** A Redis server that a test or a CI run started. */
export interface OwnRedis {
  readonly port: number;
  readonly url: string;
  kill(): Promise<void>;
  start(): Promise<void>;
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export function startRedis(folder: string, args?: readonly string[]): Promise<OwnRedis>;
