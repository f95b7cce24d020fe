import type { Statement } from "../../model/constitution.ts";
import { plainText } from "./statement-text.ts";

const store = "(?:databases?|data ?stores?|schemas?|db)";
const service = "(?:micro-?)?services?";
const forms = [
  `\\bno shared ${store}`,
  `\\b${store}[- ]per[- ]${service}\\b`,
  `\\bper ${service}\\b.*\\b${store}\\b|\\b${store}\\b.*\\bper ${service}\\b`,
  `\\b${service}\\b[^.]*\\bowns? (?:its|their) (?:own )?(?:data\\b|${store})`,
  `\\b${service}\\b[^.]*\\b(?:its|their) own (?:\\w+ )?${store}\\b`,
  `\\b${service}\\b[^.]*\\b(?:must|shall|may|should|can) ?(?:not|never) (?:directly )?(?:share|access|read|write|query)\\b[^.]*\\b${store}\\b`,
  `\\b(?:sharing|shared) ${store}\\b[^.]*\\b(?:forbidden|prohibited|not allowed|not permitted)\\b`,
];
const isOwn = new RegExp(forms.join("|"), "i");

/** Finds the demand that no two services use one database. */
export function ownDatabase(statement: Statement) {
  return isOwn.test(plainText(statement.text)) ? { kind: "own-database" as const, statement } : undefined;
}
