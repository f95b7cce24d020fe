import { documentChecks } from "../../src/checks/documents/index.ts";
import { checks } from "../../src/checks/index.ts";

/** How often each check of documents was right on real ones: docs/explanation/measured-checks.md. */
export function measuredPage(): string {
  const measured = checks
    .flatMap(({ id, severity, measured: how }) => (how ? [{ id, severity, ...how }] : []))
    .sort((a, b) => b.hits - a.hits || (a.id < b.id ? -1 : 1));
  const unmeasured = documentChecks.filter(({ measured: how }) => !how).map(({ id }) => link(id));
  const rows = measured.map(
    ({ id, severity, hits, sampled, right }) =>
      `| ${link(id)} | ${severity} | ${hits} | ${hits === 0 ? "" : `${right} of ${sampled}`} |`,
  );
  return `${[
    "<!-- Written by `npm run docs` from what the checks in packages/speckit/src/checks/ say of themselves. -->",
    "# How often the checks are right",
    "A check that cries wolf is switched off, and then it finds nothing. So every check of documents was tried on 120 specs, plans, task lists and constitutions of public repositories, written by people and agents for GitHub spec-kit and its kin, in eight languages. Each finding, or 20 of them where there were more, was read beside its document with one question: would the author, shown it, change the document? Only then it was right.",
    "A check that is right in fewer than 9 of 10 cases is a remark (`info`) and fails nothing, not even with `--strict`; a test holds the table to that.",
    `| check | severity | findings | right |\n| --- | --- | --- | --- |\n${rows.join("\n")}`,
    "## What these figures say, and what they do not",
    [
      "- Most of the documents are finished and in use. Checks that find nothing here are there for drafts: in copies of the same documents with one fault put into each, they are the ones that find it.",
      "- The documents were looked at one by one. Checks between a spec and its tasks were measured on the 34 features of which both are among the documents.",
      `- Not measured are checks that need more than the documents: ${unmeasured.join(", ")}.`,
      "- The specs are GitHub spec-kit's form; the sections on events and failure modes that microservices add do not occur in them.",
    ].join("\n"),
  ].join("\n\n")}\n`;
}

function link(id: string): string {
  return `[${id}](../reference/checks/${id}.md)`;
}
