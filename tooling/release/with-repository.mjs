/**
 * A package.json with the repository that npm's provenance compares with the one that the workflow runs in: the
 * manifests name none, since the same commit can be released from a fork.
 *
 * @param {string} json the content of a package.json
 * @param {string} repository `owner/name`, as GitHub's `GITHUB_REPOSITORY`
 * @param {string} directory where in the repository the package is: `packages/relay`
 */
export function withRepository(json, repository, directory) {
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new TypeError(`no repository of GitHub: "${repository}"`);
  }
  const url = `git+https://github.com/${repository}.git`;
  const value = { ...JSON.parse(json), repository: { type: "git", url, directory } };
  return `${JSON.stringify(value, null, 2)}\n`;
}
