import type { Facts } from "../facts.ts";
import { code, refText, type Section, table } from "./section.ts";

/** The variables that code reads. */
export function environmentSection(facts: Facts): Section | undefined {
  const rows = facts.variables.map(({ name, meaning, readAt }) => [
    code(name),
    meaning ?? "",
    readAt.map(({ file, line, name: place }) => refText(facts, { file, line, name: place })).join(", "),
  ]);
  return rows.length === 0
    ? undefined
    : { title: "Environment", lines: table(["Variable", "Meaning", "Read at"], rows) };
}
