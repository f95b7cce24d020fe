// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CodeFile } from "../src/model/code.ts";
import { formatOf } from "../src/parse/formats.ts";
import { commitAll } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

function readsIn(text: string): string[] {
  const source = { file: "src/users.ts", text, bytes: text.length };
  const { calls } = formatOf(source)?.parse(source, () => undefined) as CodeFile;
  return calls.flatMap(({ reads = [] }) => reads.map(({ path, at }) => `${at.line} ${path}`));
}

const url = "`${USER_SERVICE_URL}/api/v1/users/${id}`";

test.each([
  {
    written: "a variable for the response, one for the body",
    code: `const response = await fetch(${url});\nif (!response.ok) throw new Error();\nconst body = await response.json();\nsend(body.data.email, body?.meta);`,
    reads: ["4 data.email", "4 meta"],
  },
  {
    written: "the body at once",
    code: `const user = (await (await fetch(${url})).json()) as User;\nreturn user.name.trim();`,
    reads: ["2 name"],
  },
  {
    written: "then()",
    code: `const user = await fetch(${url}).then((r) => r.json());\nlog(user.address.city);`,
    reads: ["2 address.city"],
  },
  {
    written: "a pattern",
    code: `const res = await fetch(${url});\nconst { data: user, meta } = await res.json();\nlog(user.email);`,
    reads: ["2 data", "3 data.email", "2 meta"],
  },
  {
    written: "a field at once",
    code: `const res = await fetch(${url});\nreturn (await res.json()).data.items[0].sku;`,
    reads: ["2 data.items.sku"],
  },
  {
    written: "axios",
    code: `const res = await axios.get(${url});\nreturn res.data.email + res.status;`,
    reads: ["2 email"],
  },
  {
    written: "axios, taken apart",
    code: `const { data } = await axios.get(${url});\nconst { email, name: called } = data;\nreturn email + called + data.items.map((x) => x.sku);`,
    reads: ["3 items", "2 email", "2 name"],
  },
  {
    written: "ky",
    code: `const user = await ky.get(${url}).json();\nreturn user.email;`,
    reads: ["2 email"],
  },
  {
    written: "another variable of that name in another block",
    code: `async function a() {\n  const body = await fetch(${url}).then((r) => r.json());\n  return body.email;\n}\nfunction b(body) {\n  return body.phone;\n}`,
    reads: ["3 email"],
  },
  { written: "nothing that can be followed", code: `return fetch(${url}).then(read);`, reads: [] },
])("fields of a response are seen to be read: $written", ({ code, reads }) => {
  expect(readsIn(code)).toEqual(reads);
});

test("a field that goes away names the places that read it", async () => {
  const contract = (fields: string) => `openapi: 3.1.0
info: { title: Users, version: v1 }
paths:
  /api/v1/users/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        "200":
          description: One
          content:
            application/json:
              schema:
                type: object
                required: [data]
                properties: { data: { type: object, required: [${fields}], properties: { ${fields}: { type: string } } } }
        "404": { description: None }
`;
  const spec = (name: string) => `# S\n\n## Service Name\n${name}\n\n**Given** a **When** b **Then** c\n`;
  const root = folderWith({
    "services/user-service/openapi.yaml": contract("email"),
    "services/mail-service/specs/001-mail/spec.md": spec("mail-service"),
    "services/mail-service/src/users.ts": `export async function addressOf(id: string) {\n  const response = await fetch(${url});\n  const { data } = await response.json();\n  return data.email;\n}\n`,
  });
  commitAll(root);
  writeFileSync(join(root, "services/user-service/openapi.yaml"), contract("address"));
  const { out } = await runCli(root, ["validate-contracts", "--all", "--json", "--breaking-changes-only"]);
  const { findings } = JSON.parse(out) as { findings: { rule: string; related: object[] }[] };
  const file = "services/mail-service/src/users.ts";
  expect(findings.find(({ rule }) => rule === "property-removed")?.related).toEqual([
    { file, line: 4, message: "reads data.email" },
    { file, line: 2, message: "uses it" },
  ]);
});
