/** ASN.1 DER, the few types that a certificate is made of. Every function gives a complete tag-length-value. */

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
}

/** A value of any tag, constructed or primitive. */
export function tagged(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size])
  const bytes = Buffer.from(size.toString(16).padStart(size > 0xffff ? 6 : size > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}

export const sequence = (...items: readonly Uint8Array[]) => tagged(tags.sequence, ...items)
export const set = (...items: readonly Uint8Array[]) => tagged(tags.set, ...items)
export const octetString = (bytes: Uint8Array) => tagged(tags.octetString, bytes)
export const utf8 = (text: string) => tagged(tags.utf8, Buffer.from(text))
export const truth = () => tagged(tags.boolean, Buffer.from([0xff]))

/** A non-negative integer from its big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const minimal = first < 0 ? Buffer.from([0]) : bytes.subarray(first)
  return tagged(tags.integer, minimal[0]! & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), minimal)
}

/** A bit string; `unused` is how many of its last bits say nothing. */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return tagged(tags.bitString, Buffer.from([unused]), bytes)
}

/** An object identifier from its dotted form. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tagged(tags.objectId, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const groups = [value & 0x7f]
  for (let left = value >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
  return groups
}

/** A time to the second: UTCTime until 2049, GeneralizedTime after, as RFC 5280 demands. */
export function time(date: Date): Buffer {
  const digits = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`
  if (date.getUTCFullYear() >= 2050) return tagged(tags.generalizedTime, Buffer.from(digits))
  return tagged(tags.utcTime, Buffer.from(digits.slice(2)))
}
