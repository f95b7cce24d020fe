import type { Statement } from "../../model/constitution.ts";
import { plainText } from "./statement-text.ts";

/** A path down to its version: `/api/v1`, `/v{n}`; what follows the version is some resource. */
const versioned =
  /(?<![\w.])(?:https?:\/\/[^\s/`]+)?((?:\/[\w.{}<>-]+)*\/v(?:\d+(?:\.\d+)?|\{\w+\}|<\w+>|[NX]|x|n)(?![\w]))/;
const isAboutAll =
  /version|バージョン|版本|верси|versión|prefix|(?:start|begin)s? with|\bunder\b|base ?path|\b(?:all|every|each)\b[^.]*\b(?:endpoint|route|path|api|url)s?\b/i;
const isInPath =
  /\b(?:url|uri|path)s?(?:[- ]based)?[- ]version|version\w*\s+(?:is |are |stands? )?(?:in|via|through|by)\s+(?:the\s+)?(?:url|uri|path)/i;

/** Finds the prefix that all paths have to begin with. `v{n}` when only a version somewhere in the path is asked for. */
export function pathVersion(statement: Statement) {
  const text = plainText(statement.text);
  if (/\b(?:event|topic|message)s?\b/i.test(text) && !/\b(?:api|url|path|endpoint)s?\b/i.test(text))
    return undefined;
  const path = versioned.exec(text)?.[1];
  if (path !== undefined && isAboutAll.test(text))
    return { kind: "path-version" as const, prefix: `${path}/`, statement };
  return isInPath.test(text) ? { kind: "path-version" as const, prefix: "v{n}", statement } : undefined;
}
