import { isContractKind } from "../model/contract.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import { nameOf, type Spellings } from "../model/service-names.ts";

/** File names that say what a contract is, not whose. */
const generic =
  /^(?:api|apis|openapi|asyncapi|swagger|spec|api-spec|events?|index|main|service|contract|schema|schemas|rest|http|v\d+(?:\.\d+)*|common|shared|public|internal)$/i;
/** What follows the name of a service in the name of a contract: `user-service.openapi`, `orders-events`, `billing_v2`. */
const ending =
  /[._-](?:api|apis|openapi|asyncapi|swagger|spec|events?|contract|schema|rest|http|v\d+(?:[._]\d+)*)$/i;

/**
 * Whose contract a file of a shared folder is, by its name or the names of the folders around it: `contracts/user-service.yaml`,
 * `api/users/openapi.yaml`. Undefined when these name no service, or when it stands for all.
 */
export function homeOf({ file, kind }: ParsedDocument, names: Spellings): string | undefined {
  if (!isContractKind(kind)) return undefined;
  const parts = file.replace(/\.[^./]+$/, "").split("/");
  for (const part of parts.reverse()) {
    let stem = part;
    for (let before = ""; before !== stem; ) {
      before = stem;
      const name = generic.test(stem) ? undefined : nameOf(stem, names);
      if (name !== undefined) return name;
      stem = stem.replace(ending, "");
    }
  }
  return undefined;
}
