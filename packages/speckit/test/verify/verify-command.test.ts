import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "../run-cli.ts";
import { type Fault, openShop, token } from "./shop.ts";
import { contract } from "./shop-contract.ts";

const file = "services/order-service/contracts/api-spec.yaml";
const root = folderWith({ [file]: contract, "services/order-service/src/main.ts": "export {};\n" });

interface Report {
  readonly ok: boolean;
  readonly findings: readonly {
    rule: string;
    severity: string;
    message: string;
    file: string;
    line: number;
  }[];
  readonly operations: readonly {
    path: string;
    method: string;
    accepted: number;
    refused: number;
    turnedAway: number;
    withheld?: string;
  }[];
}

async function verify(url: string, ...more: string[]) {
  const { code, out, err } = await runCli(root, ["verify", "--url", url, ...more]);
  return { code, out, err, report: () => JSON.parse(out) as Report };
}

test("a service that keeps its contract is said to, operation by operation", async () => {
  const { url } = await openShop();
  expect(await verify(url, "--token", token)).toMatchObject({
    code: 0,
    err: "",
    out: `✅ POST /api/v1/orders: 8 requests accepted, 22 invalid turned away
✅ GET /api/v1/orders: 3 requests accepted, 6 invalid turned away
✅ GET /health: 1 request accepted
✅ GET /api/v1/orders/{orderId}: 1 request accepted, 3 invalid turned away
✅ DELETE /api/v1/orders/{orderId}: 1 request accepted, 3 invalid turned away

Next: speckit validate-contracts --service=order-service
`,
  });
});

const faults: readonly { fault: Fault; rule: string; line: number; message: string; severity?: string }[] = [
  {
    fault: "answers 500 to null",
    rule: "server-failed",
    line: 14,
    message:
      "POST /api/v1/orders answered 500, which the contract does not describe (to an invalid request: the body is null).",
  },
  {
    fault: "answers 418",
    rule: "status-undeclared",
    line: 14,
    message:
      "POST /api/v1/orders answered 418, which the contract does not describe (to a valid request: example of the contract; and to 7 more).",
  },
  {
    fault: "answers text",
    rule: "media-type-undeclared",
    line: 15,
    message:
      "POST /api/v1/orders answered 201 with text/plain, and the contract describes application/json (to a valid request: example of the contract; and to 7 more).",
  },
  {
    fault: "answers nothing",
    rule: "body-missing",
    line: 15,
    message:
      "POST /api/v1/orders answered 201 without the body that the contract describes (to a valid request: example of the contract; and to 7 more).",
  },
  {
    fault: "answers half a document",
    rule: "body-unreadable",
    line: 15,
    message: expect.stringMatching(
      /^POST \/api\/v1\/orders answered 201 with application\/json that is no JSON: /,
    ) as string,
  },
  {
    fault: "answers quantity as text",
    rule: "body-mismatch",
    line: 15,
    message:
      'POST /api/v1/orders answered 201 with a body whose data.quantity is "2", and must be an integer (to a valid request: example of the contract; and to 7 more).',
  },
  {
    fault: "leaves the id out",
    rule: "body-mismatch",
    line: 15,
    message:
      "POST /api/v1/orders answered 201 with a body whose data lacks 'orderId' (to a valid request: example of the contract; and to 7 more).",
  },
  {
    fault: "forgets Location",
    rule: "header-missing",
    line: 15,
    message:
      "POST /api/v1/orders answered 201 without the header Location (to a valid request: example of the contract; and to 7 more).",
  },
  {
    fault: "takes unknown properties",
    rule: "invalid-request-accepted",
    line: 6,
    message:
      "POST /api/v1/orders accepted a request that its contract forbids: the body has a property that nobody described.",
  },
  {
    fault: "refuses what is allowed",
    rule: "valid-request-refused",
    severity: "warning",
    line: 6,
    message:
      "POST /api/v1/orders answered 422 to a request that its contract allows: example of the contract.",
  },
  {
    fault: "refuses XML as unreadable",
    rule: "refused-otherwise",
    severity: "warning",
    line: 22,
    message:
      "POST /api/v1/orders answered 422 where the contract has 415 (to an invalid request: a body of the media type text/plain).",
  },
  {
    fault: "hangs up",
    rule: "no-answer",
    line: 6,
    message:
      "POST /api/v1/orders gave no answer: the connection was cut (to an invalid request: JSON that breaks off).",
  },
];

