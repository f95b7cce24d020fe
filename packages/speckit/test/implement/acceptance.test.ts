import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { ask, checkpoint, dir, listOf, read, shopWith, task, tasksFile, write } from "./shop.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function answering(status: number | ((url: string) => number), asked: string[] = []): Promise<string> {
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(typeof status === "number" ? status : status(request.url ?? "")).end("{}");
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("how a task is accepted", () => {
  test.each([
    { given: "a service that is well", status: 200, code: 0 },
    { given: "a service that is not", status: 503, code: 1 },
  ])("by a request, given $given", async ({ status, code }) => {
    const root = shopWith(
      listOf(task("4.2", { File: "src/health.js", Acceptance: "GET /health returns service status" })),
    );
    write(root, `${dir}/src/health.js`, "\n");
    const asked: string[] = [];
    const url = await answering(status, asked);
    const report = await ask(root, `implement --done --url ${url}`);
    expect(report.code).toBe(code);
    expect(asked).toEqual(["GET /health"]);
    if (code === 1) expect(report.problems).toEqual(["GET /health answered 503; 200 to 299 is right."]);
    else expect(checkpoint(root, "4.2").proofs).toMatchObject([{ by: "request", result: "answered 200" }]);
  });

  test("by the status that is written there, and by nothing that changes something", async () => {
    const root = shopWith(
      listOf(
        task("1.1", { Acceptance: "GET /users/none returns 404" }),
        task("1.2", { Acceptance: "POST /users returns 201" }),
      ),
    );
    const asked: string[] = [];
    const url = await answering(404, asked);
    expect((await ask(root, `implement --done 1.1 --url ${url}`)).code).toBe(0);
    expect((await ask(root, `implement --done 1.2 --url ${url}`)).code).toBe(0);
    expect(asked).toEqual(["GET /users/none"]);
    expect(checkpoint(root, "1.2").proofs).toMatchObject([{ by: "person" }]);
  });

  test.each([
    { acceptance: "GET /health returns 200 within 500 ms", status: 500, right: "200" },
    { acceptance: "GET /health answers in less than 300 ms", status: 300, right: "200 to 299" },
    { acceptance: "Returns 204: GET /health", status: 200, right: "204" },
  ])("$acceptance: only a status is one", async ({ acceptance, status, right }) => {
    const root = shopWith(listOf(task("1.1", { Acceptance: acceptance })));
    const url = await answering(status);
    expect((await ask(root, `implement --done --url ${url}`)).problems).toEqual([
      `GET /health answered ${status}; ${right} is right.`,
    ]);
  });

  test("of several requests each by the status behind it", async () => {
    const root = shopWith(
      listOf(task("1.1", { Acceptance: "GET /users returns 200; GET /users/none returns 404" })),
    );
    const swapped = await answering((url) => (url === "/users" ? 404 : 200));
    expect((await ask(root, `implement --done --url ${swapped}`)).problems).toEqual([
      "GET /users answered 404; 200 is right.",
    ]);
    const right = await answering((url) => (url === "/users" ? 200 : 404));
    expect((await ask(root, `implement --done --url ${right}`)).code).toBe(0);
  });

  test("without an address the person has to confirm", async () => {
    const root = shopWith(listOf(task("4.2", { Acceptance: "GET /health returns service status" })));
    expect((await ask(root, "implement --done")).problems).toEqual([
      "`GET /health` was not tried: nothing says where the service runs (--url). Look yourself, then add --confirm.",
    ]);
    expect((await ask(root, "implement --done --confirm")).code).toBe(0);
    expect(checkpoint(root, "4.2").proofs).toEqual([
      { by: "person", text: "GET /health", result: "confirmed" },
    ]);
  });

  test("what this machine lacks can be confirmed, and what fails cannot", async () => {
    const root = shopWith(
      listOf(
        task("1.1", { Acceptance: "`no-such-program-here --check`" }),
        task("1.2", { Acceptance: "`node -p no.such`" }),
      ),
    );
    expect((await ask(root, "implement --done 1.1 --yes")).problems[0]).toContain("not installed here.");
    expect((await ask(root, "implement --done 1.1 --yes --confirm")).code).toBe(0);
    expect(checkpoint(root, "1.1").proofs).toMatchObject([
      { by: "person", text: "no-such-program-here --check" },
    ]);
    expect((await ask(root, "implement --done 1.2 --yes --confirm")).problems[0]).toMatch(
      /^`node -p no\.such` ended with 1\./,
    );
  });

  test.each([
    { acceptance: "`true`", code: 0 },
    { acceptance: "`false`", code: 1 },
    { acceptance: "Run `false`", code: 1 },
    { acceptance: "`false` succeeds.", code: 1 },
    { acceptance: "returns `true`, and `active` is `false`", code: 0 },
    { acceptance: "`./missing.sh`", code: 1 },
    { acceptance: "`false && true`", code: 1 },
    { acceptance: "`true; false`", code: 1 },
    { acceptance: "`! true`", code: 1 },
    { acceptance: "`[ -f missing.txt ]`", code: 1 },
    { acceptance: '`A=1 B="2 3" node -p process.env.A`', code: 0 },
    { acceptance: '`A=1 node -e "process.exit(process.env.A)"`', code: 1 },
  ])("$acceptance is a command where nothing else can be meant", async ({ acceptance, code }) => {
    const root = shopWith(listOf(task("1.1", { Acceptance: acceptance })));
    expect((await ask(root, "implement --done --yes")).code).toBe(code);
  });

  test("a command may take as long as somebody says", async () => {
    const root = shopWith(listOf(task("1.1", { Acceptance: "`node --version`" })));
    expect((await ask(root, "implement --done --yes --timeout 99999999")).code).toBe(0);
  });

  test("a registry without our own packages is lacking something, and it is said where they are to be had", async () => {
    const said =
      "npm error 404 Not Found - GET https://registry.example/@speckit%2fservice-kit\\nnpm error code E404";
    const root = shopWith(
      listOf(task("1.1", { Acceptance: `\`node -e "console.error('${said}'); process.exit(1)"\`` })),
    );
    const { code, problems } = await ask(root, "implement --done --yes");
    expect(code).toBe(1);
    expect(problems[0]).toContain("no registry that is asked here has @speckit/service-kit. Pack it");
  });

  test("what stands behind something that is lacking is tried all the same", async () => {
    const root = shopWith(
      listOf(task("1.1", { Acceptance: "`no-such-program-here --check` and `node -p no.such`" })),
    );
    const { code, problems } = await ask(root, "implement --done --yes --confirm");
    expect({ code, problem: problems[0] }).toEqual({
      code: 1,
      problem: expect.stringMatching(/^`node -p no\.such` ended with 1\./),
    });
  });

  test("a command that goes on by itself has to stay up, and is ended with all that it started", async () => {
    const root = shopWith(listOf(task("1.1", { File: "package.json", Acceptance: "Can run `npm start`" })), {
      [`${dir}/package.json`]:
        '{ "name": "auth-service", "private": true, "scripts": { "start": "node main.cjs" } }\n',
      [`${dir}/main.cjs`]:
        "const { writeFileSync } = require('node:fs');\nrequire('node:http').createServer((_, r) => r.end('{}')).listen(0, '127.0.0.1', function () { writeFileSync('port', String(this.address().port)); });\n",
    });
    expect((await ask(root, "implement --done --yes")).code).toBe(0);
    expect(checkpoint(root, "1.1").proofs).toMatchObject([
      { by: "command", result: "stayed up, and was ended" },
    ]);
    const port = read(root, `${dir}/port`);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
    write(root, tasksFile, read(root, tasksFile).replace("[x] ", ""));
    write(root, `${dir}/main.cjs`, "throw new Error('no port');\n");
    expect((await ask(root, "implement --done --yes")).problems[0]).toMatch(
      /^`npm start` ended with 1\.\n[\s\S]*no port/,
    );
  });

  test("an error that was not there before is refused, one that was is not", async () => {
    const root = shopWith(listOf(task("1.1", { File: "contracts/api-spec.yaml", Acceptance: "Is valid" })), {
      [`${dir}/contracts/events/user-events.json`]: "{",
    });
    await ask(root, "implement");
    write(root, `${dir}/contracts/api-spec.yaml`, "openapi: 3.0.0\npaths: [\n");
    const { code, problems } = await ask(root, "implement --done");
    expect(code).toBe(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^New error unreadable-file: .*api-spec\.yaml:\d+\)$/);
    write(
      root,
      `${dir}/contracts/api-spec.yaml`,
      "openapi: 3.0.0\ninfo: { title: A, version: v1 }\npaths: {}\n",
    );
    expect((await ask(root, "implement --done")).code).toBe(0);
  });
});
