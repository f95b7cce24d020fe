// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how env files are written.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isDeployment, parseDeployment } from "../src/parse/deployment.ts";

const databases = (file: string, text: string) =>
  parseDeployment(file, text).environments.flatMap(({ name: owner, databases: found }) =>
    found.map(({ name, server, at }) => `${owner}: ${name} on ${server ?? "?"} at ${at.line}:${at.column}`),
  );

test.each([
  {
    variable: "a URL with a password",
    line: "DATABASE_URL=postgres://orders:s3cr@t@orders-db:5432/orders?sslmode=disable",
    found: "orders on orders-db",
  },
  {
    variable: "a URL with a driver and another port",
    line: "DATABASE_URL=postgresql+asyncpg://localhost:6543/orders",
    found: "orders on localhost:6543",
  },
  {
    variable: "a URL with a schema",
    line: "DATABASE_URL=postgres://db/shop?schema=orders",
    found: "shop.orders on db",
  },
  {
    variable: "a JDBC URL",
    line: "SPRING_DATASOURCE_URL=jdbc:mysql://db:3306/orders?useSSL=false",
    found: "orders on db",
  },
  {
    variable: "a JDBC URL of SQL Server",
    line: "DB_URL=jdbc:sqlserver://db:1433;databaseName=orders;encrypt=true",
    found: "orders on db",
  },
  {
    variable: "a connection string",
    line: 'ConnectionStrings__Orders="Host=db;Database=orders;Username=u;Password=p"',
    found: "orders on db",
  },
  {
    variable: "several hosts",
    line: "MONGO_URI=mongodb://a:27017,b:27018/orders",
    found: "orders on a,b:27018",
  },
  { variable: "a name beside a host", line: "DB_HOST=db\nDB_NAME=orders", found: "orders on db" },
  { variable: "a name alone", line: "POSTGRES_DB=orders", found: "orders on ?" },
  { variable: "a default", line: "DB_NAME=${ORDERS_DB:-orders}", found: "orders on ?" },
  {
    variable: "a name from another line",
    line: "NAME=orders\nDATABASE_URL=postgres://db/${NAME}",
    found: "orders on db",
  },
])("$variable names a database", ({ line, found }) => {
  const [first] = databases("services/order-service/.env", line);
  expect(first).toContain(found);
});

test.each([
  { what: "a cache", line: "REDIS_URL=redis://cache:6379/0" },
  { what: "a bus", line: "RABBITMQ_URL=amqp://bus:5672/shop" },
  { what: "a name that is still to be filled in", line: "DATABASE_URL=postgres://db/${DATABASE}" },
  { what: "a placeholder", line: "DATABASE_URL=postgres://db/<name>" },
  { what: "a comment", line: "# DATABASE_URL=postgres://db/orders" },
])("$what is no database", ({ line }) => {
  expect(databases("services/order-service/.env", line)).toEqual([]);
});

test("a compose file names databases by service, in both forms of `environment`", () => {
  const text = `x-common: &common
  LOG_LEVEL: info
services:
  order-service:
    build: { context: ./services/order-service }
    environment:
      <<: *common
      DATABASE_URL: postgres://orders-db/orders
  user-service:
    build: ./services/user-service
    env_file: [./shared.env]
    environment:
      - DB_NAME=users
`;
  expect(databases("compose.yaml", text)).toEqual([
    "order-service: orders on orders-db at 8:7",
    "user-service: users on ? at 13:9",
  ]);
  expect(parseDeployment("compose.yaml", text).environments).toMatchObject([
    { context: "services/order-service", imports: [] },
    { context: "services/user-service", imports: [{ source: "shared.env", variable: undefined }] },
  ]);
});

test("a manifest names databases by workload and config map, each document at its own lines", () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: { name: shop-config }
data:
  DATABASE_URL: postgres://db/shop
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: order-service }
spec:
  template:
    spec:
      containers:
        - name: app
          envFrom: [{ configMapRef: { name: shop-config } }]
          env:
            - name: ORDERS_DB_NAME
              value: orders
            - name: LOG_LEVEL
              valueFrom: { configMapKeyRef: { name: log-config, key: level } }
`;
  expect(databases("deploy/order.yaml", text)).toEqual([
    "shop-config: shop on db at 5:3",
    "order-service: orders on ? at 18:15",
  ]);
  expect(parseDeployment("deploy/order.yaml", text).environments[1]?.imports).toEqual([
    { source: "shop-config", variable: undefined },
    { source: "log-config", variable: "level" },
  ]);
});

test.each([
  { file: ".env", text: "", is: true },
  { file: "services/order-service/.env.example", text: "", is: true },
  { file: "docker-compose.dev.yml", text: "services:\n  db: {}\n", is: true },
  { file: "k8s/order.yaml", text: "apiVersion: apps/v1\nkind: Deployment\n", is: true },
  { file: "k8s/values.yaml", text: "kind: nothing\n", is: false },
  { file: "contracts/api-spec.yaml", text: "openapi: 3.1.0\n", is: false },
])("$file is a deployment file: $is", ({ file, text, is }) => {
  expect(isDeployment(file, text)).toBe(is);
});

test("no text makes the reader throw", () => {
  const file = fc.constantFrom(".env", "compose.yaml", "k8s/order.yaml");
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `services: ${json}`),
    fc.json().map((json) => `kind: Deployment\nmetadata: { name: a }\nspec: ${json}\n---\n${json}`),
  );
  fc.assert(
    fc.property(file, text, (name, content) => {
      parseDeployment(name, content);
    }),
  );
});
