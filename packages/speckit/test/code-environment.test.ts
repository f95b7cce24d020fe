// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code
import { expect, test } from "vitest";
import type { CodeFile } from "../src/model/code.ts";
import { formatOf } from "../src/parse/formats.ts";

test.each<{ given: string; file: string; text: string; read: string[] }>([
  {
    given: "process.env in every spelling",
    file: "main.ts",
    text: 'const a = process.env.PORT;\nconst b = process.env["HOST"];\nconst { REDIS_URL, LOG_LEVEL = "info" } = process.env;\n',
    read: ["PORT:1", "HOST:2", "REDIS_URL:3", "LOG_LEVEL:3"],
  },
  {
    given: "an object that was handed on",
    file: "settings.ts",
    text: 'export function read(env: Environment) {\n  const port = env.PORT ?? env["FALLBACK_PORT"];\n  return { port, name: env.toString() };\n}\n',
    read: ["PORT:2", "FALLBACK_PORT:2"],
  },
  {
    given: "a helper, and a function that asks it",
    file: "service.ts",
    text: 'const urlOf = (name: string) => requiredUrl(environment, name, ["http"]);\nconst secret = required(environment, "AUTH_SECRET");\nconst users = urlOf("USER_URL");\nconst other = place("NOT_READ");\n',
    read: ["AUTH_SECRET:2", "USER_URL:3"],
  },
  {
    given: "a schema of the whole environment",
    file: "env.ts",
    text: "export const env = z.object({\n  DATABASE_URL: z.string().url(),\n  PORT: z.coerce.number(),\n}).parse(process.env);\n",
    read: ["DATABASE_URL:2", "PORT:3"],
  },
  {
    given: "an enum that is called so",
    file: "colors.ts",
    text: 'const level = environments.PRODUCTION;\nconst x = my.env.PORT;\nenv("NOT_A_VARIABLE");\n',
    read: [],
  },
  {
    given: "a text that asks itself",
    file: "client.py",
    text: "import os\nawait c.get(f\"{os.environ['USERS_URL']}/users/{os.getenv('TENANT')}\")\nplain = \"os.environ['NOT_READ']\"\n",
    read: ["USERS_URL:2", "TENANT:2"],
  },
  {
    given: "texts that ask nothing themselves, whatever stands before them",
    file: "texts.py",
    text: "import os\nif \"os.environ['A']\" in text: pass\nif\"os.environ['B']\" in text: pass\nf(\"os.environ['C']\")\nurl = rf\"{os.environ['URL']}\"\n",
    read: ["URL:5"],
  },
  {
    given: "os.environ and getenv",
    file: "app.py",
    text: 'import os\nfrom os import getenv\nurl = os.environ["DATABASE_URL"]\nport = getenv("PORT", "8000")\nname = os.environ.get("NAME")\n',
    read: ["DATABASE_URL:3", "PORT:4", "NAME:5"],
  },
  {
    given: "settings of pydantic",
    file: "config.py",
    text: 'class Settings(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix="ORDERS_")\n    database_url: str\n    smtp_port: int = 25\n\nclass Order(BaseModel):\n    sku: str\n',
    read: ["ORDERS_DATABASE_URL:3", "ORDERS_SMTP_PORT:4"],
  },
  {
    given: "Go's functions and tags",
    file: "config.go",
    text: 'package main\n\ntype Config struct {\n\tPort int `env:"PORT" default:"80"`\n\tName string `json:"name"`\n}\n\nvar url = os.Getenv("DATABASE_URL")\n',
    read: ["DATABASE_URL:8", "PORT:4"],
  },
  {
    given: "Java's calls and annotations",
    file: "Config.java",
    text: 'class Config {\n  String url = System.getenv("DATABASE_URL");\n  @Value("${MAIL_FROM:shop@example.com}")\n  String from;\n}\n',
    read: ["DATABASE_URL:2", "MAIL_FROM:3"],
  },
])("$given is read from the environment", ({ file, text, read }) => {
  const source = { file, text, bytes: text.length };
  const { environment } = formatOf(source)?.parse(source, () => undefined) as CodeFile;
  expect(environment.map(({ name, at }) => `${name}:${at.line}`)).toEqual(read);
});
