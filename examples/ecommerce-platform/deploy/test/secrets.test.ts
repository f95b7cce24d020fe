import fs from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { filesBelow, platformRoot, readText, repositoryRoot } from "./support/platform.ts";
import { mustRun } from "./support/programs.ts";
import { scratchPlatform } from "./support/scratch.ts";

test("passwords are thought up once, for all that ask for one, and for nobody else to read", () => {
  const { root } = scratchPlatform();
  const program = path.join(platformRoot, "deploy", "src", "write-secrets.ts");
  const write = () =>
    mustRun(process.execPath, ["--conditions=source", "--import", "tsx", program, root], {
      cwd: repositoryRoot,
    });
  const file = path.join(root, "deploy", ".env");
  fs.writeFileSync(file, "SHOP_VERSION=7\nADMIN_PASSWORD=chosen by Ada\n");
  write();

  const passwords = parseEnv(fs.readFileSync(file, "utf8"));
  const asked = [...readText("deploy/compose.yaml").matchAll(/\$\{(\w+):\?/g)].map(([, name = ""]) => name);
  expect(Object.keys(passwords)).toEqual(expect.arrayContaining(asked));
  expect(passwords).toMatchObject({ SHOP_VERSION: "7", ADMIN_PASSWORD: "chosen by Ada" });
  expect(passwords.AUTH_SECRET?.length).toBeGreaterThanOrEqual(32);

  const folder = path.join(root, "deploy", "kubernetes", "overlays", "development", "secrets");
  const auth = parseEnv(fs.readFileSync(path.join(folder, "auth-service.env"), "utf8"));
  expect(auth.DATABASE_URL).toBe(
    `postgres://auth_service:${passwords.AUTH_DB_PASSWORD}@postgresql:5432/auth_db`,
  );
  for (const name of [file, ...fs.readdirSync(folder).map((each) => path.join(folder, each))]) {
    expect(fs.statSync(name).mode & 0o777, name).toBe(0o600);
  }
});

test("git is not told", () => {
  for (const file of ["deploy/.env", "deploy/kubernetes/overlays/development/secrets/auth-service.env"]) {
    expect(mustRun("git", ["check-ignore", path.join(platformRoot, file)], { cwd: platformRoot })).toContain(
      file,
    );
  }
});

test("README.md says which secrets production has to have", () => {
  const readme = readText("deploy/README.md");
  for (const file of filesBelow("deploy/kubernetes/base", ".yaml")) {
    for (const [, name, key] of readText(file).matchAll(/secretKeyRef:\s+name: (\S+)\s+key: (\S+)/g)) {
      expect(readme).toMatch(new RegExp(`^\\s*\\| ${name} \\|.*\`${key}\``, "m"));
    }
  }
});
