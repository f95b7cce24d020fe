/** Documents of auth-service as the walk-through has them, and with one fault each. */
export const spec = `# JWT Authentication Service Specification

## Service Overview

### Service Name
auth-service

### Service Boundary

**Responsible for:**
- Registration, login and tokens

**NOT responsible for:**
- Profiles (user-service owns this)

## User Scenarios

### P1: User Login
**Given** a registered user with valid credentials
**When** user submits login request
**Then** system returns a JWT access token

## Requirements
- **FR-001**: The service MUST issue tokens that expire after 15 minutes (P1).

## Success Criteria
- **SC-001**: 99 % of logins are answered within 200 ms.
`;
export const withoutScenario = spec.replace(/## User Scenarios[\s\S]*?(?=## Requirements)/, "");
export const withPlaceholder = spec.replace("## Requirements\n", "## Requirements\nTODO: which algorithm?\n");
export const constitution = `# E-Commerce Platform Constitution

## Architecture Principles

1. **API First**: every service describes its operations in OpenAPI before they are built, and keeps the description current.
2. **Versioning**: all paths begin with \`/api/v1/\`, so that a breaking change gets a path of its own.
3. **Own data**: no service reads the database of another service; it asks, or it listens to events.
`;
export const specFile = "services/auth-service/specs/001-jwt-authentication/spec.md";
export const plan = `# Implementation Plan: JWT Authentication

## Summary
The service checks passwords with argon2 and signs tokens that other services verify with its public keys.

## Technical Context
**Language/Version**: TypeScript 5
**Primary Dependencies**: Fastify, jose
**Storage**: PostgreSQL
**Testing**: Vitest

## Project Structure
Routes decide nothing; the domain is free of Fastify and of the database.
`;
export const tasks = `# Tasks: JWT Authentication

## Phase 1: Setup
- [x] T001 Create the project in services/auth-service/package.json
- [x] T002 [P] Configure the linter in services/auth-service/biome.json

## Phase 2: User Login (P1)
- [ ] T003 [US1] Sign and verify tokens for FR-001 in services/auth-service/src/domain/token.ts
- [ ] T004 [US1] Log in, depends on T003, in services/auth-service/src/routes/log-in.ts
`;
