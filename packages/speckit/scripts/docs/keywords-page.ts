import {
  type ChangeOfKeyword,
  changesOfKeyword,
  type KeywordPair,
  keywordPairs,
  versionsOf,
} from "../keyword-pairs.ts";
import { places, verdictAt } from "../keyword-verdict.ts";
import { memberPairs } from "../member-pairs.ts";
import { changesOfMember, verdictOfMember } from "../member-verdict.ts";

const marks: Readonly<Record<string, string>> = { breaking: "❌", risky: "⚠️", compatible: "✅", none: "✅" };

/** Keyword × change × place: what the engine says of each, worked out anew with every `npm run docs`. */
export function keywordsPage(): string {
  return `${[
    "<!-- Written by `npm run docs` from packages/speckit/scripts/keyword-pairs.ts and member-pairs.ts. -->",
    "# Keywords",
    "What a change of each keyword means, in requests, responses and events. ❌ breaks the other side, ⚠️ may break it, ✅ does not. In each cell: **request response event**. Events are taken as published, so that old consumers must understand new messages; with `--compatibility backward` they are judged as requests are.",
    table(),
    "## Members of OpenAPI",
    "The same for what stands around schemas. Where a member has one strength there is nothing between its coming and its going. – says that nobody on the wire can notice.",
    members(),
    "## The schemas",
    "The two strengths of each keyword that stand behind the table. *Narrowed* is the first that becomes the second, *widened* the way back; *added* and *removed* are the second that comes and goes. A test holds each against a validator of JSON Schema: there is a value that the first allows and the second does not.",
    schemas(),
  ].join("\n\n")}\n`;
}

function table(): string {
  return [
    `| keyword | ${changesOfKeyword.join(" | ")} |`,
    `| --- |${" --- |".repeat(changesOfKeyword.length)}`,
    ...keywordPairs.map(
      (pair) =>
        `| \`${pair.keyword}\` | ${changesOfKeyword.map((change) => cell(pair, change)).join(" | ")} |`,
    ),
  ].join("\n");
}

function members(): string {
  return [
    `| member | what comes, or is the stronger | ${changesOfMember.join(" | ")} |`,
    `| --- | --- |${" --- |".repeat(changesOfMember.length)}`,
    ...memberPairs.map((pair) => {
      const cells = changesOfMember.map((change) => markOfMember(verdictOfMember(pair, change)));
      return `| ${pair.member} | ${pair.what} | ${cells.join(" | ")} |`;
    }),
  ].join("\n");
}

function markOfMember(verdict: string | undefined): string {
  return verdict === undefined ? "" : verdict === "none" ? "–" : (marks[verdict] ?? "");
}

function cell(pair: KeywordPair, change: ChangeOfKeyword): string {
  const [base, revision] = versionsOf(pair, change);
  return places.map((place) => marks[verdictAt(place, base, revision)]).join(" ");
}

function schemas(): string {
  return [
    "| keyword | loose | tight |",
    "| --- | --- | --- |",
    ...keywordPairs.map(
      ({ keyword, loose, tight }) => `| \`${keyword}\` | ${code(loose)} | ${code(tight)} |`,
    ),
  ].join("\n");
}

function code(schema: object): string {
  return `\`${JSON.stringify(schema)}\``;
}
