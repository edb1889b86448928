import { readFileSync } from 'node:fs'

/** Bytes as hexadecimal text, with spaces where they help reading. */
export function hex(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(' ', ''), 'hex')
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** Named samples from a file of the fixtures, each as hexadecimal text. */
function samples(file: string): (name: string) => Uint8Array {
  const all: Record<string, string> = JSON.parse(
    readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8'),
  )
  return (name) => {
    const sample = all[name]
    if (sample === undefined) throw new Error(`${file} has no sample ${name}`)
    return hex(sample)
  }
}

/** Written by Go's encoding/gob with hcldec 2.19 and go-cty 1.13. */
export const gobFromGo = samples('gob-from-go.json')

/** Written by another encoder than ours, and read by Go with the right meaning. */
export const acceptedByGo = samples('accepted-by-go.json')

/** Sent by a Go plugin to packer 1.11 (gob) and 1.16 (the others). */
export const recordedByPacker = samples('recorded-by-packer.json')
