import { expect, test } from "vitest";
import { redact } from "../src/tokens/redact.ts";
import { DigestCollector } from "../src/tokens/session-digest.ts";

// Put together here, so that no scanner takes this file for a leak.
const letters = "Zq7Rm2Xw9Lk4Tb8Vn3Pc6Yd1Hf5Gs0Jx7Km2Qw9Er4Ty8Ui3Op";
const hex = "9f67e43fa1b2c3d4e5f60718293a4b5c9f67e43fa1b2c3d4e5f60718";
const jwt = ["eyJhbGciOiJFUzI1NiJ9", "eyJzdWIiOiJhZGEifQ", "c2lnbmF0dXJl"].join(".");
const pem = (kind: string) => `-----BEGIN ${kind}-----\nMIGHAgEAMBMGByqGSM49\n-----END ${kind}-----`;

test.each([
  ["private key", pem("PRIVATE KEY")],
  ["private key", pem("RSA PRIVATE KEY")],
  ["private key", pem("OPENSSH PRIVATE KEY")],
  ["private key", pem("PGP PRIVATE KEY BLOCK")],
  ["private key", "-----BEGIN EC PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49 and no end"],
  ["private key", JSON.stringify({ pem: pem("PRIVATE KEY") }).slice(8, -2)],
  ["JWT", jwt],
  ["JWT", `${jwt.split(".").slice(0, 2).join(".")}.`],
  ["AWS key", `AKIA${letters.slice(0, 16).toUpperCase()}`],
  ["AWS key", `ASIA${letters.slice(0, 16).toUpperCase()}`],
  ["GitHub token", `ghp_${letters.slice(0, 36)}`],
  ["GitHub token", `github_pat_${letters.slice(0, 40)}`],
  ["GitLab token", `glpat-${letters.slice(0, 20)}`],
  ["Anthropic key", `sk-ant-api03-${letters}`],
  ["OpenAI key", `sk-proj-${letters}`],
  ["OpenAI key", `sk-${letters.slice(0, 48)}`],
  ["Google key", `AIza${letters.slice(0, 35)}`],
  ["Google key", `ya29.${letters}`],
  ["Google key", `GOCSPX-${letters.slice(0, 28)}`],
  ["Slack token", `xoxb-${"1234567890"}-${letters.slice(0, 24)}`],
  ["webhook", `https://hooks.slack.com/services/${"T000/B000"}/${letters.slice(0, 24)}`],
  ["webhook", `https://discord.com/api/webhooks/1234/${letters}`],
  ["Stripe key", `sk_live_${letters.slice(0, 24)}`],
  ["Stripe key", `whsec_${letters.slice(0, 32)}`],
  ["npm token", `npm_${letters.slice(0, 36)}`],
  ["PyPI token", `pypi-AgEI${letters}`],
  ["SendGrid key", `SG.${letters.slice(0, 22)}.${letters.slice(0, 43)}`],
  ["Twilio key", `SK${hex.slice(0, 32)}`],
  ["Mailgun key", `key-${hex.slice(0, 32)}`],
  ["Mailchimp key", `${hex.slice(0, 32)}-us21`],
  ["Square token", `sq0atp-${letters.slice(0, 22)}`],
  ["Shopify token", `shpat_${hex.slice(0, 32)}`],
  ["DigitalOcean token", `dop_v1_${hex}`],
  ["Hugging Face token", `hf_${letters.slice(0, 34)}`],
  ["Databricks token", `dapi${hex.slice(0, 32)}`],
  ["Vault token", `hvs.${letters}`],
  ["Telegram token", `123456789:AA${letters.slice(0, 33)}`],
  ["service token", `lin_api_${letters.slice(0, 40)}`],
  ["service token", `glsa_${letters.slice(0, 32)}`],
  ["service token", `ATATT3${letters}`],
  ["age key", `AGE-SECRET-KEY-1${letters.toUpperCase()}${letters.toUpperCase()}`.slice(0, 75)],
  ["password hash", "$2b$12$abcdefghijklmnopqrstuuWmlnBoqKvPpW3mZ0v1q2w3e4r5t6y7u"],
  ["password hash", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"],
  ["service token", `dckr_pat_${letters.slice(0, 27)}`],
  ["AWS key", `${letters.slice(0, 20)}/${letters.slice(20, 39)}`],
  ["random text", letters.slice(0, 44)],
])("%s: nothing of %s is left", (kind, secret) => {
  const { text, count } = redact(`It is ${secret}\nand so on.`);
  expect(text.startsWith(`It is [redacted: ${kind}]`), text).toBe(true);
  expect(count).toBe(1);
  expect(redact(text)).toEqual({ text, count: 0 });
});

test.each([
  ["Authorization: Bearer §"],
  ["authorization: Basic §=="],
  [`-H 'Authorization: token §'`],
  ['{"Authorization":"Bearer §"}'],
  ["Proxy-Authorization: Digest §"],
  ["the header says bearer §-and-more"],
  ["Cookie: sid=§; theme=dark"],
  ["Set-Cookie: refresh=§; HttpOnly"],
  ["X-Api-Key: §"],
  ["postgres://ada:§@db:5432/shop"],
  ["amqp://:§@mq/"],
  ["redis://default:§@127.0.0.1:6379/0"],
  ["mongodb+srv://ada:p@§@cluster.example/shop"],
  ["https://§§§@github.com/ada/shop.git"],
  ["https://shop.example/callback?code=§&state=1"],
  ["https://bucket.example/a.png?X-Amz-Signature=§"],
  ["GET /reset?token=§"],
  ["DB_PASSWORD=§ npm start"],
  ["export AWS_SECRET_ACCESS_KEY='§'"],
  ['{"password":"§"}'],
  ['{\\"clientSecret\\": \\"§\\"}'],
  ["password: §"],
  ["passphrase = `§`"],
  ["const apiKey = '§';"],
  ["refresh_token: '§'"],
  ["jwtToken => '§'"],
  ["client_secret:\n  §"],
  ["secret: |\n  §\n  §"],
  ["pin: §"],
  ["curl -u ada:§ https://shop.example"],
  ["psql --password §"],
  ["speckit --token=§"],
  ["mysql -u root -p§ shop"],
  ["PGPASSWORD=§ psql"],
  ["sshpass -p § ssh ada@shop"],
  ["machine shop.example login ada password §"],
  ['auth: { user: "ada", pass: "§" }'],
  ["SMTP_PASS=§ npm start"],
  ["Log in as ada; the password is §."],
  ["The API key was `§`, use it"],
  [`Cookie: token=${jwt}; sid=§`],
  [`password: "before ${jwt} and § after"`],
  ["CREATE ROLE ada WITH PASSWORD '§'"],
  ["ALTER USER ada IDENTIFIED BY '§'"],
  ["AccountName=shop;AccountKey=§;"],
  ["Server=db;User Id=ada;Password=§;"],
  ["- name: DB_PASSWORD\n  value: §"],
  ['{"name":"DB_PASSWORD","value":"§"}'],
  ['<add key="ApiKey" value="§" />'],
  ["<m:password>§</m:password>"],
  ["SESSION_KEY=§"],
  ["BASIC_AUTH=ada:§"],
  ["docker login -u ada -p § registry.example"],
  ["pass=§"],
  [`'{"password": "so \\"much\\" §"}'`],
  ["Passwort: §"],
  ["Das Passwort lautet §."],
  ["contraseña: §"],
  ["mot de passe : §"],
  ["密码：§"],
])("what stands where secrets stand is redacted: %s", (line) => {
  const secret = "xK4mQ9vT";
  const { text, count } = redact(line.replaceAll("§", secret));
  expect(text).not.toContain(secret);
  expect(text).toContain("[redacted: ");
  expect(count).toBeGreaterThan(0);
  expect(redact(text)).toEqual({ text, count: 0 });
});

test.each([
  "password: string;",
  "password: process.env.DB_PASSWORD",
  "DB_PASSWORD=$DB_PASSWORD",
  'token="$TOKEN"',
  "apiKey: {{ .Values.apiKey }}",
  "const token = await readToken();",
  "AUTH_TOKEN_TTL=3600",
  "tokens: 4200 in, 310 out",
  "The password is wrong.",
  "The token is valid for 15 minutes.",
  "The secret is read in src/config.ts:12",
  "The token is $TOKEN_2",
  "SORT_KEY=name",
  "pass=12 fail=0",
  "Passwort vergessen?",
  "docker run -p 8080:80 shop",
  "src/Orders/Order2Prices/placingOrders/ab",
  "The token expired: renew it.",
  "Tests pass: all",
  "POST /api/v1/auth/tokens: returns 201",
  "packages/speckit/src/tokens/redact.ts:12:3",
  "services/order-service/src/app.ts@44935932",
  "commit 9f67e43fa1b2c3d4e5f60718293a4b5c9f67e43f",
  "placeOrderWithCouponAndDiscountForReturningCustomersOnly",
  "5e551011-0000-4000-8000-000000000001",
  "https://shop.example/orders?page=2&sort=asc",
  "git@github.com:ada/shop.git",
  "ssh://git@github.com/ada/shop.git",
])("what is no secret stays: %s", (line) => {
  expect(redact(line)).toEqual({ text: line, count: 0 });
});

test.each([
  "a",
  "eyJ",
  "://",
  "password",
  "-",
  "a:",
  "x-",
  "token=",
  "A1b2C3",
  "<password>",
  "name: token ",
  "login -p",
  "A1b2/C3",
])("a long run of %s is no trap", (part) => {
  const began = performance.now();
  redact(part.repeat(40_000));
  expect(performance.now() - began).toBeLessThan(3000);
});

test("a key with slashes is found before the slashes of what follows it in a row", () => {
  const key = `${letters.slice(0, 12)}/${letters.slice(12, 24)}/${letters.slice(24, 38)}`;
  expect(redact(`ada,${key},https://shop.example.com/console`)).toEqual({
    text: "ada,[redacted: AWS key],https://shop.example.com/console",
    count: 1,
  });
});

test("of a long text nothing is kept that was cut in the middle of a secret", () => {
  const token = `ghp_${letters.slice(0, 36)}`;
  const collector = new DigestCollector();
  // What is redacted at the beginning moves the cut into what is kept.
  const long = `${pem("PRIVATE KEY").replace("MIGH", "A".repeat(6000))} `.padEnd(7990, "tea ");
  collector.add({ kind: "prompt", text: `${long}${token}` });
  expect(collector.digest().goal).toContain("tea tea");
  expect(collector.digest().goal).not.toContain("ghp_");
});
