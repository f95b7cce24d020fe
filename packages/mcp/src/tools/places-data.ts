import type { ToolData } from "./tool.ts";

const text = { type: "string" } as const;
const number = { type: "integer" } as const;
const columns = { file: text, line: number, heading: text, relevance: number, tokens: number };

/** Places as data: for programs that open them. Without excerpts; type and service follow from the path. */
export const placesData: ToolData = {
  schema: {
    type: "object",
    properties: {
      results: { type: "array", items: { type: "object", properties: columns } },
      omitted: number,
    },
    required: ["results"],
  },
  list: "results",
  from: ({ results }) => ({ results: (results as Row[]).map((row) => pick(row, Object.keys(columns))) }),
};

type Row = Readonly<Record<string, unknown>>;

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(
    names.flatMap((name) => (row[name] === undefined || row[name] === null ? [] : [[name, row[name]]])),
  );
}
