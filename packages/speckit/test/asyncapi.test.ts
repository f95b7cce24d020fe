import { describe, expect, test } from "vitest";
import { parseAsyncApi } from "../src/parse/asyncapi.ts";
import { parseTree } from "../src/parse/tree.ts";
import { folderWith, runCli } from "./run-cli.ts";

const file = "order-service/asyncapi.yaml";

function read(text: string, others: Readonly<Record<string, string>> = {}) {
  return parseAsyncApi(parseTree(file, text), (name) =>
    others[name] === undefined ? undefined : parseTree(name, others[name]).value,
  );
}

const usesIn = (text: string, others?: Readonly<Record<string, string>>) =>
  read(text, others).uses.map(({ address, role, messages }) => ({ address, role, messages }));

describe("version 2 names what clients do", () => {
  test("what they publish is received, what they subscribe to is sent", () => {
    expect(
      usesIn(`asyncapi: 2.6.0
info: { title: Orders, version: 1.0.0 }
channels:
  order/created:
    subscribe: { message: { $ref: '#/components/messages/Created' } }
  payment/{id}/settled:
    publish: { message: { oneOf: [{ name: Settled }, { $ref: '#/components/messages/Refused' }] } }
components:
  messages:
    Created: { payload: { type: object } }
    Refused: { name: PaymentRefused }
`),
    ).toEqual([
      { address: "order/created", role: "sends", messages: ["Created"] },
      { address: "payment/{id}/settled", role: "receives", messages: ["Settled", "PaymentRefused"] },
    ]);
  });
});

describe("version 3 names what the application does", () => {
  test("through channels of this file and of others", () => {
    expect(
      usesIn(
        `asyncapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
channels:
  created:
    address: order/created
    messages: { created: { $ref: '#/components/messages/Created' } }
  settled: { $ref: '../shared/channels.yaml#/settled' }
  unknownYet: { address: null }
operations:
  sendCreated: { action: send, channel: { $ref: '#/channels/created' } }
  onSettled: { action: receive, channel: { $ref: '#/channels/settled' }, messages: [{ $ref: '#/components/messages/Created' }] }
  onUnknown: { action: receive, channel: { $ref: '#/channels/unknownYet' } }
  wrong: { action: shout, channel: { $ref: '#/channels/created' } }
components:
  messages:
    Created: { name: OrderCreated }
`,
        { "shared/channels.yaml": "settled: { address: payment/settled }\n" },
      ),
    ).toEqual([
      { address: "order/created", role: "sends", messages: ["OrderCreated"] },
      { address: "payment/settled", role: "receives", messages: ["OrderCreated"] },
      { address: "unknownYet", role: "receives", messages: [] },
    ]);
  });

  test("a reference that leads nowhere is said, the rest is read", () => {
    const { problems, uses } = read(`asyncapi: 3.0.0
info: { title: Orders, version: 1.0.0 }
channels: { created: { address: order/created } }
operations:
  send: { action: send, channel: { $ref: '#/channels/created' } }
  receive: { action: receive, channel: { $ref: '#/channels/gone' } }
`);
    expect(problems.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      expect.stringContaining("unresolved-reference '#/channels/gone' leads nowhere"),
    ]);
    expect(uses).toContainEqual(expect.objectContaining({ address: "order/created", role: "sends" }));
  });
});

test.each(["1.2.0", "4.0.0", "soon"])("version %s is not known", (version) => {
  expect(read(`asyncapi: ${version}\n`).problems).toMatchObject([
    { rule: "contract-invalid", severity: "info" },
  ]);
});

describe("services are linked by address", () => {
  const two = (action: string, address: string) =>
    `asyncapi: 2.6.0\ninfo: { title: S, version: 1.0.0 }\nchannels:\n  ${address}:\n    ${action}: { message: { name: M } }\n`;
  const files = {
    "order-service/asyncapi.yaml": two("subscribe", "'order/{orderId}/created'"),
    "mail-service/asyncapi.yaml": two("publish", "'order/{id}/created'"),
  };
  const edgesOf = async (config: object) => {
    const root = folderWith({ ...files, ".speckit.config.json": JSON.stringify(config) });
    const { out } = await runCli(root, ["service-catalog", "--format", "json"]);
    const { edges } = JSON.parse(out) as {
      edges: { from: string; to: string; kind: string; label: string }[];
    };
    return edges.map(({ from, to, kind, label }) => `${from} → ${to} ${kind} ${label}`);
  };

  test.each([
    { asyncapi: {}, edges: ["mail-service → order-service event order/{id}/created"] },
    { asyncapi: { pointOfView: "client" }, edges: ["mail-service → order-service event order/{id}/created"] },
    {
      asyncapi: { pointOfView: "application" },
      edges: ["order-service → mail-service event order/{id}/created"],
    },
  ])("with $asyncapi: $edges", async ({ asyncapi, edges }) => {
    expect(await edgesOf({ asyncapi })).toEqual(edges);
  });
});
