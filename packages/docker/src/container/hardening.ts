/**
 * What containers get beyond the request, to keep a server that was broken into small and a host from
 * filling up. Each can be loosened by name.
 */
export interface Hardening {
  /** Processes can't gain privileges by set-user-id programs. @default true */
  readonly noNewPrivileges?: boolean | undefined;
  /** Capabilities that are taken away. @default those that a game server doesn't use: see `droppedCapabilities` */
  readonly dropCapabilities?: readonly string[] | undefined;
  /** A tiny init that reaps zombies and passes signals on. @default true */
  readonly init?: boolean | undefined;
  /** Size at which a container's log is rotated. @default 10 MiB */
  readonly logMaxBytes?: number | undefined;
  /** How many rotated logs are kept. @default 3 */
  readonly logMaxFiles?: number | undefined;
}

/** Raw sockets spoof players, device nodes and audit records are the host's business. */
export const droppedCapabilities = [
  "NET_RAW",
  "MKNOD",
  "AUDIT_WRITE",
  "SETFCAP",
  "SYS_CHROOT",
] as const;

export type ResolvedHardening = {
  readonly [Key in keyof Hardening]-?: NonNullable<Hardening[Key]>;
};

export function resolveHardening(options: Hardening = {}): ResolvedHardening {
  return {
    noNewPrivileges: options.noNewPrivileges ?? true,
    dropCapabilities: options.dropCapabilities ?? droppedCapabilities,
    init: options.init ?? true,
    logMaxBytes: options.logMaxBytes ?? 10 * 1024 * 1024,
    logMaxFiles: options.logMaxFiles ?? 3,
  };
}
