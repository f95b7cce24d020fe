import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** What the platform thinks up for itself, once for each data folder. */
export interface Secrets {
  /** What auth-service encrypts its keys with. */
  readonly authSecret: string;
  readonly administratorPassword: string;
  /** By the name of the role. */
  readonly databasePasswords: Readonly<Record<string, string>>;
}

const random = (bytes: number) => randomBytes(bytes).toString("base64url");

/** Reads the secrets of a data folder, or makes them. Nobody else may read the file. */
export function keepSecrets(dataDir: string, roles: readonly string[]): Secrets {
  const file = path.join(dataDir, "secrets.json");
  const kept: Partial<Secrets> = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  const secrets: Secrets = {
    authSecret: kept.authSecret ?? random(32),
    administratorPassword: kept.administratorPassword ?? random(12),
    databasePasswords: Object.fromEntries(
      roles.map((role) => [role, kept.databasePasswords?.[role] ?? random(24)]),
    ),
  };
  writeWhole(file, JSON.stringify(secrets, null, 2));
  return secrets;
}

/** Whoever reads the file, even after a crash, finds all of the old text or all of the new. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text, { mode: 0o600 });
  fs.renameSync(draft, file);
}
