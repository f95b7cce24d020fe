import type { Logger } from "@speckit/service-kit";
import type { KeyRing } from "./key-ring.ts";
import { isReadable, type SigningKeyStore } from "./store/signing-keys.ts";

export interface RotationDependencies {
  readonly keys: SigningKeyStore;
  readonly ring: KeyRing;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** Makes the next signing key when it is due, and has this process know what is published. To be called at the start and often after. */
export function createRotation({ keys, ring, clock, log }: RotationDependencies): () => Promise<void> {
  let unreadable = 0;
  return async () => {
    const published = await keys.rotate(clock());
    ring.replace(published);
    const count = published.filter((key) => !isReadable(key)).length;
    if (count > unreadable)
      log.warn({ count }, "signing keys were encrypted with another AUTH_SECRET and cannot sign");
    unreadable = count;
  };
}
