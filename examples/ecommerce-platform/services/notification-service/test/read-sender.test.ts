import { EnvironmentError } from "@speckit/service-kit";
import { expect, test } from "vitest";
import { readSender } from "../src/read-sender.ts";

test.each([
  { text: "shop@example.com", sender: { name: "", address: "shop@example.com", domain: "example.com" } },
  {
    text: "The shop <shop@mail.example.com>",
    sender: { name: "The shop", address: "shop@mail.example.com", domain: "mail.example.com" },
  },
  {
    text: '"Tea, mugs & more" <shop@example.com>',
    sender: { name: "Tea, mugs & more", address: "shop@example.com", domain: "example.com" },
  },
])("MAIL_FROM $text is read", ({ text, sender }) => {
  expect(readSender({ MAIL_FROM: text })).toEqual(sender);
});

test.each([
  { text: undefined },
  { text: "" },
  { text: "the shop" },
  { text: "a@example.com, b@example.com" },
  { text: "all: a@example.com;" },
  { text: "shop@example.com\r\nBcc: eve@example.com" },
])("MAIL_FROM $text is none", ({ text }) => {
  expect(() => readSender({ MAIL_FROM: text })).toThrow(EnvironmentError);
});
