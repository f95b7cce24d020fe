import { expect, test } from "vitest";
import { inOneLine, secretsOf } from "../../src/node/authors/secrets.ts";

test.each([
  {
    given: "a key",
    env: { ACME_API_KEY: "zq9Tt3Kq9Zx2L" },
    says: "key zq9Tt3Kq9Zx2L!",
    shown: "key [redacted]!",
  },
  {
    given: "a key with CRLF",
    env: { ACME_TOKEN: "zq9Tt3Kq9Zx2L\r\n" },
    says: "zq9Tt3Kq9Zx2L!",
    shown: "[redacted]!",
  },
  {
    given: "the password of a database",
    env: { DATABASE_URL: "postgres://shop:zq9Tt3Kq9@db.example.com/shop" },
    says: "shop and zq9Tt3Kq9 at db.example.com",
    shown: "shop and [redacted] at db.example.com",
  },
  {
    given: "a key that begins as another does",
    env: { A_KEY: "zq9Tt3Kq9Zx2L", B_KEY: "zq9Tt3Kq9Zx2LmNpR8s" },
    says: "zq9Tt3Kq9Zx2LmNpR8s",
    shown: "[redacted]",
  },
  {
    given: "nothing of what people write too",
    env: {
      DATABASE_URL: "postgres://shop:postgres@localhost/shop",
      PGPASSWORD: "postgres",
      SSH_AUTH_SOCK: "/tmp/ssh-x7/agent.12345",
      HOME: "/home/ada/workspaces",
    },
    says: "postgres in /home/ada/workspaces by /tmp/ssh-x7/agent.12345",
    shown: "postgres in /home/ada/workspaces by /tmp/ssh-x7/agent.12345",
  },
])("$given is taken out", ({ env, says, shown }) => {
  expect(secretsOf(env)(says)).toBe(shown);
});

test.each([
  { given: "with an end of line in it", value: "zq9Tt3Kq\n9Zx2LmNpR8s", says: "no zq9Tt3Kq\n9Zx2LmNpR8s" },
  { given: "coloured in the middle", value: "zq9Tt3Kq9Zx2LmNpR8s", says: "no zq9Tt3Kq\u001b[1m9Zx2LmNpR8s" },
])("one line has no key $given", ({ value, says }) => {
  expect(inOneLine(says, secretsOf({ ACME_API_KEY: value }))).toBe("no [redacted]");
});
