import { ProviderError } from "@potassium/core-types";

/** The error of this package: see `ProviderErrorCode` for its codes. */
export class DockerError extends ProviderError {}
DockerError.prototype.name = "DockerError";
