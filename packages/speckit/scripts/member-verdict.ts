import { compareTexts, worst } from "../src/index.ts";
import type { MemberPair, Parts } from "./member-pairs.ts";

export const changesOfMember = ["added", "removed", "narrowed", "widened"] as const;
export type ChangeOfMember = (typeof changesOfMember)[number];

/** What the engine says of a member that comes, goes, or becomes stronger or weaker; undefined where it has one strength. */
export function verdictOfMember(pair: MemberPair, change: ChangeOfMember): string | undefined {
  const { without, loose, tight } = pair;
  if (change === "added") return compare(without, tight);
  if (change === "removed") return compare(tight, without);
  if (!loose) return undefined;
  return change === "narrowed" ? compare(loose, tight) : compare(tight, loose);
}

function compare(base: Parts, revision: Parts): string {
  const [before = "", after = ""] = [base, revision].map((parts) => JSON.stringify(documentWith(parts)));
  const file = "api.json";
  return worst(compareTexts({ file, text: before }, { file, text: after }, { today: "2026-01-01" }));
}

function documentWith({ operation = {}, path = {}, document = {} }: Parts): object {
  const { paths = {}, ...rest } = document as { paths?: object };
  const get = { responses: { 200: { description: "One" } }, ...operation };
  return {
    openapi: "3.1.0",
    info: { title: "Things", version: "v1" },
    ...rest,
    paths: { "/things": { ...path, post: get }, ...paths },
  };
}
