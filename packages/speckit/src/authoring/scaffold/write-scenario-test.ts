import type { Scenario } from "../../model/spec.ts";
import { withCredentials } from "../../verify/requests/credentials.ts";
import { requestsFor } from "../../verify/requests/requests-for.ts";
import type { PlannedEvent, PlannedOperation, PlannedStory } from "./service-plan.ts";
import { imported, lines, literal, quoted, remark } from "./write-code.ts";
import { sampleOf } from "./write-events.ts";

/** A test for each scenario of a story: it calls what the story is about, and fails until somebody has written that. */
export function writeScenarioTest({ story, operations, consumed }: PlannedStory): string {
  const callable = operations.filter(({ callable: known }) => known !== undefined);
  const hears = consumed.length > 0;
  const tests = story.scenarios.flatMap((scenario, index) => {
    const number = story.scenarios.length > 1 ? ` (${index + 1})` : "";
    const said = remark(scenario.text, 80);
    const named = callable.filter(
      ({ label, id }) => scenario.whole.includes(label) || scenario.whole.includes(id),
    );
    return [
      `// ${scenario.at.file}:${scenario.at.line}`,
      `test(${quoted(`${story.id}: ${story.title}${number}: ${said}`)}, async () => {`,
      ...steps(scenario).map((step) => `  // ${remark(step, 300)}`),
      ...(named.length > 0 ? named : callable).flatMap((operation) => call(operation)),
      ...consumed.flatMap(delivery),
      ...(callable.length + consumed.length > 0 ? [] : notTried(story.id, story.title, scenario)),
      "});",
      "",
    ];
  });
  return lines(
    imported(
      ["expect", "test", ...(callable.length > 0 || hears ? ["afterAll", "beforeAll"] : [])],
      "vitest",
    ),
    callable.length > 0 && imported(["type App", "openApp"], "../support/app.ts"),
    hears && imported(["type Deliveries", "openDeliveries"], "../support/deliveries.ts"),
    "",
    callable.length > 0 && [
      "let app: App;",
      "beforeAll(async () => {",
      "  app = await openApp();",
      "});",
      "afterAll(() => app.close());",
      "",
    ],
    hears && [
      "let deliveries: Deliveries;",
      "beforeAll(async () => {",
      "  deliveries = await openDeliveries();",
      "});",
      "afterAll(() => deliveries.close());",
      "",
    ],
    tests,
  );
}

function steps({ whole }: Scenario): string[] {
  return whole.split(/\s+(?=(?:When|Then|And|But|Or)\b)/).map((step) => step.trim());
}

function call({ label, callable }: PlannedOperation): string[] {
  const made = callable && requestsFor(callable).find(({ kind }) => kind === "valid");
  const isByToken = callable?.security[0]?.some(({ kind }) => kind === "bearer" || kind === "other") ?? true;
  // A token is the app's to give; what stands elsewhere is written down.
  const request = made && (isByToken ? made : withCredentials(made, callable, "ada:secret"));
  const status = Number(callable?.answers.find((answer) => answer.status.startsWith("2"))?.status);
  const expected = Number.isInteger(status) ? status : 200;
  if (!request)
    return [`  expect.fail(${quoted(`No request to ${label} could be made up from its contract.`)});`];
  const { method, path: url, headers, body } = request;
  const written = {
    method,
    url,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(typeof body === "string" && { body }),
  };
  return [
    "  {",
    `    const answer = await app.send(${literal(written, "    ")});`,
    "    // The answer's own words say what is missing.",
    `    expect(answer.status, answer.body).toBe(${expected});`,
    "  }",
  ];
}

function delivery(event: PlannedEvent): string[] {
  const { event: type, version } = event;
  return [`  await deliveries.deliver(${literal({ type, version, data: sampleOf(event) }, "  ")});`];
}

function notTried(id: string, title: string, { at }: Scenario): string[] {
  return [`  expect.fail(${quoted(`${id}: ${title} is not written yet: see ${at.file}:${at.line}.`)});`];
}
