import type { Assignment } from "../author.ts";
import { promptedStatements } from "../constitution/prompted.ts";
import { titleOf } from "../setup/constitution-draft.ts";

/** Sections in the order in which the template has them. */
const order = ["Core Principles", "Technology Stack", "Standards"];

/**
 * The statements that a prompt asks for, as a document of their own. Where a constitution stands, they are brought into it: what a person wrote stays.
 * A choice that is framed by its neighbours keeps its frame: "PostgreSQL per service".
 */
export function draftPromptedConstitution({ prompt, service, current }: Assignment): string {
  const statements = promptedStatements(prompt).map(({ section, text }) => ({
    section,
    text: framed(text, current ?? ""),
  }));
  const parts = order.flatMap((title) => {
    const own = statements.filter(({ section }) => section === title).map(({ text }) => `- ${text}`);
    return own.length === 0 ? [] : [`## ${title}\n\n${[...new Set(own)].join("\n")}`];
  });
  return `${[titleIn(current) ?? `# ${titleOf(service.name)} Constitution`, ...parts].join("\n\n")}\n`;
}

function titleIn(current: string | undefined): string | undefined {
  return /^# .+$/m.exec(current ?? "")?.[0];
}

/** A database stays one per service, and a framework goes to its language, when the prompt says nothing else about it. */
function framed(text: string, current: string): string {
  const [, database] = /^Database: ([^(]+)$/.exec(text) ?? [];
  if (
    database !== undefined &&
    !/per service/i.test(text) &&
    /^[-*+] .*Database\W+.*per service/im.test(current)
  )
    return `Database: ${database} per service`;
  const [, framework] = /^Framework: (.+)$/.exec(text) ?? [];
  const [, language] = /^[-*+] \**Language\**: *([\p{L}#+.]+)/imu.exec(current) ?? [];
  return framework !== undefined && language !== undefined ? `Language: ${language} (${framework})` : text;
}
