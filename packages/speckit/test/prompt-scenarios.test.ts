import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { takeScenarios } from "../src/authoring/offline/prompt/scenarios.ts";
import { readPrompt } from "../src/authoring/offline/prompt.ts";
import { parseSpec } from "../src/parse/spec.ts";
import { folderWith, runCli } from "./run-cli.ts";

const shown = (text: string) =>
  takeScenarios(text).scenarios.map(
    ({ title, steps }) => `${title}: ${steps.map((step) => `${step.word} ${step.text}`).join(" / ")}`,
  );

describe("scenarios in a prompt", () => {
  test.each([
    {
      prompt:
        "Given a registered user, when they log in with a password, then they get a token. Given a wrong password, when they log in, then they get 401.",
      scenarios: [
        "log in with a password: Given a registered user / When they log in with a password / Then they get a token",
        "log in: Given a wrong password / When they log in / Then they get 401",
      ],
      rest: "",
    },
    {
      prompt:
        "Feature: Login\n  Scenario: Valid\n    Given a user\n    And a token\n    When they log in\n    Then they get 200\n    Or they get 201\n\nPasswords are hashed.",
      scenarios: [
        "Valid: Given a user / And a token / When they log in / Then they get 200 / Or they get 201",
      ],
      rest: "Feature: Login\n\nPasswords are hashed.",
    },
    {
      prompt: "Auth\n- **Given** a **When** b **Then** c\n- **Given** d **When** e **Then** f",
      scenarios: ["b: Given a / When b / Then c", "e: Given d / When e / Then f"],
      rest: "Auth",
    },
    {
      prompt: "Scenario: Ends\nGiven a\nWhen b\nThen c\nPasswords are hashed.",
      scenarios: ["Ends: Given a / When b / Then c"],
      rest: "Passwords are hashed.",
    },
    {
      prompt: "Angenommen ein Kunde, wenn er bestellt, dann bekommt er 201.",
      scenarios: ["bestellt: Given ein Kunde / When er bestellt / Then bekommt er 201"],
      rest: "",
    },
    {
      prompt: "Étant donné un client, quand il commande, alors il reçoit 201.",
      scenarios: ["commande: Given un client / When il commande / Then il reçoit 201"],
      rest: "",
    },
    {
      prompt: "Dado un cliente, cuando paga, entonces recibe 201.",
      scenarios: ["paga: Given un cliente / When paga / Then recibe 201"],
      rest: "",
    },
    {
      prompt: "假如用户已登录，当用户下单，那么返回201。",
      scenarios: ["用户下单: Given 用户已登录 / When 用户下单 / Then 返回201"],
      rest: "",
    },
    {
      prompt: "Users are given a token when they log in. Then it ends.",
      scenarios: [],
      rest: "Users are given a token when they log in. Then it ends.",
    },
  ])("$prompt", ({ prompt, scenarios, rest }) => {
    expect(shown(prompt)).toEqual(scenarios);
    expect(
      takeScenarios(prompt)
        .rest.replace(/\s*\n\s*/g, "\n")
        .trim(),
    ).toBe(rest.replace(/\n+/g, "\n"));
  });

  test("stand in the draft word for word, and have a requirement each", async () => {
    const root = folderWith({ ".speckit.config.json": "{}" });
    const dir = join(root, "services/auth-service/specs/001-auth");
    mkdirSync(dir, { recursive: true });
    const prompt =
      "Given a registered user, when they log in, then they get a token and user.session.opened is published.";
    expect((await runCli(dir, ["specify", prompt])).code).toBe(0);
    const text = readFileSync(join(dir, "spec.md"), "utf8");
    const spec = parseSpec({ file: "spec.md", text, bytes: text.length });
    expect(text).toContain(
      "### P1: Log in\n**Given** a registered user\n**When** they log in\n**Then** they get a token and user.session.opened is published\n",
    );
    expect(spec.requirements.map(({ text: requirement }) => requirement)[0]).toContain("(P1: Log in)");
    expect(spec.publishes.map(({ event }) => event)).toEqual(["user.session.opened"]);
    expect((await runCli(dir, ["validate", "--spec"])).code).toBe(0);
  });
});

const said = (prompt: string) => {
  const { subject, events, asked } = readPrompt(prompt, "shop-service", []);
  const part = (one: (typeof asked)[number]) => (one.kind === "part" ? one.name : one.kind);
  const event = ({ direction, event: name, from, to }: (typeof events)[number]) =>
    [direction, name, ...(from ? [`from ${from}`] : []), ...to.map((other) => `to ${other}`)].join(" ");
  return { subject, asked: asked.map(part), events: events.map(event) };
};

test.each([
  {
    prompt: "Um serviço de avisos que envia e-mail e SMS; consome order.created de order-service",
    subject: "avisos",
    asked: ["e-mail", "SMS"],
    events: ["consumed order.created from order-service"],
  },
  {
    prompt:
      "创建支付服务，用户可以付款和退款，依赖 order-service，订阅 order-service 的 order.created，并发布 payment.made",
    subject: "支付",
    asked: ["付款", "退款"],
    events: ["consumed order.created from order-service", "published payment.made"],
  },
  {
    prompt: "Crear un servicio de inventario que permita reservar y liberar y depende de auth-service",
    subject: "inventario",
    asked: ["reservar", "liberar"],
    events: [],
  },
  {
    prompt: "Crée un service qui permet de créer et annuler, consomme order.created de order-service",
    subject: "",
    asked: ["créer", "annuler"],
    events: ["consumed order.created from order-service"],
  },
  {
    prompt:
      "Der Versanddienst empfängt order.created von order-service und veröffentlicht parcel.sent für mail-service",
    subject: "Versanddienst",
    asked: [],
    events: ["consumed order.created from order-service", "published parcel.sent to mail-service"],
  },
  {
    prompt: "在庫サービス。order-service の order.created を購読し、stock.reserved を発行する",
    subject: "在庫",
    asked: [],
    events: ["consumed order.created from order-service", "published stock.reserved"],
  },
  {
    prompt: "Создать сервис доставки: создание и отмена, возврат. Получает order.paid от order-service",
    subject: "доставки",
    asked: ["создание", "отмена", "возврат"],
    events: ["consumed order.paid from order-service"],
  },
  {
    prompt: "재고 서비스를 만든다. order-service의 order.created를 구독하고 stock.reserved를 발행한다",
    subject: "재고",
    asked: [],
    events: ["consumed order.created from order-service", "published stock.reserved"],
  },
  {
    prompt: "Publishes order.created and order.cancelled for shipping-service",
    subject: "",
    asked: [],
    events: ["published order.created to shipping-service", "published order.cancelled to shipping-service"],
  },
])("'$prompt' says what comes and what goes", ({ prompt, ...expected }) => {
  expect(said(prompt)).toEqual(expected);
});

test.each(["!!! ??? ...", "🚀🚀🚀", "\"''\" \\"])("'%s' is nothing to specify", async (prompt) => {
  const root = folderWith({ ".speckit.config.json": "{}" });
  const { code, err } = await runCli(root, ["specify", "--service=shop-service", prompt]);
  expect(code).toBe(2);
  expect(err).toContain("says nothing");
});

test("folders below services/ are services to choose from, before anything stands in them", async () => {
  const root = folderWith({ ".speckit.config.json": "{}" });
  mkdirSync(join(root, "services/auth-service/specs/001-auth"), { recursive: true });
  const { code, err } = await runCli(root, ["specify", "Build login"]);
  expect(code).toBe(2);
  expect(err).toContain("Which service is it for?");
  expect(err).toContain("There are: auth-service.");
});
