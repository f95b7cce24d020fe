import type { CallableOperation } from "../../model/callable-operation.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import { isJson } from "../../verify/allowed-answers.ts";
import { operationFile } from "../offline/operation-file.ts";
import { kebab } from "../offline/words.ts";
import { typeOfSchema } from "./schema-type.ts";
import type { PlannedUpstream } from "./service-plan.ts";
import { camel, capitalized, imported, lines, quoted, remark } from "./write-code.ts";

/** A call of one operation of another service. */
interface Call {
  readonly name: string;
  readonly label: string;
  readonly method: "get" | "post";
  /** Of TypeScript, with the arguments in it. */
  readonly path: string;
  readonly arguments: readonly { readonly name: string; readonly type: string; readonly sample: string }[];
  readonly hasBody: boolean;
}

/** The operations that service-kit's client can call and that the specification names. */
function callsOf({ operations }: PlannedUpstream): Call[] {
  const all = operations.map(({ operation }) => operation);
  return operations.flatMap(({ operation, callable }): Call[] => {
    const { method } = operation;
    if (method !== "GET" && method !== "POST") return [];
    const names = Array.from(operation.path.matchAll(/\{([^}]+)\}/g), ([, name = ""]) => name);
    const hasBody = method === "POST";
    const path = operation.path.replace(
      /\{([^}]+)\}/g,
      (_, name: string) => `\${encodeURIComponent(${argument(name)})}`,
    );
    return [
      {
        name: camel(operationFile(operation, all), "call"),
        label: nameOf(operation),
        method: hasBody ? "post" : "get",
        path: names.length > 0 ? `\`${path}\`` : quoted(path),
        arguments: [
          ...names.map((name) => ({ name: argument(name), type: "string", sample: '"1"' })),
          ...(hasBody ? [{ name: "body", type: bodyType(callable), sample: "{} as never" }] : []),
        ],
        hasBody,
      },
    ];
  });
}

/** A parameter as an argument; what every call has beside it keeps its name. */
function argument(parameter: string): string {
  const name = camel(parameter, "value");
  return /^(?:client|body|options)$/.test(name) ? `${name}Value` : name;
}

function bodyType(callable: CallableOperation | undefined): string {
  const json = callable?.body?.contents.find(({ mediaType }) => isJson(mediaType));
  return json?.schema === undefined ? "unknown" : typeOfSchema(json.schema, "    ");
}

export function writeClient(upstream: PlannedUpstream): string {
  const { service, failureMode } = upstream;
  const type = capitalized(service, "service");
  const calls = callsOf(upstream);
  const failing =
    failureMode && !failureMode.includes("[NEEDS") ? ` The specification: ${remark(failureMode, 90)}.` : "";
  const about = [
    "/**",
    ` * What is asked of ${service}. While it does not answer, every call throws \`DependencyUnavailable\`.${failing}`,
    " */",
  ];
  if (calls.length === 0)
    return lines(
      imported(["type Client"], "@speckit/service-kit"),
      "",
      about,
      `export type ${type} = Pick<Client, "get" | "post">;`,
      "",
      `export function create${type}(client: Client): ${type} {`,
      "  return client;",
      "}",
    );
  return lines(
    imported(["type CallOptions", "type Client", "type ClientAnswer"], "@speckit/service-kit"),
    "",
    about,
    `export interface ${type} {`,
    calls.flatMap((call) => [
      `  /** \`${call.label}\` */`,
      `  ${call.name}(`,
      ...call.arguments.map(({ name, type: own }) => `    ${name}: ${own},`),
      "    options?: CallOptions,",
      "  ): Promise<ClientAnswer>;",
    ]),
    "}",
    "",
    `export function create${type}(client: Client): ${type} {`,
    "  return {",
    calls.map((call) => {
      const names = call.arguments.map(({ name }) => name);
      const passed = [call.path, ...(call.hasBody ? ["body"] : []), "options"];
      return `    ${call.name}: (${[...names, "options"].join(", ")}) => client.${call.method}(${passed.join(", ")}),`;
    }),
    "  };",
    "}",
  );
}

export function writeClientTest(upstream: PlannedUpstream): string {
  const { service } = upstream;
  const type = capitalized(service, "service");
  const calls = callsOf(upstream);
  const tried = calls.map((call) => ({
    name: call.name,
    written: `asked.${call.name}(${[...call.arguments.map(({ sample }) => sample), "options"].join(", ")})`,
    path: call.path.slice(1, -1).replace(/\$\{[^}]+\}/g, "1"),
  }));
  const all =
    tried.length > 0 ? tried : [{ name: "get", written: 'asked.get("/health", options)', path: "/health" }];
  return lines(
    imported(["DependencyUnavailable"], "@speckit/service-kit"),
    imported(["type FakeService", "fakeService"], "@speckit/service-kit/testing"),
    imported(["afterEach", "beforeEach", "expect", "test"], "vitest"),
    imported([`create${type}`], `../../src/clients/${kebab(service)}.ts`),
    "",
    "let fake: FakeService;",
    "beforeEach(async () => {",
    "  fake = await fakeService();",
    "});",
    "afterEach(() => fake.close());",
    "",
    'const options = { token: "token-of-ada" };',
    `const ask = () => create${type}(fake.client(${quoted(service)}));`,
    "",
    all.flatMap(({ name, written, path }) => [
      `test(${quoted(`${name} asks ${service} with the caller's token`)}, async () => {`,
      "  const asked = ask();",
      `  fake.data.set(${quoted(path)}, { answer: "yes" });`,
      `  expect(await ${written}).toMatchObject({ status: 200, body: { data: { answer: "yes" } } });`,
      `  expect(fake.calls).toEqual([{ path: ${quoted(path)}, authorization: "Bearer token-of-ada" }]);`,
      "});",
      "",
      `test.each([500, "hang-up"] as const)(${quoted(`${name} throws when ${service} answers with %s`)}, async (failure) => {`,
      "  fake.failWith(failure);",
      "  const asked = ask();",
      `  await expect(${written}).rejects.toThrow(DependencyUnavailable);`,
      "});",
      "",
    ]),
  );
}
