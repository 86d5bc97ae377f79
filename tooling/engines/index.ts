export { type AvailableEngine, availableEngines } from "./available-engines.js";
export { conformanceImage, importConformanceImage } from "./conformance-image.js";
