import { groupBy } from "../../../model/group-by.ts";
import type { Facts } from "../facts.ts";
import type { BodyFields, Field } from "../fields.ts";
import { type DocumentedOperation, resourceOf, wordsFor } from "../operations.ts";
import { code, counted, refText, type Section, table } from "./section.ts";

/** More rows than that are divided by resource. */
const MOST_ROWS = 20;

/** What the service answers, with which answers and where. */
export function operationSections(facts: Facts): Section[] {
  const operations = facts.operations;
  if (operations.length === 0) return [];
  if (operations.length <= MOST_ROWS) return [{ title: "Operations", lines: rowsOf(facts, operations) }];
  const groups = [...groupBy(operations, ({ path }) => resourceOf(path))];
  return [
    {
      title: "Operations",
      lines: [
        `${counted(operations.length, "operation")} on ${counted(groups.length, "resource")}:`,
        "",
        ...groups.map(([path, own]) => `- ${code(path)}: ${own.length}`),
      ],
    },
    ...groups.map(([path, own]) => ({ title: `Operations: ${path}`, lines: rowsOf(facts, own) })),
  ];
}

const MOST_FIELDS = 8;

function rowsOf(facts: Facts, operations: readonly DocumentedOperation[]): string[] {
  const rows = operations.map((one) => [
    [one.operationId === undefined ? undefined : code(one.operationId), code(`${one.method} ${one.path}`)]
      .filter(Boolean)
      .join(" "),
    wordsFor(one),
    accessTo(one),
    requestOf(one, facts.fields.get(`${one.method} ${one.path}`)),
    answersOf(one, facts.fields.get(`${one.method} ${one.path}`)),
    one.handler === undefined ? answeredBy(facts, one) : refText(facts, one.handler),
  ]);
  return table(["Operation", "What", "Access", "Request", "Answers", "Handler"], rows);
}

function accessTo({ contract }: DocumentedOperation): string {
  if (!contract) return "";
  const { security } = contract.operation;
  return security.length === 0 ? "public" : security.join(", ");
}

function requestOf({ contract }: DocumentedOperation, fields: BodyFields | undefined): string {
  if (!contract) return "not in the contract";
  const { parameters, requestMediaTypes } = contract.operation;
  const named = parameters.map(
    ({ name, in: place, required }) => `${place} ${code(name)}${required || place === "path" ? "" : "?"}`,
  );
  const [type] = requestMediaTypes;
  const body =
    type === undefined
      ? []
      : fields && fields.request.length > 0
        ? fields.request.map(fieldText)
        : [`body ${type}`];
  return [...named, ...body].join(", ") || "none";
}

/** The answer that says yes with what it holds, then the others. */
function answersOf({ contract }: DocumentedOperation, fields: BodyFields | undefined): string {
  const statuses = [...new Set((contract?.operation.responses ?? []).map(({ status }) => status))];
  const good = statuses.find((status) => status.startsWith("2"));
  const names = (fields?.answer ?? []).slice(0, MOST_FIELDS).map(({ name }) => code(name));
  const more = (fields?.answer.length ?? 0) > MOST_FIELDS ? ", …" : "";
  const others = statuses.filter((status) => status !== good);
  const first = good === undefined ? [] : [names.length === 0 ? good : `${good}: ${names.join(", ")}${more}`];
  return [...first, ...(others.length > 0 ? [others.join(", ")] : [])].join("; ");
}

function fieldText({ name, required }: Field): string {
  return `${code(name)}${required ? "" : "?"}`;
}

function answeredBy(facts: Facts, operation: DocumentedOperation): string {
  return operation.isBound ? "the library that binds the contract" : plannedIn(facts, operation);
}

/** Which task makes an operation that no code answers yet. */
function plannedIn({ feature }: Facts, { method, path, operationId }: DocumentedOperation): string {
  const task = (feature?.tasks?.tasks ?? []).find(
    ({ covers, title, state }) =>
      state !== "dropped" &&
      (covers.includes(`${method} ${path}`) ||
        (operationId !== undefined && covers.includes(operationId)) ||
        title.includes(`${method} ${path}`)),
  );
  return task ? `planned in ${task.id}` : "planned";
}
