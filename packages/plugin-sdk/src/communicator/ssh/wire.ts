/** Data as SSH writes it: its length in four bytes, then itself (RFC 4251 §5). */
export function field(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content as string)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** A number of four bytes. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A whole number that is not negative, without needless zeros. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(first))
  return field(digits.length > 0 && digits[0]! >= 0x80 ? Buffer.concat([Buffer.alloc(1), digits]) : digits)
}

/** The field that begins at an offset, and what follows it; undefined where there is none. */
export function readField(
  bytes: Buffer,
  offset = 0,
): { readonly content: Buffer; readonly end: number } | undefined {
  if (bytes.length < offset + 4) return
  const start = offset + 4
  const end = start + bytes.readUInt32BE(offset)
  return end > bytes.length ? undefined : { content: bytes.subarray(start, end), end }
}
