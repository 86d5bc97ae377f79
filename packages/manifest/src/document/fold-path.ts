/**
 * What a path is to a system that tells no case apart: two paths that fold to the same text may be one
 * file on Windows or macOS. It folds more than any one system does, so that none finds twins that we did not.
 */
export function foldPath(path: string): string {
  if (plain.test(path)) return path.toUpperCase();
  // Lower case first: the last sigma of a word has a lower-case letter of its own. What has no width is
  // passed over by HFS+ in names.
  const shown = path.replace(/\p{Default_Ignorable_Code_Point}/gu, "");
  return shown.normalize("NFC").toLowerCase().toUpperCase().normalize("NFC");
}

const plain = /^[\x20-\x7e]*$/;
