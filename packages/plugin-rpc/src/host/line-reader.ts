import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** A longer line is passed on in pieces. */
export const MAX_LINE = 65_536

/** Calls for each line, without the white space at its end, and for a last one without an end. */
export function readLines(source: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder()
  let begun = ''
  const pass = (text: string) => onLine(text.trimEnd())
  source.on('data', (chunk: Buffer) => {
    const lines = (begun + decoder.write(chunk)).split('\n')
    begun = lines.pop() ?? ''
    for (const line of lines) pass(line)
    while (begun.length > MAX_LINE) {
      pass(begun.slice(0, MAX_LINE))
      begun = begun.slice(MAX_LINE)
    }
  })
  source.on('end', () => {
    if (begun !== '') pass(begun)
  })
}
