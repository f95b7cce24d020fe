import type { Frame } from "./error-report.ts";

/** How one kind of program writes a place in a stack trace. The groups are `symbol`, `file`, `line` and `column`. */
interface TraceForm {
  readonly pattern: RegExp;
  /** The innermost call stands last. */
  readonly reversed?: boolean;
}

const forms: readonly TraceForm[] = [
  // Node, Chrome: at placeOrder (file:///app/dist/routes/place-order.js:25:13)
  {
    pattern:
      /^\s*at (?:async )?(?:(?<symbol>[^\s(][^\n(]*?) \()?(?:file:\/\/|webpack(?:-internal)?:\/\/\/?(?:\([\w-]+\)\/)?|https?:\/\/[^/\s)]+)?(?<file>[^\s()]*?[^\s():]):(?<line>\d+)(?::(?<column>\d+))?\)?(?: \{)?$/gm,
  },
  // Firefox, Safari: placeOrder@https://shop.example.com/assets/orders.js:10:15
  {
    pattern:
      /^\s*(?<symbol>[\w$.<>/*]*)@(?:https?:\/\/[^/\s]+|webpack(?:-internal)?:\/\/\/?(?:\([\w-]+\)\/)?|file:\/\/)?(?<file>[^\s:]+):(?<line>\d+):(?<column>\d+)$/gm,
  },
  // Python: File "/app/orders/place.py", line 42, in place_order
  {
    pattern: /^\s*File "(?<file>[^"\n]+)", line (?<line>\d+)(?:, in (?<symbol>\S+))?/gm,
    reversed: true,
  },
  // Go: the function, and below it its place
  { pattern: /^(?<symbol>[\w./*()-]{1,300})\([^\n]{0,2000}\)\n\s+(?<file>\S+\.go):(?<line>\d+)/gm },
];
/** Java and Kotlin give the class's package, which is the folder. */
const java =
  /^\s*at (?:[\w.-]+\/)?(?<symbol>(?<names>[\w$.]+)\.[\w$<>]+)\((?<file>\w+\.(?:java|kt)):(?<line>\d+)\)$/gm;
/** Compilers, linters and test programs: services/order-service/src/app.ts:12:5 */
const plain =
  /(?:^|[\s("'`❯])(?<file>(?:\.{0,2}\/)?(?:[\w@.+-]+\/)*[\w@.+-]+\.[a-z]\w{0,6}):(?<line>\d+)(?::(?<column>\d+))?(?=$|[\s)"'`,:])/gm;

/** Where a text says that something happened: stack frames of any language first, then places that tools name. */
export function framesIn(text: string): Frame[] {
  const unix = text.replace(/\r\n?/g, "\n");
  const traces = forms.flatMap(({ pattern, reversed }) => {
    const frames = [...unix.matchAll(pattern)].map(({ groups }) => frameOf(groups));
    return reversed ? frames.reverse() : frames;
  });
  const classes = [...unix.matchAll(java)].map(({ groups }) =>
    frameOf({ ...groups, file: [...(groups?.names ?? "").split(".").slice(0, -1), groups?.file].join("/") }),
  );
  const named = [...unix.matchAll(plain)].map(({ groups }) => frameOf(groups));
  const unique = new Map<string, Frame>();
  for (const frame of [...traces, ...classes, ...named]) {
    const key = `${frame.file}:${frame.line}`;
    if (!unique.has(key)) unique.set(key, frame);
  }
  return [...unique.values()];
}

function frameOf(groups: Readonly<Record<string, string | undefined>> | undefined): Frame {
  return {
    // Servers of development hang the version onto the address: app.ts?t=1700000000
    file: (groups?.file ?? "").replace(/[?#].*$/, ""),
    line: Number(groups?.line),
    column: groups?.column === undefined ? undefined : Number(groups.column),
    symbol: symbolIn(groups?.symbol),
  };
}

/** The name without what an engine says about the call: `new Cart`, `async*load`, `Object.place`, `List/<`. */
function symbolIn(written: string | undefined): string | undefined {
  const name = written
    ?.trim()
    .replace(/^(?:new |async[ *]\s*)/, "")
    .replace(/^(?:Object|Module|Function|exports)\.(?=\w)/, "")
    .replace(/(?:\/<)+$/, "");
  return name || undefined;
}