test.each(faults)("a service that $fault breaks $rule", async ({
  fault,
  rule,
  line,
  message,
  severity = "error",
}) => {
  const { url } = await openShop(fault);
  const { code, report } = await verify(url, "--token", token, "--json", "--operation", "placeOrder");
  const found = report().findings.filter((finding) => finding.severity !== "info");
  expect(found).toMatchObject([{ rule, severity, file, line, message }]);
  expect(code).toBe(severity === "error" ? 1 : 0);
});

test.each([
  {
    fault: "refuses with a string" as const,
    rule: "problem-malformed",
    message: 'with a problem that is "no", and must be an object',
  },
  {
    fault: "refuses with another status in the body" as const,
    rule: "problem-malformed",
    message: "answered 422 with a problem whose status is 400",
  },
  {
    fault: "asks nobody who they are" as const,
    rule: "credentials-not-asked",
    message: "GET /api/v1/orders answered 200 to a request with no credentials.",
  },
  {
    fault: "takes anything" as const,
    rule: "invalid-request-accepted",
    message:
      "POST /api/v1/orders accepted 17 requests that its contract forbids: the body has another type, the body is null, the body lacks 'sku', the body lacks 'quantity', the body has a property that nobody described and 12 more.",
  },
])("a service that $fault breaks $rule", async ({ fault, rule, message }) => {
  const { url } = await openShop(fault);
  const { code, report } = await verify(url, "--token", token, "--json");
  expect(code).toBe(1);
  expect(
    report()
      .findings.filter((finding) => finding.rule === rule)
      .map((finding) => finding.message),
  ).toContainEqual(expect.stringContaining(message));
});

test("what a person sees of a finding: what, where, why and what to do", async () => {
  const { url } = await openShop("forgets Location");
  const { code, out } = await verify(url, "--token", token);
  expect(code).toBe(1);
  expect(out).not.toContain("✅ POST /api/v1/orders:");
  expect(out).toContain(`order-service: 1 error

❌ POST /api/v1/orders answered 201 without the header Location (to a valid
   request: example of the contract; and to 7 more).
   services/order-service/contracts/api-spec.yaml:15:9  header-missing
   Consumers that rely on the header, such as Location or Retry-After, cannot go
   on.
   → Send the header, or make it optional in the contract.

1 error

Next: speckit explain header-missing
`);
});

describe("what is not done is said", () => {
  test("without a token only what it says to strangers is seen", async () => {
    const { url } = await openShop();
    const { code, out } = await verify(url);
    expect(code).toBe(0);
    expect(out).toContain("✅ POST /api/v1/orders: 2 invalid turned away\n");
    expect(out).toContain("4 operations were only called without credentials, since none were given");
  });

  test("a token that nobody knows is a warning", async () => {
    const { url } = await openShop();
    const { code, report } = await verify(url, "--token", "expired", "--operation", "listOrders", "--json");
    expect(code).toBe(0);
    expect(report().findings).toMatchObject([
      {
        rule: "credentials-refused",
        severity: "warning",
        message: "GET /api/v1/orders answered 401 to every request with the credentials that were given.",
      },
    ]);
  });

  test("a service that limits requests is not pressed", async () => {
    const { url, asked } = await openShop("says too many");
    const { out } = await verify(url, "--token", token, "--operation", "placeOrder");
    expect(asked).toEqual(Array(3).fill("POST /api/v1/orders"));
    expect(out).toContain("1 operation was called less than planned, since the service limits requests");
  });

  test("a service that stops answering is a finding, and the rest is left", async () => {
    const { url } = await openShop("stops");
    const { code, report } = await verify(url, "--token", token, "--json");
    expect(code).toBe(1);
    expect(report().findings.map(({ rule }) => rule)).toContain("no-answer");
    expect(report().operations.at(-1)).toMatchObject({ method: "DELETE", accepted: 0, withheld: "gone" });
  });

  test("an operation that accepts nothing is named", async () => {
    const { url } = await openShop();
    const { out } = await verify(url, "--token", token, "--operation", "getOrder");
    expect(out).toContain(
      "1 operation was called and accepted nothing: GET /api/v1/orders/{orderId}.\n`--set NAME=VALUE` names what exists",
    );
  });
});

