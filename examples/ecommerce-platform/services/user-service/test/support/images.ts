const bytes = (...values: readonly number[]) => Buffer.from(values);

/** One pixel, as any editor writes it. */
export const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
export const jpeg = Buffer.concat([
  bytes(0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10),
  Buffer.from("JFIF\0", "latin1"),
  bytes(0x01, 0x01, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9),
]);
export const webp = Buffer.concat([
  Buffer.from("RIFF"),
  bytes(0x1a, 0, 0, 0),
  Buffer.from("WEBPVP8L"),
  bytes(0x0d, 0, 0, 0, 0x2f, 0, 0, 0, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07, 0),
]);
export const gif = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
export const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
export const html = Buffer.from("<!doctype html><title>An avatar</title><script>alert(1)</script>");

/** A PNG that is `size` bytes long: what follows its end is nothing to it. */
export function pngOf(size: number): Buffer {
  return Buffer.concat([png, Buffer.alloc(size - png.length)]);
}
