import { type Cause, quotes } from "../cause.ts";

const signs = /\bEACCES\b|\bEPERM\b|\bEROFS\b|Permission denied|Read-only file system|AccessDeniedException/;

export const permissionDenied: Cause = {
  id: "permission-denied",
  kind: "infrastructure",
  title: "The operating system does not allow it",
  why: "The process runs as another user than the one who owns the file, or the file system is read-only, as containers often have it.",
  check: "Compare `id` of the process with `ls -ln` of the quoted path.",
  find: ({ error }) => quotes(error.text, signs),
};
