/**
 * The environment in which the image's Node runs a program of the test's before the suite's server: the
 * image's own program is fixed.
 */
export function ownProgram(code: string): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}
