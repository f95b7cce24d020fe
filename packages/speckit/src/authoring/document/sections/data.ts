import type { Facts } from "../facts.ts";
import { pathIn } from "../subject.ts";

import { code, type Section } from "./section.ts";

/** What the service stores and where. */
export function dataSection(facts: Facts): Section | undefined {
  const { feature } = facts;
  const { name, technology } = facts.database;
  const entities = (feature?.spec?.entities ?? []).map(
    ({ entity, at }) => `- ${entity} (${code(`${pathIn(facts, at.file)}:${at.line}`)})`,
  );
  const stores = facts.files
    .filter(({ role }) => role === "store")
    .map(({ path, purpose }) => `- ${code(path)}${purpose === undefined ? "" : `: ${purpose}`}`);
  const parts = [
    ...(name === undefined
      ? []
      : [[`Database: ${technology === undefined ? name : `${name} (${technology})`}.`]]),
    ...(entities.length > 0 ? [["Owned, and written by nobody else:", "", ...entities]] : []),
    ...(stores.length > 0 ? [["Read and written in:", "", ...stores]] : []),
  ];
  if (parts.length === 0) return undefined;
  return { title: "Data", lines: parts.flatMap((part, index) => (index === 0 ? part : ["", ...part])) };
}