test("what exists can be named, and what a service gave out is used without being named", async () => {
  const shop = await openShop();
  await verify(shop.url, "--token", token, "--operation", "placeOrder");
  const known = shop.asked.length;
  const id = "7b1e4c92-2f4d-4b0a-8e6f-000000000003";
  const { report } = await verify(
    shop.url,
    "--token",
    token,
    "--operation",
    "getOrder",
    "--set",
    `orderId=${id}`,
    "--json",
  );
  expect(shop.asked[known]).toBe(`GET /api/v1/orders/${id}`);
  expect(report().operations).toMatchObject([{ accepted: 1, refused: 0, turnedAway: 3 }]);
});

test("the same seed asks the same, another one something else", async () => {
  const asked = async (seed: string) => {
    const shop = await openShop();
    await verify(shop.url, "--token", token, "--operation", "getOrder", "--seed", seed);
    return shop.asked;
  };
  expect(await asked("1")).toEqual(await asked("1"));
  expect(await asked("1")).not.toEqual(await asked("2"));
});

test("the token may stand in a variable, and headers of one's own go along", async () => {
  const { url } = await openShop();
  const { code, out } = await verify(
    url,
    "--header",
    `Authorization: Bearer ${token}`,
    "--operation",
    "listOrders",
  );
  expect({ code, out }).toMatchObject({
    code: 0,
    out: expect.stringContaining("3 requests accepted") as string,
  });
  expect((await verify(url, "--token-env", "TOKEN")).err).toBe(
    "speckit: The variable TOKEN of --token-env is not set.\n",
  );
});

test.each([
  {
    words: [],
    says: "verify needs to know where the service runs: --url http://127.0.0.1:3000; or --events FILE.",
  },
  {
    words: ["--url", "http://"],
    says: "--url 'http://' is no address. Pass one such as http://127.0.0.1:3000.",
  },
  {
    words: ["--url", "http://127.0.0.1:1", "--service", "order-srvice"],
    says: "There is no service 'order-srvice'. Did you mean 'order-service'?",
  },
  {
    words: ["--url", "http://127.0.0.1:1"],
    says: "http://127.0.0.1:1 cannot be reached: nothing listens there. Start the service, or correct --url.",
  },
  {
    words: ["--url", "http://127.0.0.1:1", "--operation", "placeOder"],
    says: "order-service has no operation 'placeOder'. Did you mean 'placeOrder'?",
  },
  {
    words: ["--url", "http://127.0.0.1:1", "--set", "orderId"],
    says: "--set 'orderId' is no NAME=VALUE, such as orderId=7.",
  },
  {
    words: ["--url", "http://127.0.0.1:1", "--seed", "x"],
    says: "--seed must be a whole number from 0 on; it is 'x'.",
  },
  {
    words: ["--url", "http://127.0.0.1:1", "--header", "X"],
    says: "--header 'X' is no header, such as 'X-Tenant: shop'.",
  },
  {
    words: ["--url", "http://127.0.0.1:1", "--token", "a", "--token-env", "B"],
    says: "--token and --token-env both say what the token is. Pass one of them.",
  },
  {
    words: ["--url", "http://127.0.0.1:1", "--token", "a\u0000b"],
    says: "--token has characters that cannot be sent in a header.",
  },
  {
    words: ["--url", "http://127.0.0.1:1", "--header", "X-Shop: für"],
    says: "--header 'X-Shop' has characters that cannot be sent in a header.",
  },
  { words: ["--events", "none.jsonl"], says: "There is no file none.jsonl." },
])("verify $words ends with 2 and says what to do", async ({ words, says }) => {
  const { code, out, err } = await runCli(root, ["verify", ...words]);
  expect({ code, out, err }).toEqual({ code: 2, out: "", err: `speckit: ${says}\n` });
});

