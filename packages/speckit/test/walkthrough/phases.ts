import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { loadTokenCounter } from "../../src/tokens/count.ts";
import { expectLines } from "./compare.ts";
import { authApi, authSpec, given, outputOf } from "./given.ts";
import type { Walk } from "./walk.ts";

const slashCommands =
  "constitution specify validate plan tasks implement document validate-contracts service-catalog find budget prune error-context".split(
    " ",
  );

/** Notes, the next command, and what is said of a service that has no code yet. */
const beside = [/^Next: /, /^ℹ️ /, /^and \d+ notes?:/, /not yet implemented$/];

/** A consumer that nobody has begun yet. */
const listed = /^⚠️ {2}\S+ listed as consumer but not yet implemented$/;

export async function setUp(walk: Walk, text: string): Promise<void> {
  await walk.speckit("init . --ai claude");
  for (const command of slashCommands)
    expect(walk.has(`.claude/skills/speckit-${command}/SKILL.md`), command).toBe(true);
  walk.write("constitution.md", text);
  expect(await walk.speckit("constitution")).toContain("11 of 12 statements are enforced");
  walk.write(".speckit.config.json", given("speckit.config.json"));
}

/** Phase 1 up to the tasks. Without an agent a person writes what the walk-through shows, where the draft says less. */
export async function authService(walk: Walk, isPersons: boolean): Promise<void> {
  const spec = "specs/001-jwt-authentication/spec.md";
  walk.cd("services/auth-service");
  walk.mkdir("specs/001-jwt-authentication");
  await walk.authored("specify", "Create a JWT-based authentication service specification");
  if (isPersons) walk.write(spec, authSpec);
  expect(walk.read(spec)).toBe(authSpec);
  walk.write("contracts/api-spec.yaml", authApi);
  expectLines(await walk.speckit("validate --spec"), outputOf("validate-spec.txt"), beside);
  await walk.authored("plan");
  await walk.authored("tasks");
}

