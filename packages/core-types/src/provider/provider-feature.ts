/** What a provider may be unable to do. */
export type ProviderFeature =
  | "networks"
  | "volumes"
  | "exec"
  | "console"
  | "files"
  | "stats"
  | "restartPolicy"
  | "cpuLimit"
  | "memoryLimit"
  | "memorySwap"
  | "pidsLimit"
  | "diskIoLimit"
  | "diskSizeLimit";

export type FeatureSupport =
  | { readonly supported: true }
  | { readonly supported: false; readonly reason: string };

/**
 * What the provider can do. A request for what it can't is refused with `NOT_SUPPORTED` and the
 * reason that stands here, before anything is started.
 */
export type ProviderSupports = Readonly<Record<ProviderFeature, FeatureSupport>>;