test("of several services one must be named; one without an API cannot be", async () => {
  const fleet = folderWith({
    [file]: contract,
    "services/user-service/contracts/api-spec.yaml": contract.replace("Order Service", "User Service"),
    "services/mail-service/specs/001-mail/spec.md":
      "# Mail Service\n\n## Service Name\nmail-service\n\n**Given** a **When** b **Then** c\n",
  });
  const say = async (...words: string[]) =>
    (await runCli(fleet, ["verify", "--url", "http://127.0.0.1:1", ...words])).err;
  expect(await say()).toBe(
    "speckit: --service says which service runs there. There are: order-service and user-service.\n",
  );
  expect(await say("--service", "mail-service")).toBe(
    "speckit: mail-service has no OpenAPI contract to hold a running service against.\n",
  );
});

test("rules are turned off and weighed by the configuration, and suppressed beside the place", async () => {
  const { url } = await openShop("forgets Location");
  const run = async (files: Record<string, string>) => {
    const folder = folderWith({ [file]: contract, ...files });
    const { code, out } = await runCli(folder, ["verify", "--url", url, "--token", token, "--json"]);
    return {
      code,
      rules: (JSON.parse(out) as Report).findings.map(({ rule, severity }) => `${rule} ${severity}`),
    };
  };
  const config = (severity: string) => ({
    ".speckit.config.json": JSON.stringify({ rules: { "header-missing": severity } }),
  });
  expect(await run({})).toEqual({ code: 1, rules: ["header-missing error"] });
  expect(await run(config("warning"))).toEqual({ code: 0, rules: ["header-missing warning"] });
  expect(await run(config("off"))).toEqual({ code: 0, rules: [] });
  const comment = contract.replace(
    "        '201':\n",
    "        # speckit-ignore header-missing: comes with the gateway\n        '201':\n",
  );
  expect(await run({ [file]: comment })).toEqual({ code: 0, rules: [] });
});

describe("recorded events", () => {
  const events = JSON.stringify({
    events: [
      {
        eventType: "order.created",
        version: "v1",
        schema: {
          type: "object",
          required: ["eventType", "data"],
          properties: {
            eventType: { const: "order.created" },
            data: {
              type: "object",
              required: ["orderId"],
              properties: { orderId: { type: "string", format: "uuid" } },
            },
          },
        },
      },
    ],
  });
  const good = {
    eventType: "order.created",
    eventVersion: "v1",
    data: { orderId: "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f" },
  };
  const bad = { ...good, data: { orderId: 7 } };
  const shop = (recorded: string, name = "recorded.jsonl") =>
    folderWith({
      [file]: contract,
      "services/order-service/contracts/events/order-events.json": events,
      [name]: recorded,
    });

  test("that are as their contract says", async () => {
    const { code, out } = await runCli(shop(`${JSON.stringify(good)}\n${JSON.stringify(good)}\n`), [
      "verify",
      "--events",
      "recorded.jsonl",
    ]);
    expect({ code, out }).toEqual({
      code: 0,
      out: "✅ 2 recorded events are as the contracts say\n\nNext: speckit validate-contracts --events-only\n",
    });
  });

  test.each([
    {
      form: "a line each",
      name: "recorded.jsonl",
      write: (all: unknown[]) => all.map((one) => JSON.stringify(one)).join("\n"),
      lines: [2, 4],
    },
    {
      form: "in an array",
      name: "recorded.json",
      write: (all: unknown[]) => `[\n${all.map((one) => JSON.stringify(one)).join(",\n")}\n]`,
      lines: [3, 5],
    },
  ])("that are not, $form", async ({ name, write, lines }) => {
    const other = { eventType: "order.paid", data: {} };
    const root = shop(write([good, bad, other, bad]), name);
    const { code, out } = await runCli(root, ["verify", "--events", name, "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out).findings).toMatchObject([
      {
        rule: "event-undescribed",
        file: name,
        line: (lines[0] ?? 0) + 1,
        message: "'order.paid' was sent, and no contract describes it.",
      },
      {
        rule: "event-mismatch",
        file: "services/order-service/contracts/events/order-events.json",
        line: 1,
        message: "'order.created' was sent with data.orderId, which is 7, and must be a string.",
        related: lines.map((line) => ({ file: name, line, message: "recorded here" })),
      },
    ]);
  });

  test("that cannot be read end with 2", async () => {
    const root = shop('{"eventType": "order.created"}\nnot json\n');
    const { code, err } = await runCli(root, ["verify", "--events", join(root, "recorded.jsonl")]);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(
        /^speckit: recorded\.jsonl:2: one event a line is expected, as JSON: /,
      ) as string,
    });
  });
});