export async function userService(walk: Walk, isPersons: boolean): Promise<void> {
  const prompt = "Create user profile service that depends on auth-service for authentication";
  const spec = "specs/001-user-profile/spec.md";
  walk.cd("../user-service");
  walk.mkdir("specs/001-user-profile");
  await walk.authored("specify", prompt);
  walk.write("contracts/events/user-events.json", given("user-events.json"));
  if (isPersons) {
    await walk.authored("specify");
    for (const answer of [
      "they create, read, replace or delete their profile",
      "system returns the profile as it is now stored",
      "userId",
      "Events wait in the outbox until it is back",
    ])
      await walk.speckit("clarify --answer", `1=${answer}`);
    walk.edit(spec, /(?<=\| order-service \| ).*(?= \|)/, "User details for orders");
  }
  // Which operation it is, the walk-through does not say.
  expectLines(walk.read(spec).replace(/ \(`[^`]+`\)/g, ""), given("user-dependencies.md"));
  await walk.speckit("plan --contracts");
  expectLines(
    await walk.speckit("validate-contracts --service=user-service"),
    outputOf("validate-contracts-user-service.txt"),
    [...beside, listed],
  );
  await walk.authored("plan");
  await walk.authored("tasks");
  await walk.authored("implement --yes");
  await walk.speckit("document");
}

/** The other services, as far as the walk-through goes with them. */
export async function consumers(walk: Walk, isPersons: boolean): Promise<void> {
  walk.cd("../order-service");
  walk.mkdir("specs/001-order-management");
  await walk.authored(
    "specify",
    "Create order management service that depends on auth-service for authentication and on user-service for user details, consumes user.profile.created from user-service and publishes order.created for notification-service and inventory-service. Customers can place and cancel orders.",
  );
  const spec = "specs/001-order-management/spec.md";
  if (isPersons) {
    // What a person adds is the rest: the events, who sends and who receives them the draft says itself.
    for (const section of ["order-consumed.md", "order-published.md"])
      expectLines(walk.read(spec), linesOf(given(section), /^(?:#|\*\*(?:From|Topic|Consumers):)/));
    const [, consumed = ""] = given("order-consumed.md").split("\n\n");
    walk.edit(
      spec,
      /## Events Published\n[\s\S]*?(?=## Events Consumed)/,
      `${given("order-published.md")}\n`,
    );
    walk.edit(spec, /### Event: user\.profile\.created\n[\s\S]*?\n\n/, `${consumed.trim()}\n\n`);
  }
  for (const section of ["order-consumed.md", "order-published.md"])
    expectLines(walk.read(spec).replace(/\n\n+(?=###)/g, "\n"), given(section));
  walk.cd("../notification-service");
  await walk.authored(
    "specify",
    "Send order confirmation emails service that consumes order.created from order-service",
  );
}

function linesOf(text: string, pattern: RegExp): string {
  return text
    .split("\n")
    .filter((line) => pattern.test(line))
    .join("\n");
}

export async function acrossServices(walk: Walk): Promise<void> {
  walk.cd("../..");
  await walk.speckit("service-catalog");
  const graph = /```[\s\S]*?```/;
  const [catalog, shown] = [walk.read("docs/SERVICE-CATALOG.md"), outputOf("service-catalog.md")];
  expectLines(catalog, shown.replace(graph, "").replace("[... more services ...]", ""));
  // Where its lines run is the drawing's own; who stands in it, in which order and with what between is not.
  const drawn = (text: string, part: RegExp) =>
    Array.from((graph.exec(text)?.[0] ?? "").matchAll(part), ([whole]) => whole);
  expect(drawn(catalog, /[\w-]+-service/g)).toEqual(drawn(shown, /[\w-]+-service/g));
  expect(drawn(catalog, /\([^)]+\)/g).join()).toMatch(/validat.*events/);
  expectLines(await walk.speckit("validate-contracts"), outputOf("validate-contracts.txt"), [
    ...beside,
    listed,
    /^✅ (?:No data or responsibility|Constitution followed|All dependencies exist)/,
    /^\d+ notes$/,
  ]);
}

/** Phase 5: an endpoint more, and one that a change breaks. */
export async function change(walk: Walk): Promise<void> {
  walk.git("init", "--quiet", "--initial-branch=main");
  walk.git("add", "--all");
  walk.git("commit", "--quiet", "--message", "The platform");
  walk.cd("services/user-service");
  expectLines(await walk.speckit("find", "user profile"), outputOf("find.txt"));
  const spec = "specs/001-user-profile/spec.md";
  const contract = "contracts/api-spec.yaml";
  walk.edit(spec, /(?=## Functional Requirements)/, `${given("avatar-scenario.md")}\n`);
  expect(await walk.speckit("validate --spec", undefined, 1)).toMatch(
    /No task serves P9, 'Avatar Upload'\.[\s\S]*\nNext: speckit tasks\n$/,
  );
  walk.edit(contract, /^ {2}\/health:/m, `${given("avatar-operation.yaml")}  /health:`);
  await walk.authored("plan");
  await walk.authored("tasks");
  await walk.speckit("validate");
  expect(await walk.authored("implement --yes")).toContain("POST /api/v1/users/{id}/avatar");
  expect(await walk.speckit("document --update")).toContain("quick-ref.md");
  walk.git("add", "--all");
  walk.git("commit", "--quiet", "--message", "Avatars");
  walk.edit(contract, "required: [image]", "required: [image, imageFormat]");
  walk.edit(contract, /(?= {16}image:\n)/, "                imageFormat:\n                  type: string\n");
  const command = "validate-contracts --service=user-service --breaking-changes-only";
  const out = await walk.speckit(command, undefined, 1);
  expectLines(out, outputOf("breaking-changes.txt"), [
    /^user-service: 1 error$/,
    /^1 error$/,
    /^Next: speckit explain /,
    // Where it stands, and who says that the other service needs it.
    /^services\/\S+:\d+:\d+$/,
    /^services\/\S+:\d+:\d+\n {6}required-property-added/,
  ]);
}

/** The commands of every day, and what they cost whoever reads what they print. */
export async function everyDay(walk: Walk): Promise<void> {
  const count = await loadTokenCounter();
  const costs = async (most: number, line: string, words?: string) => {
    const out = await walk.speckit(line, words);
    expect(count(out), out).toBeLessThanOrEqual(most);
  };
  walk.cd("../..");
  await costs(500, "service-catalog");
  await costs(300, "find", "order processing");
  await costs(100, "budget");
  await walk.speckit("service-catalog --regenerate");
  await walk.speckit("document --update --service=auth-service");
  expect(await walk.speckit("error-context", "user profile could not be stored")).toContain("user-service");
  const session = fileURLToPath(new URL("../fixtures/sessions/claude-code.jsonl", import.meta.url));
  expect(await walk.speckit(`prune --dry-run --session ${session}`)).toContain("instead of");
  for (const service of ["auth-service/specs/001-jwt-authentication", "user-service/specs/001-user-profile"])
    expect(count(walk.read(`services/${service}/quick-ref.md`))).toBeLessThanOrEqual(200);
  walk.cd("services/new-service");
  walk.write(
    "specs/001-feature/spec.md",
    walk.read("../../templates/microservices/service-spec-template.md"),
  );
  expect(await walk.speckit("validate --spec", undefined, 1)).toContain("⚠️  Placeholders left");
}
