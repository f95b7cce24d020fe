import type { Contract } from "../model/contract.ts";
import type { Locate, NodePlace } from "../model/location.ts";
import type { Passage, SearchedUnit } from "./searched-document.ts";

interface NamedNode {
  readonly heading: string;
  /** Another name of it: an operationId. */
  readonly id?: string | undefined;
  /** What the document says of it in words, for texts whose lines tell nothing apart. */
  readonly words: string;
  readonly at: NodePlace;
}

/** A contract as it is searched: each operation and each event on its own, and what remains as the file. */
export function contractUnits(contract: Contract, text: string, locate: Locate): SearchedUnit[] {
  const lines = text.split(/\r\n?|\n/);
  const nodes = nodesOf(contract);
  const places = locate(nodes.map(({ at }) => at)).map(({ line }) => line);
  const passages = nodes.map((node, index) => passageOf(node, places[index] ?? 1, places, lines));
  const taken = new Set(passages.flatMap(({ line, endLine }) => range(line, endLine)));
  const rest = lines.filter((_, index) => !taken.has(index + 1)).join("\n");
  return [
    {
      type: "contract",
      whole: true,
      passages: [{ line: 1, endLine: lines.length, heading: titleOf(contract), text: rest }],
    },
    ...passages.map(
      (passage, index): SearchedUnit => ({
        type: "contract",
        whole: false,
        names: `${passage.heading} ${nodes[index]?.id ?? ""}`,
        passages: [passage],
      }),
    ),
  ];
}

function passageOf(
  { heading, words }: NamedNode,
  line: number,
  starts: readonly number[],
  lines: readonly string[],
): Passage {
  const shared = starts.filter((other) => other === line).length > 1;
  const endLine = shared ? line : endOf(line, starts, lines);
  // Several on one line: the line's text would make each of them match what any of them says.
  const own = shared ? "" : lines.slice(line - 1, endLine).join("\n");
  return { line, endLine, heading, text: `${heading} ${words}\n${own}` };
}

/** A node ends where the next begins, or where the text goes back to the indentation of its parent. */
function endOf(line: number, starts: readonly number[], lines: readonly string[]): number {
  const next = Math.min(lines.length + 1, ...starts.filter((other) => other > line));
  const indent = indentOf(lines[line - 1] ?? "");
  for (let at = line + 1; at < next; at++) {
    const text = lines[at - 1] ?? "";
    if (text.trim() !== "" && indentOf(text) <= indent) {
      return /^\s*[}\]]/.test(text) ? at : at - 1;
    }
  }
  return next - 1;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function titleOf(contract: Contract): string {
  if (contract.kind === "openapi" || contract.kind === "asyncapi") return contract.title ?? "";
  return contract.kind === "avro" ? (contract.name ?? "") : "";
}

function nodesOf(contract: Contract): NamedNode[] {
  switch (contract.kind) {
    case "openapi":
      return contract.operations.map(({ method, path, operationId = "", summary = "", at }) => ({
        heading: `${method} ${path}`,
        id: operationId,
        words: `${operationId} ${summary}`,
        at,
      }));
    case "events":
      return contract.events.map(({ event, version, description = "", consumers, at }) => ({
        heading: version === undefined ? event : `${event} ${version}`,
        words: `${description} ${consumers.map(({ service }) => service).join(" ")}`,
        at,
      }));
    case "asyncapi":
      return contract.uses.map(({ address, role, messages, at }) => ({
        heading: address,
        words: `${role} ${messages.join(" ")}`,
        at,
      }));
    case "avro":
      return [];
  }
}
