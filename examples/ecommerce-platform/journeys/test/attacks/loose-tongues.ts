import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { confidential } from "../support/person.ts";

/** Searches what was written down for what should not be. To be called last: everything that was done before has left its lines. */
export function looseTongues(shop: () => Shop): void {
  describe("no log tells", () => {
    test("a password, a token, an address or a name of anybody who was here", () => {
      const logs = [...shop().logs(), ...serverLog(shop())];
      const personal = [...confidential];
      expect(personal.length).toBeGreaterThan(50);
      const told = logs.flatMap(([file, text]) =>
        personal.filter((one) => text.includes(one)).map((one) => `${file} tells ${one}`),
      );
      expect(told).toEqual([]);
    });

    test("a secret of the shop", () => {
      const { platform } = shop();
      const secrets = JSON.parse(fs.readFileSync(path.join(platform.dataDir, "secrets.json"), "utf8"));
      const texts = [
        secrets.authSecret,
        secrets.administratorPassword,
        ...Object.values<string>(secrets.databasePasswords),
        "argon2id$",
        "BEGIN PRIVATE KEY",
      ];
      const told = [...shop().logs(), ...serverLog(shop())].filter(([, log]) =>
        texts.some((text) => log.includes(text)),
      );
      expect(told.map(([file]) => file)).toEqual([]);
    });

    test("anything that looks like a token or an address", () => {
      const told = [...shop().logs()].flatMap(([file, text]) =>
        (text.match(/\beyJ[\w-]{10,}|\b[rp][tr]_[\w-]{20,}|[\w.+-]+@[\w-]+\.[a-z]{2,}/gi) ?? []).map(
          (found) => `${file}: ${found}`,
        ),
      );
      expect(told).toEqual([]);
    });
  });
}

/** Of the PostgreSQL that the shop brings along; others keep theirs elsewhere. */
function serverLog({ platform }: Shop): [string, string][] {
  const file = path.join(platform.dataDir, "postgres", "server.log");
  return fs.existsSync(file) ? [["server.log", fs.readFileSync(file, "utf8")]] : [];
}
