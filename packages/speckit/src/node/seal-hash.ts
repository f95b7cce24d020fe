import { blobId } from "./git.ts";

/** The hash by which sections of generated documents are known: short, since there are many in a file. */
export function sealHash(text: string): string {
  return blobId(Buffer.from(text)).slice(0, 12);
}
