/** The page that leads through the samples. `origins` says which file of the platform each is made from. */
export function samplesReadme(origins: Readonly<Record<string, string>>): string {
  const row = (sample: string, what: string) => {
    const origin = origins[sample];
    const from = origin === undefined ? "" : `[${origin}](../ecommerce-platform/${origin})`;
    return `| [${sample}](${sample}) | ${what} | ${from} |`;
  };
  return `<!-- Made by \`npm run docs\`. -->

# Samples of a specified fleet

One service from principles to contract, a second one that depends on it, and the catalog of the whole. They are taken from the
[e-commerce platform](../ecommerce-platform/README.md), where they stand in the folders in which speckit looks for them; here each is on its own, to be read or
copied.

| sample | what it shows | taken from |
| --- | --- | --- |
${[
  row(
    "sample-constitution.md",
    "principles that all services keep to; most of them are rules that speckit enforces",
  ),
  row(
    "sample-auth-service/spec.md",
    "what the service is for, what it promises, what happens when something fails",
  ),
  row("sample-auth-service/plan.md", "how it is built, and how that meets the constitution"),
  row(
    "sample-auth-service/tasks.md",
    "the work in order: files, dependencies, how each task shows that it is done",
  ),
  row(
    "sample-auth-service/quick-ref.md",
    "what another service, or an agent, has to know about it, in 200 tokens",
  ),
  row("sample-auth-service/contracts/api-spec.yaml", "its operations, as OpenAPI 3.1"),
  row("sample-user-service/spec.md", "a service that depends on another: calls, failure modes, events"),
  row("sample-user-service/contracts/api-spec.yaml", "its operations"),
  row(
    "sample-user-service/contracts/events/user-events.json",
    "the events that it publishes, with the shared envelope inside",
  ),
  row(
    "sample-service-catalog.md",
    "who there is and who depends on whom, as `speckit service-catalog` writes it",
  ),
].join("\n")}

## Check them

In a checkout of this repository, after \`npm start\`:

\`\`\`bash
node packages/speckit/bin/speckit.js validate --as spec examples/microservices/sample-auth-service/spec.md
node packages/speckit/bin/speckit.js validate --as tasks examples/microservices/sample-auth-service/tasks.md
node packages/speckit/bin/speckit.js diff examples/microservices/sample-auth-service/contracts/api-spec.yaml examples/ecommerce-platform/services/auth-service/contracts/api-spec.yaml
\`\`\`

## Start your own

Copy [the templates](../../templates/microservices) into your repository: the constitution to its root, the service's specification to
\`services/NAME/specs/001-SLUG/spec.md\`. Then \`speckit validate\` says what is still missing.
`;
}
