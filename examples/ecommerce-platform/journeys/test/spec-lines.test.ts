import type { Workspace } from "@speckit/cli";
import { describe, expect, test } from "vitest";
import { platformFiles, readPlatform } from "./support/platform-documents.ts";

const files = platformFiles();
const { services } = readPlatform(files);
type Service = Workspace["services"][number];
type Spec = NonNullable<Service["features"][number]["spec"]>;

/** What a spec promises and a test has to show, in the words with which a test names it. */
function linesOf(spec: Spec): string[] {
  return [
    ...spec.stories.map(({ id, title }) => `${id}: ${title}`),
    ...failureModesOf(spec).map((mode) => `Failure mode: ${mode}`),
    ...spec.consumes.flatMap(({ event, idempotency, errorHandling }) => [
      ...(idempotency ? [`Idempotency: ${event}`] : []),
      ...(errorHandling ? [`Error handling: ${event}`] : []),
    ]),
  ];
}

/** The bold words of the list below "Failure Modes", which the toolkit does not look into. */
function failureModesOf({ file, sections }: Spec): string[] {
  const section = sections.find(({ title }) => title === "Failure Modes");
  const lines = files[file]?.split("\n").slice(section?.at.line, section?.endLine) ?? [];
  return lines.flatMap((line) => /^- \*\*(.+?)\*\*/.exec(line)?.[1] ?? []);
}

/** Titles with those of the groups they stand in; of tables whose title is a column, what stands in that column. */
function titlesOf({ dir, code }: Service): string[] {
  const tests = Object.entries(files)
    .filter(([file]) => file.startsWith(`${dir}/test/`))
    // What is commented out shows nothing.
    .map(([file, text]) => [file, text.replace(/^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)$/gm, "")] as const);
  const columns = tests.flatMap(([, text]) =>
    ["line", "title"]
      .filter((column) => text.includes(`("$${column}`))
      .flatMap((column) => columnOf(text, column)),
  );
  const firsts = tests.flatMap(([, text]) => (text.includes('("%s"') ? columnOf(text, "line") : []));
  return [...code.tests.map(({ name }) => name), ...columns, ...firsts];
}

function columnOf(text: string, column: string): string[] {
  return [...text.matchAll(new RegExp(`\\b${column}: "([^"]+)"`, "g"))].map(([, value = ""]) => value);
}

const specs = services.flatMap((service) =>
  service.features.flatMap(({ spec }) =>
    spec ? [{ service: service.name, lines: linesOf(spec), titles: titlesOf(service) }] : [],
  ),
);

test("there are five specs, each with scenarios and failure modes", () => {
  expect(specs.map(({ service }) => service)).toHaveLength(5);
  for (const { lines } of specs) {
    expect(lines.filter((line) => /^P\d/.test(line)).length).toBeGreaterThanOrEqual(8);
    expect(lines.filter((line) => line.startsWith("Failure mode: ")).length).toBeGreaterThanOrEqual(8);
  }
});

describe.each(specs)("the tests of $service", ({ lines, titles }) => {
  test.each(lines)("name %s", (line) => {
    expect(titles.filter((title) => title.includes(line)).length).toBeGreaterThan(0);
  });

  test("name no line that its spec does not have", () => {
    const named = titles.filter((title) => /^(?:P\d+|Failure mode|Idempotency|Error handling): /.test(title));
    expect(named.filter((title) => !lines.some((line) => title.startsWith(line)))).toEqual([]);
  });
});
