/** More words make a search no better. */
const LONGEST = 200;

/**
 * The words of a message that its author wrote. What differs each time (ids, addresses, numbers, paths of requests and files) is in no source; requests
 * are looked up in contracts instead.
 */
export function searchWords(message: string): string {
  return message
    .replace(/\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+\S+/g, " ")
    .replace(/\b[a-z][a-z+]*:\/\/\S+/g, " ")
    .replace(/(?:\.{0,2}\/)?(?:[\w@.-]+\/)+[\w@.-]+(?::\d+)*/g, " ")
    .replace(/\b[\da-f]{8}-[\da-f-]{27}\b/gi, " ")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, " ")
    .replace(/^[\w$.]*(?:Error|Exception)(?: \[\w+\])?: /, "")
    .trim()
    .slice(0, LONGEST);
}
