import type { CodeFile, NamedPlace } from "../../model/code.ts";
import { isTestFile } from "../../model/test-files.ts";
import { calls, feignCalls } from "./java/calls.ts";
import { annotationsBefore, type JavaClass, javaClasses } from "./java/classes.ts";
import { applicationPath, routesOf } from "./java/routes.ts";
import { topics } from "./java/topics.ts";
import { Source, type Syntax } from "./source.ts";
import { writtenText } from "./written-text.ts";

const syntax: Syntax = { lineComment: "//", blockComments: true, longQuotes: ['"""'], quotes: "\"'" };

/** Reads Java and Kotlin: Spring, JAX-RS; RestTemplate, WebClient, Feign. Never throws. */
export function parseJava(file: string, text: string): CodeFile {
  const source = new Source(file, text, syntax);
  const isTest = isTestFile(file);
  const classes = javaClasses(source);
  return {
    kind: "code",
    file,
    language: "java",
    isTest,
    routes: isTest ? [] : classes.flatMap((one) => routesOf(source, one)),
    mounts: isTest ? [] : classes.flatMap((one) => applicationPath(source, one)),
    handlerTables: [],
    handlerBindings: [],
    calls: isTest ? [] : [...calls(source), ...classes.flatMap((one) => feignCalls(source, one))],
    topics: isTest ? [] : topics(source),
    environment: environment(source),
    exports: classes
      .filter(({ isPublic }) => isPublic)
      .map(({ name, offset }) => ({ name, at: source.at(offset) })),
    tests: tests(source, classes),
  };
}

function environment(source: Source): NamedPlace[] {
  const asked = [...source.matches(/\bSystem\.getenv\s*\(/g)].flatMap(({ index, end }) => {
    const name = source.literalAt(end)?.content;
    return name === undefined ? [] : [{ name, at: source.at(index) }];
  });
  const injected = [...source.matches(/@(?:Value|ConfigProperty)\s*\(/g)].flatMap(({ index, end }) => {
    const [part] = source.parts(end - 1);
    const written = part && writtenText(source, source.member(part, "name", "value") ?? part)?.text;
    const name = /\$\{([^}:]+)/.exec(written ?? "")?.[1] ?? (written?.includes("$") ? undefined : written);
    return name === undefined ? [] : [{ name, at: source.at(index) }];
  });
  return [...asked, ...injected];
}

/** Methods with `@Test`; a `@DisplayName` says it in words. */
function tests(source: Source, classes: readonly JavaClass[]): NamedPlace[] {
  return [...source.matches(/@(?:Test|ParameterizedTest|RepeatedTest)\b/g)].flatMap(({ index }) => {
    const around = classes.filter(({ body }) => body.start < index && index < body.end).at(-1);
    const begin = source.code.lastIndexOf("}", index) + 1;
    const { end } = annotationsBefore(source, index);
    const display = /@DisplayName\s*\(/.exec(source.code.slice(begin, end));
    const written = display && source.literalAt(begin + display.index + display[0].length)?.content;
    const method = /(\w+)\s*\(/.exec(source.code.slice(end))?.[1] ?? "";
    const quoted = source.text.slice(end, end + 200).match(/^[^\n(]*`([^`]+)`/)?.[1];
    const words = written ?? quoted ?? method.replace(/_/g, " ").replace(/(?<=[a-z\d])(?=[A-Z])/g, " ");
    return words === "" ? [] : [{ name: around ? `${around.name} › ${words}` : words, at: source.at(index) }];
  });
}
