export const constitution = `# Shop Constitution

## Technology Stack
- Language: TypeScript (Fastify)
- Database: PostgreSQL per service
- Message Bus: RabbitMQ
- Authentication: JWT tokens
`;

export const spec = (name: string, stories: string, more = "") => `# ${name} Specification

## Service Overview

### Service Name
${name}

## User Scenarios

${stories}
${more}`;

export const story = (id: string, title: string, when: string) =>
  `### ${id}: ${title}\n**Given** a customer\n**When** they send ${when}\n**Then** the system answers as its contract says\n\n`;

export const upstream = (...services: readonly string[]) =>
  `## Service Dependencies\n\n### Upstream Services\n| Service | Purpose | Failure Mode |\n|---------|---------|--------------|\n${services.join("\n")}\n`;

export const openapi = (paths: string, more = "", version = "3.1.0") =>
  `openapi: ${version}\ninfo: { title: API, version: v1 }\n${more}paths:\n${paths}`;

export const json = (schema: string) => `{ content: { application/json: { schema: ${schema} } } }`;

/** A message whose data has one property. */
export const about = (name: string) => ({
  type: "object",
  properties: {
    data: { type: "object", required: [name], properties: { [name]: { type: "string" } } },
  },
});
