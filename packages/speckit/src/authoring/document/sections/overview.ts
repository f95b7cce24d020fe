import type { Facts } from "../facts.ts";
import { pathIn } from "../subject.ts";

import { code, type Section } from "./section.ts";

/** What the service is for, as its specification says. */
export function overviewSection(facts: Facts): Section {
  const { service, feature } = facts;
  const spec = feature?.spec;
  const opening = spec && firstWords(facts, spec.file);
  const claims = (spec?.responsible ?? []).map(({ text }) => `- ${text}`);
  const others = (spec?.notResponsible ?? []).map(({ text }) => `- ${text}`);
  const documents = [spec, feature?.plan, feature?.tasks].flatMap((document) =>
    document ? [code(pathIn(facts, document.file))] : [],
  );
  const contracts = [...service.apis, ...service.eventContracts, ...service.asyncApis, ...service.avros].map(
    ({ file }) => code(pathIn(facts, file)),
  );
  const parts = [
    ...(opening === undefined ? [] : [[opening]]),
    ...(claims.length > 0 ? [["Responsible for:", "", ...claims]] : []),
    ...(others.length > 0 ? [["Not responsible for:", "", ...others]] : []),
    [
      ...(service.owner === undefined ? [] : [`- Owner: ${service.owner}`]),
      ...(documents.length > 0 ? [`- Documents: ${documents.join(", ")}`] : []),
      ...(contracts.length > 0 ? [`- Contracts: ${contracts.join(", ")}`] : []),
    ],
  ].filter((part) => part.length > 0);
  return { title: "Overview", lines: parts.flatMap((part, index) => (index === 0 ? part : ["", ...part])) };
}

/** The first paragraph of prose below "Overview", "Summary" or the like. */
function firstWords({ textOf, feature }: Facts, file: string): string | undefined {
  const sections = feature?.spec?.sections ?? [];
  const lines = (textOf(file) ?? "").split(/\r\n?|\n/);
  const named = sections.find(
    ({ title, empty }) =>
      !empty && /overview|summary|purpose|introduction|description|背景|概述/i.test(title),
  );
  if (!named) return undefined;
  const text: string[] = [];
  for (const line of lines.slice(named.at.line, named.endLine)) {
    if (/^#/.test(line)) break;
    if (line.trim() === "" && text.length > 0) break;
    if (/^(?:[-*|>]|\d+\.|\*\*|<!--)/.test(line.trim())) return undefined;
    if (line.trim() !== "") text.push(line.trim());
  }
  return text.length === 0 ? undefined : text.join("\n");
}
