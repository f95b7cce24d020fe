import { delimiter } from "node:path";
import { describe, expect, test } from "vitest";
import { programs } from "../authors/stage.ts";
import {
  authSpec,
  authTasks,
  constitution,
  constitutionInTypeScript,
  given,
  orderSpec,
  userSpec,
} from "./given.ts";
import { acrossServices, authService, change, consumers, everyDay, setUp, userService } from "./phases.ts";
import { scriptedAgent } from "./scripted-agent.ts";
import { standIns } from "./stand-ins.ts";
import { Walk } from "./walk.ts";

/** The quick reference has each line of the walk-through's that is like `lines`; what is said of a thing may differ. */
function expectQuickRef(walk: Walk, lines: RegExp): void {
  const written = walk.read("../auth-service/specs/001-jwt-authentication/quick-ref.md");
  for (const line of given("auth-quick-ref.md")
    .split("\n")
    .filter((text) => lines.test(text)))
    expect(written).toContain(line.replace(/ - .*$|(?<=^- Called by:).*$/, ""));
}

/** What the walk-through's plan is said to have. */
function expectComponents(walk: Walk): void {
  const plan = walk.read("specs/001-jwt-authentication/plan.md").split("\n");
  for (const part of [
    "FastAPI framework",
    "JWT library (PyJWT)",
    "PostgreSQL for user credentials",
    "Redis for token blacklist",
    "bcrypt for password hashing",
  ])
    expect(plan).toContain(`- ${part}`);
}

const tenMinutes = 600_000;

describe("the walk-through", () => {
  test("without a model", { timeout: tenMinutes }, async () => {
    const path = `${programs(standIns)}${delimiter}${process.env.PATH}`;
    const walk = new Walk({ PATH: path }, ["--author", "offline"]);
    await setUp(walk, constitutionInTypeScript);
    await authService(walk, true);
    const out = await walk.authored("implement --yes");
    // What a service decides nobody wrote down: that stays for a person or an agent.
    expect(out).toContain("13 of 16 tasks done");
    expect(out.match(/^⚠️ {2}Task \d\.4: Rules Of /gm)).toHaveLength(3);
    expect(walk.has("src/routes/auth-login.ts")).toBe(true);
    await walk.speckit("document");
    await userService(walk, true);
    await consumers(walk, true);
    await acrossServices(walk);
    await change(walk);
    await everyDay(walk);
    // What is written without a model stands in other files, and reads its variables through the kit.
    expectQuickRef(walk, /^(?!- (?:src\/|[A-Z_]+ -)|\*\*Environment)/);
  });

  test("with an agent that is scripted", { timeout: tenMinutes }, async () => {
    const documents = {
      "spec auth-service": authSpec,
      "tasks auth-service": authTasks,
      "spec user-service": userSpec,
      "spec order-service": orderSpec,
    };
    const code = {
      "src/models/user.py": 'import os\n\nDATABASE_URL = os.environ["DATABASE_URL"]\n',
      "src/services/jwt_service.py":
        'import os\n\nJWT_SECRET = os.environ["JWT_SECRET"]\nREDIS_URL = os.environ["REDIS_URL"]\n',
    };
    const folder = programs({ ...standIns, claude: scriptedAgent(documents, code) });
    const path = `${folder}${delimiter}${process.env.PATH}`;
    const walk = new Walk({ PATH: path }, ["--author", "agent:claude"]);
    await setUp(walk, constitution);
    await authService(walk, false);
    expectComponents(walk);
    expect(walk.read("specs/001-jwt-authentication/tasks.md")).toBe(authTasks);
    expect(await walk.authored("implement --yes")).toContain("✅ All 6 tasks are done");
    await walk.speckit("document");
    await userService(walk, false);
    await consumers(walk, false);
    await acrossServices(walk);
    await change(walk);
    await everyDay(walk);
    expectQuickRef(walk, /./);
  });

  test("without a model, in Python: plan and tasks as it shows them", async () => {
    const walk = new Walk({}, ["--author", "offline"]);
    await setUp(walk, constitution);
    await authService(walk, true);
    expectComponents(walk);
    const shown = tasksIn(given("auth-tasks.md"));
    const drafted = tasksIn(walk.read("specs/001-jwt-authentication/tasks.md"));
    for (const [title, lines] of shown) {
      const own = drafted.get(title) ?? [];
      // Which files and packages there are is the draft's own choice of names, tests and what they need included.
      const fields = ["- File:", "- Dependencies:", "- Type:", "- Acceptance:"];
      expect(own.map((line) => line.replace(/(?<=^- [A-Z][a-z]+:) .*/, ""))).toEqual(
        expect.arrayContaining(fields),
      );
      expect(own).toContain(lines.find((line) => line.startsWith("- Type:")));
    }
    expect([...shown.keys()].filter((title) => drafted.has(title))).toEqual([...shown.keys()]);
    expect(drafted.get("Dockerfile")).toEqual(shown.get("Dockerfile"));
    expect(drafted.get("Project Setup")?.join("\n")).toMatch(
      /^- File: pyproject\.toml, requirements\.txt\n.*fastapi, uvicorn.*\n- Type: Configuration\n- Acceptance: Can run `uvicorn app:app`$/,
    );
  });
});

/** The lines of each task below its title. */
function tasksIn(text: string): Map<string, string[]> {
  const tasks = text.split(/^### Task [\d.]+: /m).slice(1);
  return new Map(
    tasks.map((task) => {
      const [title = "", ...lines] = task.split("\n");
      return [title, lines.filter((line) => line.startsWith("- "))];
    }),
  );
}
