/** A Docker engine of its own: data, socket and process ids are in one folder. */
export interface OwnDockerd {
  /** As for DOCKER_HOST. */
  readonly host: string;
  /** Ends it at once, as a crash of the machine's would. Containers run on. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  restart(): Promise<void>;
  /** Ends it and what it has started, and removes its folder. */
  stop(): Promise<void>;
}

/**
 * Starts a Docker engine. Needs root, `dockerd` and `iptables`.
 *
 * @param options.isolated without a bridge and firewall rules, so that it can run beside another one; its
 *   containers have no network.
 */
export function startDockerd(folder: string, options?: { isolated?: boolean }): Promise<OwnDockerd>;
