import specs from "@asyncapi/specs";
import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  SchemaValidEntityPolicy,
} from "@backstage/catalog-model";
import { Ajv } from "ajv";
import { loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";
import { asyncApiFromEvents, eventsFromAsyncApi } from "../src/parse/asyncapi/events-exchange.ts";
import { parseAsyncApi } from "../src/parse/asyncapi.ts";
import { allServices, platformWith } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const platform = platformWith(allServices);
const root = folderWith({ ...platform, CODEOWNERS: "services/user-service/ @shop/identity\n" });
const catalog = async (format: string) => (await runCli(root, ["service-catalog", "--format", format])).out;

/** What the official JSON Schema of AsyncAPI 3.0 has against a document. */
function asyncApiProblems(document: unknown): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(specs.schemasWithoutId["3.0.0"] as object);
  validate(document);
  return validate.errors;
}

describe("Backstage", () => {
  test("every entity is one", async () => {
    const entities = loadAll(await catalog("backstage")) as Entity[];
    const policy = EntityPolicies.allOf([
      new SchemaValidEntityPolicy(),
      new DefaultNamespaceEntityPolicy(),
      new FieldFormatEntityPolicy(),
    ]);
    for (const entity of entities) {
      const checked = await policy.enforce(entity);
      const isKnown = await Promise.all(
        [componentEntityV1alpha1Validator, apiEntityV1alpha1Validator].map((kind) =>
          kind.check(checked as Entity),
        ),
      );
      expect(isKnown).toContain(true);
    }
    expect(entities.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toContain(
      "Component order-service",
    );
  });

  test("services with their owners, contracts and dependencies", async () => {
    const entities = loadAll(await catalog("backstage")) as {
      metadata: { name: string };
      spec: Record<string, unknown>;
    }[];
    const spec = (name: string) => entities.find(({ metadata }) => metadata.name === name)?.spec;
    expect(spec("user-service")).toMatchObject({
      type: "service",
      lifecycle: "production",
      owner: "group:shop/identity",
    });
    expect(spec("order-service")).toMatchObject({
      providesApis: ["order-service-api", "order-service-events"],
      dependsOn: expect.arrayContaining(["component:user-service"]),
      consumesApis: expect.arrayContaining(["user-service-api"]),
    });
    expect(spec("user-service-api")?.definition).toBe(
      platform["services/user-service/contracts/api-spec.yaml"],
    );
    expect(asyncApiProblems(JSON.parse(String(spec("order-service-events")?.definition)))).toBeNull();
  });
});

describe("AsyncAPI 3", () => {
  test("is valid, and says who sends and receives", async () => {
    const document = JSON.parse(await catalog("asyncapi"));
    expect(asyncApiProblems(document)).toBeNull();
    const { uses, problems } = parseAsyncApi(
      { file: "asyncapi.json", value: document, problems: [] },
      (file) => (platform[file] === undefined ? undefined : JSON.parse(platform[file])),
    );
    expect(problems).toEqual([]);
    expect(uses).toContainEqual(
      expect.objectContaining({ address: "order.created", role: "sends", messages: ["order.created"] }),
    );
    expect(
      uses.filter(({ address, role }) => address === "order.created" && role === "receives").length,
    ).toBeGreaterThan(0);
  });

  test("gives back every file of events as it was", async () => {
    const files = eventsFromAsyncApi(JSON.parse(await catalog("asyncapi")));
    const written = Object.keys(platform).filter(
      (file) => file.endsWith("-events.json") && file.startsWith("services/"),
    );
    expect(files.map(({ file }) => file)).toEqual(expect.arrayContaining(written));
    for (const { file, value } of files) expect(value, file).toEqual(JSON.parse(platform[file] ?? ""));
  });

  test("keeps what it has no place for, and references wherever they lead", () => {
    const value = {
      $schema: "https://example.com/events",
      owner: { team: "shop" },
      definitions: { Id: { type: "string" }, Pair: { items: { $ref: "#/definitions/Id" } } },
      events: [
        {
          eventType: "order.created",
          version: "v1",
          retention: "7d",
          schema: { properties: { id: { $ref: "#/definitions/Id" } } },
        },
        { eventType: "order.created", version: "v1", consumers: ["mail"] },
        {
          eventType: "a/b~c",
          schema: { $ref: "#/events/0/schema/properties/id" },
          see: { $ref: "../shared/x.json#/y" },
        },
        { eventType: "remote", schema: { $ref: "https://example.com/x.json" } },
      ],
    };
    const source = { file: "services/order/contracts/events.json", service: "order", value };
    const document = asyncApiFromEvents(
      "Events",
      [source, { ...source, file: "services/mail/events.json", service: undefined }],
      [],
    );
    expect(asyncApiProblems(document)).toBeNull();
    expect(eventsFromAsyncApi(JSON.parse(JSON.stringify(document)))).toEqual([
      source,
      { ...source, file: "services/mail/events.json", service: undefined },
    ]);
  });
});
