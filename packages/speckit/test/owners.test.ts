import { describe, expect, test } from "vitest";
import { ownerFinder } from "../src/link/owners.ts";
import { chooseCodeOwners, parseCatalogInfo, parseCodeOwners } from "../src/parse/ownership.ts";
import { spec, withPlaceholder } from "./auth-documents.ts";
import { folderWith, runCli } from "./run-cli.ts";

const ownerOf = (codeOwners: string, dir: string) =>
  ownerFinder({
    configured: {},
    codeOwners: new Map([[".", parseCodeOwners("CODEOWNERS", codeOwners)]]),
    catalogInfos: [],
    repositoryOf: () => ".",
  })(dir);

describe("CODEOWNERS", () => {
  test.each([
    { text: "* @shop/all", dir: "services/user-service", owner: "@shop/all" },
    {
      text: "* @shop/all\n/services/user-service/ @shop/identity @ada",
      dir: "services/user-service",
      owner: "@shop/identity, @ada",
    },
    {
      text: "/services/user-service/ @shop/identity\n* @shop/all",
      dir: "services/user-service",
      owner: "@shop/all",
    },
    {
      text: "services/*-service/ @shop/services # the rest",
      dir: "services/user-service",
      owner: "@shop/services",
    },
    { text: "*.js @shop/frontend", dir: "services/user-service", owner: undefined },
    { text: "* @shop/all\n/services/user-service/", dir: "services/user-service", owner: undefined },
    { text: "# * @shop/all\n\n", dir: ".", owner: undefined },
    { text: "* ops@example.com", dir: ".", owner: "ops@example.com" },
    {
      text: "[Identity][2] @shop/identity\nservices/user-service/\n^[Docs]\ndocs/ @shop/docs",
      dir: "services/user-service",
      owner: "@shop/identity",
    },
    { text: "/my\\ services/ @shop/all", dir: "my services", owner: "@shop/all" },
  ])("$text: $dir belongs to $owner", ({ text, dir, owner }) => {
    expect(ownerOf(text, dir)).toBe(owner);
  });

  test("of several files the one that GitHub reads counts", () => {
    const files = ["docs/CODEOWNERS", ".github/CODEOWNERS"].map((file) => parseCodeOwners(file, ""));
    expect(chooseCodeOwners(files)?.file).toBe(".github/CODEOWNERS");
  });
});

test.each([
  { text: "kind: Component\nspec: { owner: team-identity }", owner: "team-identity" },
  { text: "kind: API\nspec: { owner: a }\n---\nkind: Component\nspec: { owner: b }\n", owner: "b" },
  { text: "kind: Component\n", owner: undefined },
  { text: "{", owner: undefined },
])("catalog-info.yaml: $text", ({ text, owner }) => {
  expect(parseCatalogInfo("catalog-info.yaml", text).owner).toBe(owner);
});

describe("owners of services", () => {
  const files = {
    "services/auth-service/specs/001-login/spec.md": withPlaceholder,
    "services/user-service/specs/001-profile/spec.md": withPlaceholder.replace(
      "\nauth-service\n",
      "\nuser-service\n",
    ),
    "services/user-service/catalog-info.yaml": "kind: Component\nspec: { owner: team-people }\n",
    ".github/CODEOWNERS": "* @shop/all\n",
  };
  const ownersIn = async (root: string, ...args: string[]) => {
    const { out } = await runCli(root, ["validate", "--json", ...args]);
    const { findings } = JSON.parse(out) as { findings: { rule: string; service: string; owner: string }[] };
    return findings
      .filter(({ rule }) => rule === "placeholder")
      .map(({ service, owner }) => `${service} ${owner}`);
  };

  test("stand on findings: the configuration first, then the service's own word, then CODEOWNERS", async () => {
    expect(await ownersIn(folderWith(files))).toEqual(["auth-service @shop/all", "user-service team-people"]);
    const config = JSON.stringify({ owners: { "services/user-service/": "@shop/identity" } });
    expect(await ownersIn(folderWith({ ...files, ".speckit.config.json": config }))).toContain(
      "user-service @shop/identity",
    );
  });

  test("choose findings", async () => {
    expect(await ownersIn(folderWith(files), "--owner", "team-people")).toEqual(["user-service team-people"]);
  });

  test("that do not exist are said, with the nearest one", async () => {
    const { code, out, err } = await runCli(folderWith(files), ["validate", "--owner", "team-peopel"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("speckit: 'team-peopel' owns no service. Did you mean 'team-people'?\n");
    const nobody = folderWith({ "services/auth-service/specs/001-login/spec.md": spec });
    expect((await runCli(nobody, ["validate", "--owner", "ada"])).err).toContain(
      "Owners are read from CODEOWNERS",
    );
  });
});
