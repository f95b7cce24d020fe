import type { Handler } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { publishedJwk } from "../key-ring.ts";

/** `GET /api/v1/auth/jwks`: as RFC 7517 has it, for libraries that read nothing else. */
export function getJwksHandler({ keys, clock }: Dependencies): Handler {
  return async () => ({ keys: (await keys.published(clock())).map(publishedJwk) });
}
