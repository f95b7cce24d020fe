import type { JsonSchema } from "../../model/callable-operation.ts";
import { makeValue } from "../../verify/schema/made-value.ts";
import { kebab } from "../offline/words.ts";
import { unwritten } from "./pointer.ts";
import { typeOfSchema } from "./schema-type.ts";
import type { PlannedEvent, ServicePlan } from "./service-plan.ts";
import { camel, capitalized, imported, lines, literal, quoted, remark } from "./write-code.ts";

/** What an event is about: `data` of its message. */
function dataSchemaOf({ schema }: Pick<PlannedEvent, "schema">): JsonSchema {
  if (typeof schema !== "object") return true;
  const { properties, $defs } = schema;
  const data = (properties as Readonly<Record<string, JsonSchema>> | undefined)?.data ?? true;
  return typeof data === "boolean" ? data : { ...($defs === undefined ? {} : { $defs }), ...data };
}

/** Data that the contract allows; empty where it does not say. */
export function sampleOf(event: Pick<PlannedEvent, "event" | "schema">): object {
  const { schema } = event;
  const made =
    schema === undefined
      ? undefined
      : makeValue(schema, { optional: "none", useExamples: true }, event.event);
  const data = (made as { data?: unknown } | undefined)?.data ?? makeData(event);
  return typeof data === "object" && data !== null ? data : {};
}

function makeData(event: Pick<PlannedEvent, "event" | "schema">): unknown {
  return makeValue(dataSchemaOf(event), { optional: "all", useExamples: true }, event.event);
}

function dataType(event: PlannedEvent): string[] {
  const name = capitalized(event.event, "on");
  const written = typeOfSchema(dataSchemaOf(event));
  if (written.startsWith("{") && !/^\}.+/m.test(written)) return [`export interface ${name} ${written}`];
  return [`export type ${name} = ${written === "unknown" ? "object" : written};`];
}

export function writePublication(event: PlannedEvent): string {
  const name = capitalized(event.event, "on");
  return lines(
    imported(["type DomainEvent"], "@speckit/service-kit"),
    "",
    `/** What ${event.event} tells, as ${event.contract} says. */`,
    dataType(event),
    "",
    `/** ${remark(event.description ?? `Tells others of ${event.event}`)}${event.description?.endsWith(".") ? "" : "."} */`,
    `export function ${camel(event.event, "on")}(data: ${name}): DomainEvent {`,
    `  return { type: ${quoted(event.event)}, version: ${quoted(event.version)}, data };`,
    "}",
  );
}

export function writePublicationTest({ name, tables }: ServicePlan, event: PlannedEvent): string {
  const maker = camel(event.event, "on");
  const type = capitalized(event.event, "on");
  return lines(
    imported(["type Database", "createOutbox"], "@speckit/service-kit"),
    imported(["collectEvents", "testDatabase"], "@speckit/service-kit/testing"),
    imported(["afterAll", "beforeAll", "expect", "test"], "vitest"),
    imported([maker, `type ${type}`], `../../src/events/${kebab(event.event)}.ts`),
    imported(["migrations", `type ${tables}`], "../../src/store/migrations.ts"),
    imported(["events"], "../support/app.ts"),
    "",
    `const data: ${type} = ${literal(sampleOf(event))};`,
    "",
    `let database: Database<${tables}>;`,
    "beforeAll(async () => {",
    `  database = await testDatabase<${tables}>(migrations);`,
    "});",
    "afterAll(() => database.close());",
    "",
    `test(${quoted(`${event.event} is in the outbox after the change, as its contract describes it`)}, async () => {`,
    `  const outbox = createOutbox({ contracts: events, service: ${quoted(name)} });`,
    `  await database.transaction((trx) => outbox.add(trx, [${maker}(data)]));`,
    `  expect(await collectEvents(database)).toMatchObject([{ eventType: ${quoted(event.event)}, data }]);`,
    "});",
  );
}

export function writeConsumer({ tables }: ServicePlan, event: PlannedEvent): string {
  const name = capitalized(event.event, "on");
  return lines(
    imported(["type EventConsumer"], "@speckit/service-kit"),
    imported(["type Dependencies"], "../app.ts"),
    imported([`type ${tables}`], "../store/migrations.ts"),
    "",
    `/** What ${event.producer} tells with ${event.event}, as ${event.contract} says. */`,
    dataType(event),
    "",
    `/** ${remark(event.description ?? `Hears of ${event.event}`)}${event.description?.endsWith(".") ? "" : "."} */`,
    `export function ${camel(event.event, "on")}(_dependencies: Dependencies): EventConsumer<${tables}, ${name}> {`,
    "  return {",
    `    eventType: ${quoted(event.event)},`,
    "    async handle() {",
    "      // It is tried again, and then waits in the dead-letter queue until somebody has written this.",
    `      throw new Error(${quoted(unwritten(event.scenario, `What ${event.event} changes`, event.contract))});`,
    "    },",
    "  };",
    "}",
  );
}

export function writeConsumerTest(event: PlannedEvent): string {
  const { event: type, version } = event;
  return lines(
    imported(["afterAll", "beforeAll", "expect", "test"], "vitest"),
    imported(["type Deliveries", "openDeliveries"], "../support/deliveries.ts"),
    // Nothing of it is called: it has to be there.
    `import "../../src/consumers/${kebab(type)}.ts";`,
    "",
    `const data = ${literal(sampleOf(event))};`,
    "",
    "let deliveries: Deliveries;",
    "beforeAll(async () => {",
    "  deliveries = await openDeliveries();",
    "});",
    "afterAll(() => deliveries.close());",
    "",
    `test(${quoted(`${type} that is against its contract is kept for a person to look at`)}, async () => {`,
    `  await expect(deliveries.deliver({ type: ${quoted(type)}, version: "v0", data })).rejects.toThrow(${quoted(`No contract knows ${type} v0.`)});`,
    "});",
    "",
    "// As long as nobody has written its effect. Then this is the place to say what it changes, and that a second delivery changes nothing.",
    `test(${quoted(`${type} arrives, and says where its effect is specified`)}, async () => {`,
    `  await expect(deliveries.deliver({ type: ${quoted(type)}, version: ${quoted(version)}, data })).rejects.toThrow("is not written yet");`,
    "});",
  );
}
