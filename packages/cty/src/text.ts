/** A string as HCL holds it: whole characters only (lone surrogates become U+FFFD), in Unicode normal form C. */
export function normalText(text: string): string {
  return text.toWellFormed().normalize('NFC')
}

/** Orders strings as Go does, by their UTF-8 bytes; JavaScript's own order differs beyond U+FFFF. */
export function byCodePoint(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left !== right) return rank(left) - rank(right)
  }
  return a.length - b.length
}

// Surrogates stand for code points above all others.
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)
