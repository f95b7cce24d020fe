import { pathIn, type Reference, type Subject } from "../subject.ts";

/** A part of ai-doc.md below a heading of its own; undefined where there is nothing to say. */
export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** `placeOrderHandler` `src/routes/place-order.ts:14`: the form that the check of references knows. */
export function refText(subject: Pick<Subject, "service">, { file, line, name }: Reference): string {
  const place = code(`${pathIn(subject, file)}:${line}`);
  return name === undefined ? place : `${code(name)} ${place}`;
}

/** A code span, whatever stands in it. */
export function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)];
}

function cell(text: string): string {
  return text
    .replace(/\r?\n/g, " ")
    .replace(/(?<!\\)\|/g, "\\|")
    .trim();
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
